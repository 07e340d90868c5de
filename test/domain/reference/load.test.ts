import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import { loadReference } from '../../../src/domain/reference/load.ts'
import { referenceFacts } from '../../../src/reference-files.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const tables = ['lead_providers', 'course_groups', 'courses', 'cohorts', 'schedules', 'offerings'] as const
const contents = () => Promise.all(tables.map((table) => db.selectFrom(table).selectAll().orderBy('id').execute()))

describe('the reference facts', () => {
  test('hold 8 providers, 12 courses in 4 groups, 8 cohorts and 62 schedules', async () => {
    const counts = (await contents()).map((rows) => rows.length)
    expect(counts.slice(0, 5)).toEqual([8, 4, 12, 8, 62])
  })

  test('change nothing when they are loaded again', async () => {
    const before = await contents()
    await loadReference(db, await referenceFacts(), { production: false })
    expect(await contents()).toEqual(before)
  })

  test('put right what differs in a course, and leave alone what operators edit', async () => {
    const headship = db.selectFrom('courses').selectAll().where('identifier', '=', 'npq-headship')
    const cohort = db.selectFrom('cohorts').selectAll().where('identifier', '=', '2023a')
    const [course, before] = [await headship.executeTakeFirstOrThrow(), await cohort.executeTakeFirstOrThrow()]
    await db.updateTable('courses').set({ name: 'Wrong' }).where('id', '=', course.id).execute()
    await db.updateTable('cohorts').set({ description: 'Edited by an operator' }).where('id', '=', before.id).execute()
    await loadReference(db, await referenceFacts(), { production: false })
    expect((await headship.executeTakeFirstOrThrow()).name).toBe(course.name)
    expect((await cohort.executeTakeFirstOrThrow()).description).toBe('Edited by an operator')
    await db.updateTable('cohorts').set({ description: before.description }).where('id', '=', before.id).execute()
  })

  test('let a cohort that a release brings take over the partnerships of the cohort before it', async () => {
    const partner = await make.deliveryPartner(db, { cohorts: ['2026a'] })
    const taken = await rehearse(db, { real: false }, async (trx) => {
      for (const table of ['offerings', 'schedules'] as const) {
        await trx
          .deleteFrom(table)
          .where('cohort_id', '=', (await make.cohortNamed(trx, '2026b')).id)
          .execute()
      }
      await trx.deleteFrom('cohorts').where('identifier', '=', '2026b').execute()
      await loadReference(trx, await referenceFacts(), { production: false })
      const { id } = await make.cohortNamed(trx, '2026b')
      return trx.selectFrom('delivery_partnerships').select('delivery_partner_id').where('cohort_id', '=', id).execute()
    })
    expect(taken).toEqual([{ delivery_partner_id: partner.id }])
  })
})
