import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { standingAt } from '../../src/clock.ts'
import type { Database } from '../../src/db/connect.ts'
import { accept } from '../../src/domain/applications/accept.ts'
import { reject } from '../../src/domain/applications/reject.ts'
import { voidDeclaration } from '../../src/domain/declarations/void.ts'
import type { Verdict } from '../../src/domain/rules.ts'
import { resetProvider } from '../../src/sandbox/reset.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { makeApplications } from '../../src/sandbox-api/applications/make.ts'
import { moveClock } from '../../src/sandbox-api/clock/move.ts'
import { makeScenario, scenarios } from '../../src/sandbox-api/scenarios/make.ts'
import { now } from '../support/app.ts'
import { database } from '../support/database.ts'
import { application, provider, statement } from '../support/make.ts'

const act = { now: now.add({ hours: 1 }), author: 'Lead provider test' }
const name = 'Teach First'

describe('a reset of a provider', { timeout: 120_000 }, () => {
  test('changes nothing where nothing was changed', async () => {
    const { db, id, before } = await seeded()
    expect(await resetProvider(db, { ...act, providerId: id })).toEqual({ refusals: [] })
    expect(await rowsOf(db, id)).toEqual(before)
  })

  test('puts back all that the provider has done, and nothing that others have', async () => {
    const { db, id, before } = await seeded()
    const other = await provider(db, 'Ambition Institute')
    await doEverything(db, id, name)
    await doEverything(db, other.id, 'Ambition Institute')
    const changed = await rowsOf(db, id)
    const same = Object.keys(owned).filter((table) => changed.own[table]?.join() === before.own[table]?.join())
    expect(same).toEqual(['contracts', 'adjustments', 'milestone_statements', 'participant_id_changes'])

    expect(await resetProvider(db, { ...act, providerId: id })).toEqual({ refusals: [] })
    const { own, others } = await rowsOf(db, id)
    expect(others).toEqual(changed.others)
    expect(own).toEqual(before.own)
    const clocks = await db.selectFrom('sandbox_clocks').selectAll().orderBy('days_ahead').execute()
    expect(clocks.map(({ lead_provider_id, days_ahead }) => [lead_provider_id === id, days_ahead > 0])).toEqual([
      [true, false],
      [false, true],
    ])
  })

  test('takes away the people that situations were made with, with what another provider has of them', async () => {
    const { db, id, before } = await seeded()
    for (const situation of ['application-other-accepted', 'declaration-transferred', 'declaration-ineligible']) {
      const scenario = scenarios.get(situation)
      if (!scenario) throw new Error(`There is no situation ${situation}.`)
      expect((await makeScenario(db, scenario, { ...act, provider: { id, name } })).refusals).toEqual([])
    }
    expect(await resetProvider(db, { ...act, providerId: id })).toEqual({ refusals: [] })
    expect(await rowsOf(db, id)).toEqual(before)
  })

  test('leaves what has become another provider’s since, and what that one’s rows refer to', async () => {
    const { db, id } = await seeded()
    const other = await provider(db, 'Ambition Institute')
    const [gone, taken] = await ownAlone(db, id)
    if (!gone || !taken) throw new Error('Nobody has applied.')
    // one goes over with what was declared for it; the person of the other is taken on there
    await db.updateTable('applications').set({ lead_provider_id: other.id }).where('id', '=', gone.id).execute()
    await db.updateTable('applications').set({ lead_provider_approval_status: 'rejected' }).where('id', '=', taken.id).execute()
    await application(db, {
      user_id: taken.user_id,
      course_id: taken.course_id,
      cohort_id: taken.cohort_id,
      lead_provider_id: other.id,
      lead_provider_approval_status: 'accepted',
    })
    const before = await rowsOf(db, id)
    const declared = await declarationsOf(db, id, gone.id)
    expect(declared.length).toBeGreaterThan(0)

    expect(await resetProvider(db, { ...act, providerId: id })).toEqual({ refusals: [] })
    expect((await rowsOf(db, id)).others).toEqual(before.others)
    expect(await declarationsOf(db, id, gone.id)).toEqual(declared)
    const { lead_provider_approval_status } = await db.selectFrom('applications').selectAll().where('id', '=', taken.id).executeTakeFirstOrThrow()
    expect(lead_provider_approval_status).toBe('rejected')
    expect(await declarationsOf(db, id, taken.id)).toEqual([])
  })

  test('may be asked for by many at once', async () => {
    const { db, id, before } = await seeded()
    const ids = (await db.selectFrom('lead_providers').select('id').execute()).map((each) => each.id)
    await doEverything(db, id, name)
    const verdicts = await Promise.all([id, ...ids].map((providerId) => resetProvider(db, { ...act, providerId })))
    expect(verdicts.every(({ refusals }) => refusals.length === 0)).toBe(true)
    expect((await rowsOf(db, id)).own).toEqual(before.own)
  })

  test('is refused where there is no seed to go back to, and nothing that was settled can be unsettled there', async () => {
    const db = await database()
    const { id } = await provider(db, name)
    expect((await resetProvider(db, { ...act, providerId: id })).refusals).toMatchObject([{ code: 'nothing_to_reset' }])
    const { id: statementId } = await statement(db, { provider: name, state: 'payable' })
    const unsettled = db.transaction().execute(async (trx) => {
      await sql`select set_config('npq.putting_back', 'on', true)`.execute(trx)
      await trx.updateTable('statements').set({ state: 'open' }).where('id', '=', statementId).execute()
    })
    await expect(unsettled).rejects.toThrow('cannot change from payable to open')
  })
})

async function seeded() {
  const db = await database()
  await seed(db, now)
  const { id } = await provider(db, name)
  return { db, id, before: await rowsOf(db, id) }
}

/** Something of each kind that changes the provider's rows: applications decided, declarations taken back, people made, months passed. */
async function doEverything(db: Database, providerId: number, providerName: string): Promise<void> {
  const pending = await db
    .selectFrom('applications')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
    .select('applications.public_id')
    .where('lead_provider_id', '=', providerId)
    .where('lead_provider_approval_status', '=', 'pending')
    .where('cohorts.funding', '=', 'capped')
    .orderBy('applications.id')
    .execute()
  const [accepted, rejected] = pending.map(({ public_id: applicationId }) => ({ ...act, providerId, applicationId }))
  if (!accepted || !rejected) throw new Error('Nobody is waiting.')
  const verdicts: Verdict[] = [
    await accept(db, { ...accepted, fundedPlace: false, scheduleIdentifier: undefined }),
    await reject(db, { ...rejected, reason: 'rejected_by_provider' }),
    await makeApplications(db, { ...act, provider: { id: providerId, name: providerName }, ...anybody }),
  ]
  for (const state of ['eligible', 'payable', 'paid'] as const) {
    const declaration = await db
      .selectFrom('declarations')
      .select('public_id')
      .where('lead_provider_id', '=', providerId)
      .where('cohort_id', 'in', (eb) => eb.selectFrom('cohorts').select('id').where('identifier', 'in', ['2024a', '2025a']))
      .where('state', '=', state)
      // what was completed takes its outcome along
      .orderBy(sql`declaration_type = 'completed'`, 'desc')
      .orderBy('id')
      .executeTakeFirst()
    if (declaration) verdicts.push(await voidDeclaration(db, { ...act, providerId, declarationId: declaration.public_id }))
  }
  verdicts.push(await moveClock(db, { providerId, day: Temporal.PlainDate.from('2027-01-31'), clock: standingAt(act.now) }))
  expect(verdicts.flatMap(({ refusals }) => refusals)).toEqual([])
}

/** Accepted applications of people who applied to nobody else, for whom something was declared. */
function ownAlone(db: Database, providerId: number) {
  return db
    .selectFrom('applications')
    .selectAll()
    .where('lead_provider_id', '=', providerId)
    .where('lead_provider_approval_status', '=', 'accepted')
    .where(({ exists, selectFrom }) => exists(selectFrom('declarations').select('id').whereRef('application_id', '=', 'applications.id')))
    .where('user_id', 'in', (eb) => eb.selectFrom('applications').select('user_id').groupBy('user_id').having(eb.fn.countAll(), '=', 1))
    .orderBy('id')
    .execute()
}

function declarationsOf(db: Database, providerId: number, applicationId: number) {
  return db
    .selectFrom('declarations')
    .select(['public_id', 'state', 'updated_at'])
    .where('lead_provider_id', '=', providerId)
    .where('application_id', '=', applicationId)
    .orderBy('id')
    .execute()
}

const anybody = {
  ...{ count: 3, courseIdentifier: undefined, cohort: undefined, eligible: undefined, workplace: undefined },
  ...{ participantId: undefined, fullName: undefined, email: undefined, trn: undefined },
}

const ofStatement = sql`statement_id in (select id from statements where lead_provider_id = `
/** Whose a row is, as SQL that is true of the provider's own. */
const owned: Record<string, (id: number) => ReturnType<typeof sql>> = {
  ...Object.fromEntries(
    ['applications', 'application_states', 'declarations', 'outcomes', 'statements', 'participations'].map((table) => [
      table,
      (id: number) => sql`each.lead_provider_id = ${id}`,
    ]),
  ),
  ...Object.fromEntries(
    ['statement_items', 'contracts', 'adjustments', 'milestone_statements'].map((table) => [table, (id: number) => sql`${ofStatement}${id})`]),
  ),
  users: (id) => sql`${ownPerson('id')(id)}`,
  participant_id_changes: (id) => sql`${ownPerson('user_id')(id)}`,
}

/** Nobody else has an application of the person. */
function ownPerson(column: string) {
  return (id: number) => sql`exists (select from applications where user_id = each.${sql.ref(column)} and lead_provider_id = ${id})
    and not exists (select from applications where user_id = each.${sql.ref(column)} and lead_provider_id <> ${id})`
}

/** Every row of these tables: the provider's own without the ids that only the service sees, all others as they are. */
async function rowsOf(db: Database, id: number) {
  const own: Record<string, string[]> = {}
  const others: Record<string, string[]> = {}
  for (const [table, isOwn] of Object.entries(owned)) {
    const { rows } = await sql<{ own: boolean; whole: string; shown: string }>`
      select ${isOwn(id)} as own, each::text as whole, (to_jsonb(each) - 'id')::text as shown from ${sql.table(table)} each order by 3, 2`.execute(db)
    own[table] = rows.filter((row) => row.own).map(({ shown }) => shown)
    others[table] = rows.filter((row) => !row.own).map(({ whole }) => whole)
  }
  return { own, others }
}
