import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { changeSchedule } from '../../../src/domain/participants/change-schedule.ts'
import { now } from '../../support/app.ts'
import { contract } from '../../support/contract.ts'
import { database } from '../../support/database.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'
import { trainingOf } from '../../support/training.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

type Command = Awaited<ReturnType<typeof trainingOf>>
async function titlesOf(application: RowOf<'applications'>, changes: Partial<Command> = {}) {
  const { refusals } = await changeSchedule(db, { ...(await trainingOf(db, application)), ...changes })
  return refusals.map(({ title }) => title)
}
const reread = ({ id }: { id: number }) => db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
async function placeOf(application: RowOf<'applications'>) {
  const { cohort, schedule } = await db
    .selectFrom('applications')
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .select(['cohorts.identifier as cohort', 'schedules.identifier as schedule'])
    .where('applications.id', '=', application.id)
    .executeTakeFirstOrThrow()
  return [cohort, schedule]
}
const autumn = { scheduleIdentifier: 'npq-leadership-autumn' }
const late = { declaration_date: Temporal.Instant.from('2026-09-01T00:00Z') }

describe('changing the schedule', () => {
  test('sets it, and leaves all else', async () => {
    await contract(db, { cohort: '2023a' })
    const application = await make.acceptedApplication(db)
    const spring = await make.scheduleNamed(db, '2023a', 'npq-leadership-spring')
    expect(await titlesOf(application)).toEqual([])
    expect(await reread(application)).toEqual({ ...application, schedule_id: spring.id, updated_at: now })
    expect(await db.selectFrom('application_states').selectAll().execute()).toHaveLength(1)
    expect(await letters(db)).toEqual([])
    expect(await db.selectFrom('versions').select(['item_type', 'event']).execute()).toEqual([{ item_type: 'Application', event: 'update' }])
    expect(await titlesOf(application)).toEqual(['schedule_identifier'])
  })

  test.each<[string, Partial<Command>, string[]]>([
    ['an unknown schedule', { scheduleIdentifier: 'npq-nothing' }, ['schedule_identifier']],
    ['no schedule', { scheduleIdentifier: undefined }, ['schedule_identifier']],
    ['an unknown year', { cohort: '1999' }, ['schedule_identifier']],
    ['a word for a year', { cohort: 'next' }, ['schedule_identifier']],
    ['a year with a suffix', { cohort: '2023a' }, ['schedule_identifier']],
    ['a schedule of another group', { scheduleIdentifier: 'npq-specialist-spring' }, ['schedule_identifier']],
    ['a cohort without a contract', { cohort: '2022' }, ['cohort']],
    ['a course that the participant is not on', { courseIdentifier: 'npq-senco' }, ['participant_id']],
  ])('is refused for %s', async (_, changes, expected) => {
    await contract(db, { cohort: '2023a' })
    const application = await make.acceptedApplication(db)
    expect(await titlesOf(application, changes)).toEqual(expected)
    expect(await reread(application)).toEqual(application)
  })

  test('needs a contract of this provider for this very course', async () => {
    await contract(db, { cohort: '2023a', provider: 'Teach First' })
    await contract(db, { cohort: '2023a', course: 'npq-senco' })
    expect(await titlesOf(await make.acceptedApplication(db))).toEqual(['cohort'])
  })

  test('goes to another cohort and back, until something is declared there', async () => {
    for (const cohort of ['2022a', '2023a']) await contract(db, { cohort })
    const application = await make.acceptedApplication(db)
    expect(await titlesOf(application, { ...autumn, cohort: '2022' })).toEqual([])
    expect(await placeOf(application)).toEqual(['2022a', 'npq-leadership-autumn'])
    expect(await titlesOf(application, { ...autumn, cohort: '2023' })).toEqual([])
    expect(await placeOf(application)).toEqual(['2023a', 'npq-leadership-autumn'])
    await make.declaration(db, { application, declaration_type: 'retained-1', state: 'payable', ...late })
    expect(await titlesOf(application, { ...autumn, cohort: '2022' })).toEqual(['cohort'])
    expect(await titlesOf(application)).toEqual([])
    expect(await placeOf(application)).toEqual(['2023a', 'npq-leadership-spring'])
  })

  test.each([
    ['submitted', ['cohort']],
    ['eligible', ['cohort']],
    ['payable', ['cohort']],
    ['paid', ['cohort']],
    ['voided', []],
    ['ineligible', []],
    ['awaiting_clawback', []],
    ['clawed_back', []],
  ] as const)('of cohort with a %s declaration of another provider', async (state, expected) => {
    await contract(db, { cohort: '2022a' })
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, state, lead_provider_id: (await make.provider(db, 'Teach First')).id, ...late })
    expect(await titlesOf(application, { ...autumn, cohort: '2022' })).toEqual(expected)
  })

  test.each([undefined, '2025'])('takes the cohort with the latest suffix of the year, with %s as the year', async (cohort) => {
    await contract(db, { cohort: '2025b' })
    const application = await make.acceptedApplication(db, { cohort: '2025a', funded_place: false })
    await make.declaration(db, { application, state: 'submitted', ...late })
    expect(await titlesOf(application, { ...autumn, cohort })).toEqual(['cohort'])
    expect(await reread(application)).toEqual(application)
    await db.updateTable('declarations').set({ state: 'voided' }).execute()
    expect(await titlesOf(application, { ...autumn, cohort })).toEqual([])
    expect(await placeOf(application)).toEqual(['2025b', 'npq-leadership-autumn'])
  })

  test('takes the year of the cohort that registers now where there is no schedule yet', async () => {
    await contract(db, { cohort: '2026b' })
    const application = await make.acceptedApplication(db, { schedule_id: null })
    expect(await titlesOf(application, autumn)).toEqual([])
    expect(await placeOf(application)).toEqual(['2026b', 'npq-leadership-autumn'])
    expect((await reread(application)).funded_place).toBe(true)
  })

  test('is refused where the course is accepted there already, or was at the same moment', async () => {
    await contract(db, { cohort: '2022a' })
    const user = await make.user(db)
    const application = await make.acceptedApplication(db, { user })
    await make.acceptedApplication(db, { user, cohort: '2022a', provider: 'Teach First' })
    expect(await titlesOf(application, { ...autumn, cohort: '2022' })).toEqual(['cohort'])
    expect(await reread(application)).toEqual(application)
  })

  test.each([
    ['2023a', null, true, '2025', true],
    ['2023a', null, false, '2025', false],
    ['2024a', false, true, '2025', false],
    ['2024a', true, true, '2025', true],
  ] as const)('from %s with the place %s (eligible: %s) to %s leaves the place %s', async (cohort, place, eligible, year, expected) => {
    await contract(db, { cohort: '2025b' })
    const application = await make.acceptedApplication(db, { cohort, funded_place: place, eligible_for_funding: eligible })
    expect(await titlesOf(application, { ...autumn, cohort: year })).toEqual([])
    expect((await reread(application)).funded_place).toBe(expected)
  })

  test('is refused from limited places to a cohort without a limit, and out of an unfunded cohort', async () => {
    for (const cohort of ['2023a', '2025b', '2026a']) await contract(db, { cohort })
    expect(await titlesOf(await make.acceptedApplication(db, { cohort: '2024a', funded_place: true }), { ...autumn, cohort: '2023' })).toEqual([
      'cohort',
    ])
    const unfunded = await make.acceptedApplication(db, { cohort: '2026a', schedule: 'npq-leadership-spring', funded_place: false })
    expect(await titlesOf(unfunded, { ...autumn, cohort: '2025' })).toEqual(['cohort'])
  })

  test('takes the funded place away on the way to an unfunded cohort', async () => {
    const unfunded = await make.cohort(db, { start_year: 2027, funding: 'zero' })
    const { id, created_at, updated_at, ...spring } = await make.scheduleNamed(db, '2026b', 'npq-leadership-spring')
    await make.insert(db, 'schedules', { ...spring, public_id: null, cohort_id: unfunded.id })
    await contract(db, { cohort: '2027a' })
    const application = await make.acceptedApplication(db, { cohort: '2024a', funded_place: true })
    expect(await titlesOf(application, { cohort: '2027' })).toEqual([])
    expect(await placeOf(application)).toEqual(['2027a', 'npq-leadership-spring'])
    expect((await reread(application)).funded_place).toBe(false)
  })

  test('saves nothing that breaks an invariant', async () => {
    await contract(db, { cohort: '2022a' })
    const application = await make.acceptedApplication(db, { funded_place: true })
    expect(await titlesOf(application, { ...autumn, cohort: '2022' })).toEqual(['funded_place'])
    expect(await reread(application)).toEqual(application)
  })
})
