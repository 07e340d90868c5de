import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { rehearse } from '../../src/db/rehearse.ts'
import { tellScenario2026 } from '../../src/sandbox/scenario-2026.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { now } from '../support/app.ts'
import { database } from '../support/database.ts'
import { letters } from '../support/jobs.ts'

const act = { now, author: 'Command seed' }

describe('the scenario pack of 2026', { timeout: 60_000 }, () => {
  test('adds the people that it told of, and takes an address from the oldest applicants of 2023; others when asked again', async () => {
    const db = await database()
    await seed(db, now)
    const before = await counts(db)
    const told = await rehearse(db, { real: false }, (trx) => tellScenario2026(trx, act))
    expect(await counts(db)).toEqual(before)

    expect(await tellScenario2026(db, act)).toEqual(told)
    expect(told.added).toHaveLength(260)
    expect(await counts(db)).toEqual({ people: before.people + 260, applications: before.applications + 260, versions: before.versions + 8 })

    const added = await db
      .selectFrom('applications')
      .innerJoin('users', 'users.id', 'user_id')
      .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
      .selectAll('users')
      .select(['identifier', 'lead_provider_id', 'lead_provider_approval_status', 'funded_place'])
      .where(
        'applications.public_id',
        'in',
        told.added.map(({ applicationId }) => applicationId),
      )
      .execute()
    const kinds = Map.groupBy(
      added,
      ({ identifier, provider, trn, previous_names }) => `${identifier} ${provider} ${trn ? 'TRN' : 'none'} ${previous_names.length}`,
    )
    expect([...kinds].map(([kind, { length }]) => `${kind}: ${length}`).sort()).toEqual([
      '2025b tra_openid_connect TRN 0: 80',
      '2026a teacher_auth TRN 0: 20',
      '2026b teacher_auth TRN 2: 80',
      '2026b teacher_auth none 0: 80',
    ])
    expect(added.every((row) => row.lead_provider_approval_status === 'pending' && row.trn_verified === (row.trn !== null))).toBe(true)
    expect(added.every((row) => row.funded_place === (row.identifier === '2026a' ? false : null))).toBe(true)

    const without = await db
      .selectFrom('users')
      .select(['email', 'archived_email'])
      .where(
        'public_id',
        'in',
        told.withoutAddress.map(({ personId }) => personId),
      )
      .execute()
    expect(without).toHaveLength(8)
    for (const person of without) expect(person).toEqual({ email: null, archived_email: expect.stringContaining('@') })
    expect(await letters(db)).toEqual([])

    const more = await tellScenario2026(db, act)
    expect(new Set([...told.added, ...more.added].map(({ personId }) => personId)).size).toBe(520)
    expect(more.withoutAddress).toEqual([])
  })

  test('asks for a sandbox that holds schools', async () => {
    await expect(tellScenario2026(await database(), act)).rejects.toThrow('npq seed')
  })
})

async function counts(db: Database) {
  const count = async (table: 'users' | 'applications' | 'versions') =>
    (
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count
  return { people: await count('users'), applications: await count('applications'), versions: await count('versions') }
}
