import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import type { Declare } from '../../../src/domain/declarations/declare.ts'
import { liveDeclarationStates } from '../../../src/domain/declarations/states.ts'
import { now } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import { declared, declareFor, voidOf } from '../../support/declarations.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const date = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(text)
const titlesOf = async (application: RowOf<'applications'>, command: Partial<Declare> = {}) =>
  (await declareFor(db, application, command)).refusals.map(({ title }) => title)

describe('declaring', () => {
  test('puts an eligible declaration on the next statement, with its history', async () => {
    const statement = await make.statement(db)
    const application = await make.acceptedApplication(db)
    const { refusals, declarationId } = await declareFor(db, application)
    expect(refusals).toEqual([])
    const [declaration] = await declared(db)
    expect(declaration).toMatchObject({
      public_id: declarationId,
      application_id: application.id,
      lead_provider_id: application.lead_provider_id,
      cohort_id: application.cohort_id,
      declaration_type: 'started',
      state: 'eligible',
      state_reason: null,
      superseded_by_id: null,
      transferred_to_id: null,
      created_at: now,
      updated_at: now,
      items: [{ state: 'eligible', statement_id: statement.id }],
    })
    expect(declaration?.declaration_date.toString()).toBe('2023-11-01T10:00:00Z')
    const versions = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit', 'object_changes']).orderBy('id').execute()
    expect(versions.map(({ item_type, event, whodunnit }) => [item_type, event, whodunnit])).toEqual([
      ['Declaration', 'create', `Lead provider ${application.lead_provider_id}`],
      ['Declaration', 'update', `Lead provider ${application.lead_provider_id}`],
      ['StatementItem', 'create', `Lead provider ${application.lead_provider_id}`],
    ])
    expect(versions[1]?.object_changes).toEqual({ state: ['submitted', 'eligible'] })
    expect(await letters(db)).toEqual([])
  })

  test.each<[string, make.ApplicationFacts, string]>([
    ['an unfunded place', { funded_place: false }, 'submitted'],
    ['a funded place', { funded_place: true }, 'eligible'],
    ['an ineligible participant', { eligible_for_funding: false }, 'submitted'],
    ['an ineligible participant with a funded place', { eligible_for_funding: false, funded_place: true }, 'submitted'],
  ])('for %s gives the state that the funding allows', async (_, facts, state) => {
    await make.statement(db)
    await declareFor(db, await make.acceptedApplication(db, facts))
    expect(await declared(db)).toMatchObject([{ state, items: state === 'eligible' ? [{ state }] : [] }])
  })

  test.each([
    ['submitted after an earlier funded application', {}, 'submitted'],
    ['eligible where policy says so', { funding_eligibility_status_code: 'marked_funded_by_policy' }, 'eligible'],
  ])('is %s for the course or its twin', async (_, facts, state) => {
    await make.statement(db, { cohort: '2023a', courses: ['npq-headship', 'npq-early-headship-coaching-offer'] })
    const user = await make.user(db)
    await make.acceptedApplication(db, { user, cohort: '2022a', provider: 'Teach First' })
    const coach = await make.user(db)
    await make.acceptedApplication(db, { user: coach, cohort: '2021a', course: 'npq-additional-support-offer', schedule: 'npq-aso-december' })
    const twin = { course: 'npq-early-headship-coaching-offer', schedule: 'npq-ehco-november' } as const
    await declareFor(db, await make.acceptedApplication(db, { user, ...facts }))
    await declareFor(db, await make.acceptedApplication(db, { user: coach, ...twin, ...facts }), { declarationDate: '2024-03-01T00:00:00Z' })
    expect((await declared(db)).map((one) => one.state)).toEqual([state, state])
  })

  test('uses the open output statement of the very cohort whose deadline is next', async () => {
    await make.statement(db, { month: 12, deadline_date: date('2026-12-31'), payment_date: null })
    await make.statement(db, { month: 10, deadline_date: date('2026-11-01'), courses: [] })
    await make.statement(db, { month: 9, deadline_date: date('2026-11-20'), output_fee: false, courses: [] })
    await make.statement(db, { month: 8, deadline_date: date('2026-11-20'), state: 'payable', courses: [] })
    await make.statement(db, { month: 7, deadline_date: null, courses: [] })
    await make.statement(db, { month: 7, cohort: '2022a', deadline_date: date('2026-11-20'), courses: [] })
    await make.statement(db, { month: 7, provider: 'Teach First', deadline_date: date('2026-11-20'), courses: [] })
    const next = await make.statement(db, { month: 11, deadline_date: date('2026-11-02'), courses: [] })
    await declareFor(db, await make.acceptedApplication(db))
    expect((await declared(db)).flatMap(({ items }) => items.map(({ statement_id }) => statement_id))).toEqual([next.id])
  })

  test.each([
    ['2026-06-25T23:30:00Z', true],
    ['2026-06-25T22:59:59Z', true],
    ['2026-06-26T00:00:00Z', false],
  ])('still takes the statement at %s, by its deadline of 25 June in UTC: %s', async (moment, taken) => {
    const closing = await make.statement(db, { month: 6, deadline_date: date('2026-06-25'), payment_date: null })
    const next = await make.statement(db, { month: 7, deadline_date: date('2026-07-25'), payment_date: null, courses: [] })
    expect(await titlesOf(await make.acceptedApplication(db), { now: at(moment) })).toEqual([])
    expect(await declared(db)).toMatchObject([{ items: [{ statement_id: taken ? closing.id : next.id }] }])
  })

  test('finds its contract on any statement of the provider and cohort, of whatever month, state and kind', async () => {
    const application = await make.acceptedApplication(db)
    await make.statement(db, { courses: [] })
    await make.statement(db, { provider: 'Teach First' })
    await make.statement(db, { cohort: '2022a' })
    await make.statement(db, { month: 9, state: 'paid', courses: ['npq-senco'] })
    expect(await titlesOf(application)).toEqual(['cohort'])
    await make.statement(db, { year: 2024, month: 1, state: 'paid', output_fee: false })
    expect(await titlesOf(application)).toEqual([])
  })

  test('goes by the cohort of the schedule, suffix and all', async () => {
    const needed = { provider: 'Ambition Institute', courses: ['npq-headship'] as const }
    await make.statement(db, { cohort: '2025a', courses: [...needed.courses] })
    const application = await make.acceptedApplication(db, { cohort: '2025b', funded_place: true, schedule: 'npq-leadership-autumn' })
    expect(await titlesOf(application, { declarationDate: '2026-10-01T00:00:00Z' })).toEqual(['cohort'])
    const { id } = await make.statement(db, { cohort: '2025b', courses: [...needed.courses] })
    expect(await titlesOf(application, { declarationDate: '2026-10-01T00:00:00Z' })).toEqual([])
    expect(await declared(db)).toMatchObject([{ cohort_id: application.cohort_id, items: [{ statement_id: id }] }])
  })

  test('without an open statement is refused only where one is needed', async () => {
    await make.statement(db, { state: 'paid' })
    const fundable = await make.acceptedApplication(db)
    expect(await titlesOf(fundable)).toEqual(['cohort'])
    const unfunded = await make.acceptedApplication(db, { funded_place: false })
    expect(await titlesOf(unfunded)).toEqual([])
    expect(await titlesOf(unfunded)).toEqual(['base'])
    for (const state of ['eligible', 'payable', 'paid'] as const) await db.updateTable('declarations').set({ state }).execute()
    expect(await titlesOf(unfunded)).toEqual(['cohort'])
    expect(await titlesOf(unfunded, { declarationDate: '2023-11-01T10:00:01Z' })).toEqual(['base'])
  })

  test.each(liveDeclarationStates)('again is refused while a declaration of the type is %s, whoever made it', async (state) => {
    await make.statement(db)
    const { id: maker } = await make.provider(db, 'Teach First')
    const application = await make.acceptedApplication(db)
    const before = await make.declaration(db, { application, state, lead_provider_id: maker })
    expect(await titlesOf(application)).toEqual(['base'])
    expect(await declared(db)).toMatchObject([{ id: before.id, state }])
  })

  test.each(['voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const)('again is possible once the earlier one is %s', async (state) => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, state })
    expect(await titlesOf(application)).toEqual([])
  })

  test('of the same type for another course is its own declaration', async () => {
    await make.statement(db, { courses: ['npq-headship', 'npq-senco'] })
    const user = await make.user(db)
    await make.declaration(db, { application: await make.acceptedApplication(db, { user }), state: 'eligible' })
    expect(await titlesOf(await make.acceptedApplication(db, { user, course: 'npq-senco' }))).toEqual([])
  })

  test('goes to the newest accepted application with the caller, whatever the older ones carry', async () => {
    await make.statement(db)
    const user = await make.user(db)
    const older = await make.acceptedApplication(db, { user, cohort: '2022a', training_status: 'withdrawn' })
    for (const type of ['started', 'retained-1', 'retained-2', 'completed'] as const) {
      await make.declaration(db, { application: older, declaration_type: type, state: 'paid' })
    }
    const newer = await make.acceptedApplication(db, { user, eligible_for_funding: false })
    await make.application(db, { user, cohort: '2024a' })
    expect(await titlesOf(older)).toEqual([])
    expect((await declared(db)).at(-1)).toMatchObject({ application_id: newer.id, state: 'submitted' })
  })

  test('after a transfer finds what the earlier provider declared, which cannot declare any more', async () => {
    await make.statement(db, { provider: 'Teach First' })
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, state: 'eligible' })
    const { id } = await make.provider(db, 'Teach First')
    await db.updateTable('applications').set({ lead_provider_id: id }).execute()
    expect(await titlesOf(application, { providerId: id })).toEqual(['base'])
    expect(await titlesOf(application)).toEqual(['participant_id'])
    expect(await declared(db)).toMatchObject([{ transferred_to_id: id }])
  })
})

describe('a second record of a person', () => {
  const started = (values: Partial<RowOf<'declarations'>> = {}) => ({ state: 'eligible', ...values }) as const

  async function twoRecords(facts: make.ApplicationFacts = {}) {
    const first = await make.acceptedApplication(db, { user: await make.user(db, { trn: '1234567' }), provider: 'Teach First' })
    const second = await make.acceptedApplication(db, { user: await make.user(db, { trn: '1234567', trn_verified: false }), ...facts })
    return { first, second }
  }

  test('gets an ineligible declaration, superseded by the oldest that stands', async () => {
    const statement = await make.statement(db)
    const { first, second } = await twoRecords()
    const original = await make.declaration(db, { application: first, ...started() })
    expect(await titlesOf(second)).toEqual([])
    expect(await titlesOf(second)).toEqual([])
    const duplicate = {
      state: 'ineligible',
      state_reason: 'duplicate',
      superseded_by_id: original.id,
      items: [{ state: 'ineligible', statement_id: statement.id }],
    }
    expect(await declared(db)).toMatchObject([{ id: original.id }, duplicate, duplicate])
  })

  test('gets one without an item where no statement is open and nothing would be paid', async () => {
    await make.statement(db, { state: 'paid' })
    const { first, second } = await twoRecords({ funded_place: false })
    await make.declaration(db, { application: first, ...started() })
    expect(await titlesOf(second)).toEqual([])
    expect((await declared(db)).at(-1)).toMatchObject({ state: 'ineligible', items: [] })
  })

  test('gets one of its own once the original is voided; the ineligible one stays', async () => {
    await make.statement(db)
    const { first, second } = await twoRecords()
    const original = await make.declaration(db, { application: first, ...started() })
    await declareFor(db, second)
    expect(await voidOf(db, original)).toEqual({ refusals: [] })
    expect(await titlesOf(second)).toEqual([])
    expect((await declared(db)).map(({ state }) => state)).toEqual(['voided', 'ineligible', 'eligible'])
  })

  test('is matched between twin courses', async () => {
    await make.statement(db, { courses: ['npq-early-headship-coaching-offer'] })
    const first = await make.acceptedApplication(db, {
      user: await make.user(db, { trn: '1234567' }),
      cohort: '2021a',
      course: 'npq-additional-support-offer',
      schedule: 'npq-aso-december',
    })
    await make.declaration(db, { application: first, ...started() })
    const second = await make.acceptedApplication(db, {
      user: await make.user(db, { trn: '1234567' }),
      course: 'npq-early-headship-coaching-offer',
      schedule: 'npq-ehco-november',
    })
    await declareFor(db, second)
    expect((await declared(db)).at(-1)).toMatchObject({ state: 'ineligible' })
  })

  test.each<[string, { trns?: [string | null, string | null]; declaration?: Partial<RowOf<'declarations'>>; facts?: make.ApplicationFacts }]>([
    ['without TRNs', { trns: [null, null] }],
    ['with another TRN', { trns: ['1234567', '1234568'] }],
    ['where another type was declared', { declaration: { declaration_type: 'retained-1' } }],
    ['where the original was clawed back', { declaration: { state: 'clawed_back' } }],
    ['on another course', { facts: { course: 'npq-senco' } }],
  ])('is not matched %s', async (_, { trns = ['1234567', '1234567'], declaration = {}, facts = {} }) => {
    await make.statement(db)
    const user = (trn: string | null) => make.user(db, { trn, trn_verified: trn !== null })
    const first = await make.acceptedApplication(db, { user: await user(trns[0]), provider: 'Teach First', ...facts })
    await make.declaration(db, { application: first, ...started(declaration) })
    await declareFor(db, await make.acceptedApplication(db, { user: await user(trns[1]) }))
    expect((await declared(db)).at(-1)).toMatchObject({ state: 'eligible', superseded_by_id: null })
  })

  test('is not matched with a declaration that is superseded itself', async () => {
    await make.statement(db)
    const { first, second } = await twoRecords()
    const original = await make.declaration(db, { application: first, ...started({ state: 'voided' }) })
    await make.declaration(db, { application: first, ...started({ superseded_by_id: original.id }) })
    await declareFor(db, second)
    expect((await declared(db)).at(-1)).toMatchObject({ state: 'eligible' })
  })
})

describe('declaring completion', () => {
  const completed = { declarationType: 'completed', declarationDate: '2024-06-30T23:30:00-01:00' }

  test.each([
    [true, 'passed'],
    ['true', 'passed'],
    [false, 'failed'],
    ['false', 'failed'],
  ] as const)('with has_passed %o records the outcome and queues its letter', async (hasPassed, state) => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    expect(await titlesOf(application, { ...completed, hasPassed })).toEqual([])
    const outcomes = await db.selectFrom('outcomes').select(['state', 'completion_date']).execute()
    expect(outcomes.map((one) => [one.state, one.completion_date.toString()])).toEqual([[state, '2024-07-01']])
    expect(await letters(db)).toMatchObject([{ template: `outcome ${state}` }])
  })

  test('of a coaching offer needs no result and records none; nor does another milestone', async () => {
    await make.statement(db, { courses: ['npq-headship', 'npq-early-headship-coaching-offer'] })
    const coaching = await make.acceptedApplication(db, { course: 'npq-early-headship-coaching-offer', schedule: 'npq-ehco-november' })
    expect(await titlesOf(coaching, completed)).toEqual([])
    expect(await titlesOf(await make.acceptedApplication(db), { hasPassed: 'x' })).toEqual([])
    expect(await db.selectFrom('outcomes').select('id').execute()).toEqual([])
  })
})

describe('the fields of a declaration', () => {
  test('take the newest training state of the caller alone', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db, { training_status: 'withdrawn', created_at: at('2023-01-01T00:00Z') })
    const state = (values: Partial<RowOf<'application_states'>>) =>
      make.insert(db, 'application_states', { application_id: application.id, lead_provider_id: application.lead_provider_id, ...values })
    await db.deleteFrom('application_states').execute()
    await state({ state: 'withdrawn', created_at: at('2024-02-01T12:00:00Z') })
    expect(await titlesOf(application, { declarationDate: '2024-02-01T12:00:00Z' })).toEqual(['participant_id'])
    await state({ state: 'active', created_at: at('2024-03-01T12:00:00Z') })
    await state({ state: 'withdrawn', created_at: at('2024-04-01T12:00:00Z'), lead_provider_id: (await make.provider(db, 'Teach First')).id })
    expect(await titlesOf(application, { declarationDate: '2024-05-01T12:00:00Z' })).toEqual([])
  })
})
