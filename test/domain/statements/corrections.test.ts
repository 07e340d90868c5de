import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { addAdjustment, changeAdjustment, removeAdjustment } from '../../../src/domain/statements/adjust.ts'
import { changeDate } from '../../../src/domain/statements/change-date.ts'
import { changePrice } from '../../../src/domain/statements/change-price.ts'
import { correctStatements } from '../../../src/domain/statements/correct-statements.ts'
import { createStatements } from '../../../src/domain/statements/create-statements.ts'
import { listMilestones } from '../../../src/domain/statements/milestone-records.ts'
import { createMilestone, deleteMilestone, moveMilestone } from '../../../src/domain/statements/milestones.ts'
import type { DeclarationType, ScheduleIdentifier } from '../../../src/words.ts'
import { clean, database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'
import { untilWaiting } from '../../support/waiting.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})
const act = { now: Temporal.Instant.from('2026-11-15T12:00:00Z'), author: 'Command test' }
const logs = () => db.selectFrom('financial_change_logs').select(['operation_description', 'data_changes']).orderBy('id').execute()

describe('changing the price per participant', () => {
  const prices = async () => {
    const rows = await db
      .selectFrom('contracts')
      .innerJoin('contract_templates', 'contract_templates.id', 'contracts.contract_template_id')
      .innerJoin('statements', 'statements.id', 'contracts.statement_id')
      .select(['statements.year', 'statements.month', 'contract_templates.per_participant as price', 'contract_templates.id as template'])
      .orderBy('contracts.id')
      .execute()
    return rows.map(({ year, month, price, template }) => [`${year}-${month}`, Number(price), template] as const)
  }

  test('touches this month and later ones of the provider, cohort and course, and shares a template', async () => {
    const past = await make.statement(db, { month: 10, deadline_date: Temporal.PlainDate.from('2026-09-25') })
    for (const facts of [{ month: 11 }, { month: 12, output_fee: false }, { year: 2027, month: 1, courses: ['npq-senco' as const] }])
      await make.statement(db, facts)
    await make.statement(db, { provider: 'Teach First' })
    await make.statement(db, { cohort: '2022a' })
    const { id } = await db.selectFrom('contracts').select('id').where('statement_id', '=', past.id).executeTakeFirstOrThrow()
    expect(await changePrice(db, { ...act, contractId: id, perParticipant: '1234.5678' })).toEqual({
      refusals: [],
      changes: [11, 12].map((month) => ({ year: 2026, month, from: '800', to: '1234.57' })),
    })
    const after = await prices()
    expect(after.map(([month, price]) => [month, price])).toEqual([
      ['2026-10', 800],
      ['2026-11', 1234.57],
      ['2026-12', 1234.57],
      ['2027-1', 800],
      ['2026-11', 800],
      ['2026-11', 800],
    ])
    expect(after[1]?.[2]).toBe(after[2]?.[2])
    const changes = { per_participant: ['800', '1234.57'] }
    expect((await logs()).map(({ data_changes }) => data_changes)).toEqual(
      [2, 3].map((contract_id) => expect.objectContaining({ contract_id, changes })),
    )
    const events = await db.selectFrom('versions').select(['item_type', 'event']).orderBy('id').execute()
    expect(events.map(({ item_type, event }) => `${item_type} ${event}`)).toEqual(['ContractTemplate create', 'Contract update', 'Contract update'])
  })

  test('touches the current month whatever its day, also the last of the cohort', async () => {
    for (const now of ['2026-11-01T00:00:00Z', '2026-11-30T23:59:59Z']) {
      await make.statement(db)
      expect(await changePrice(db, { ...act, now: Temporal.Instant.from(now), contractId: 1, perParticipant: '900' })).toMatchObject({ refusals: [] })
      expect((await prices()).map(([, price]) => price)).toEqual([900])
      await clean()
    }
  })

  test('takes a template that is equal but for its price where there is one, and never edits one', async () => {
    const statement = await make.statement(db, { courses: [] })
    const { id, contract_template_id: before } = await make.contract(db, { statement, recruitment_target: 7 })
    const elsewhere = await make.statement(db, { provider: 'Teach First', courses: [] })
    await make.contract(db, { statement: elsewhere, per_participant: '900' })
    const { contract_template_id: equal } = await make.contract(db, {
      statement: elsewhere,
      course: 'npq-senco',
      per_participant: '900.0',
      recruitment_target: 7,
    })
    await changePrice(db, { ...act, contractId: id, perParticipant: '900' })
    expect((await prices())[0]?.[2]).toBe(equal)
    const templates = await db.selectFrom('contract_templates').select(['id', 'per_participant']).execute()
    expect([templates.length, templates.find((template) => template.id === before)?.per_participant]).toEqual([3, '800'])
  })

  test('leaves every other term as it was', async () => {
    const { id: statement_id } = await make.statement(db, { courses: [] })
    const terms = {
      recruitment_target: 7,
      number_of_payment_periods: 2,
      output_payment_percentage: 70,
      service_fee_percentage: 25,
      service_fee_installments: 13,
      monthly_service_fee: null,
      targeted_delivery_funding_per_participant: '12.34',
      special_course: true,
    }
    const { id } = await make.contract(db, { statement: { id: statement_id }, ...terms })
    await changePrice(db, { ...act, contractId: id, perParticipant: '900' })
    const [before, after] = await db.selectFrom('contract_templates').selectAll().orderBy('id').execute()
    expect(before).toMatchObject({ ...terms, per_participant: '800' })
    expect(after).toMatchObject({ ...terms, per_participant: '900.00' })
  })

  test('goes by the month in London', async () => {
    await make.statement(db, { year: 2026, month: 6, deadline_date: null })
    const command = { ...act, contractId: 1, perParticipant: '900' }
    expect((await changePrice(db, { ...command, now: Temporal.Instant.from('2026-06-30T23:00:00Z') })).refusals).toHaveLength(1)
    expect((await changePrice(db, { ...command, now: Temporal.Instant.from('2026-06-30T22:59:59Z') })).refusals).toEqual([])
  })

  test.each(['payable', 'paid'] as const)('is refused whole where a later month is %s', async (state) => {
    await make.statement(db, { month: 11 })
    await make.statement(db, { month: 12, state })
    const before = await prices()
    const { refusals } = await changePrice(db, { ...act, contractId: 1, perParticipant: '900' })
    expect(refusals.map(({ title }) => title)).toEqual(['contract'])
    expect(await prices()).toEqual(before)
    expect((await changePrice(db, { ...act, contractId: 999, perParticipant: '900' })).refusals).toHaveLength(1)
  })
})

describe('adjustments', () => {
  const amounts = async () =>
    (await db.selectFrom('adjustments').select(['description', 'amount']).orderBy('id').execute()).map((row) => Object.values(row))

  test('are added, changed and removed with history, until the payment is authorised', async () => {
    const statement = await make.statement(db)
    await addAdjustment(db, { ...act, statementId: statement.id, description: ' Travel ', amount: ' 100.5 ' })
    await addAdjustment(db, { ...act, statementId: statement.id, description: 'Venue', amount: '-50' })
    await changeAdjustment(db, { ...act, adjustmentId: 2, description: 'Venue', amount: '-49.99' })
    expect(await amounts()).toEqual([
      ['Travel', '100.50'],
      ['Venue', '-49.99'],
    ])
    await removeAdjustment(db, { ...act, adjustmentId: 1 })
    await db.updateTable('statements').set({ state: 'payable', marked_as_paid_at: act.now }).execute()
    for (const verdict of [
      await addAdjustment(db, { ...act, statementId: statement.id, description: 'Late', amount: '1' }),
      await changeAdjustment(db, { ...act, adjustmentId: 2, description: 'Late', amount: '1' }),
      await removeAdjustment(db, { ...act, adjustmentId: 2 }),
    ])
      expect(verdict.refusals.map(({ title }) => title)).toEqual(['statement'])
    expect(await amounts()).toEqual([['Venue', '-49.99']])
    const events = await db.selectFrom('versions').select(['item_type', 'event']).orderBy('id').execute()
    expect(events.map(({ item_type, event }) => `${item_type} ${event}`)).toEqual([
      'Adjustment create',
      'Adjustment create',
      'Adjustment update',
      'Adjustment destroy',
    ])
    const travel = { description: 'Travel', amount: '100.50' }
    const venue = (amount: string) => ({ description: 'Venue', amount })
    expect(await logs()).toMatchObject([
      { operation_description: 'Add adjustment', data_changes: { adjustment_id: 1, by: 'Command test' } },
      { operation_description: 'Add adjustment', data_changes: { adjustment_id: 2 } },
      { operation_description: 'Change adjustment', data_changes: { changes: { adjustment: [venue('-50.00'), venue('-49.99')] } } },
      { operation_description: 'Remove adjustment', data_changes: { changes: { adjustment: [travel, null] } } },
    ])
  })
})

test.runIf(onPostgres)('an adjustment waits for an authorisation under way, and is then refused', async () => {
  const statement = await make.statement(db, { state: 'payable' })
  const { id: adjustmentId } = await make.insert(db, 'adjustments', { statement_id: statement.id, description: 'Venue', amount: '5' })
  const said = { ...act, description: 'Late', amount: '1' }
  const authorising = await db.startTransaction().execute()
  await authorising.updateTable('statements').set({ marked_as_paid_at: act.now }).execute()
  const adjusting = Promise.all([
    addAdjustment(db, { ...said, statementId: statement.id }),
    changeAdjustment(db, { ...said, adjustmentId }),
    removeAdjustment(db, { ...act, adjustmentId }),
  ])
  await untilWaiting(db, 3)
  await authorising.commit().execute()
  expect((await adjusting).map(({ refusals }) => refusals.map(({ title }) => title))).toEqual([['statement'], ['statement'], ['statement']])
  expect(await db.selectFrom('adjustments').select('description').execute()).toEqual([{ description: 'Venue' }])
})

describe('a date of a statement', () => {
  const move = (statement: { id: number }, date: string, which: 'deadline_date' | 'payment_date' = 'deadline_date') =>
    changeDate(db, { ...act, statementId: statement.id, which, date: Temporal.PlainDate.from(date) })

  test('that stays what it is leaves no trace', async () => {
    const statement = await make.statement(db)
    expect(await move(statement, '2026-11-30')).toEqual({ refusals: [] })
    expect([await logs(), await db.selectFrom('versions').select('id').execute()]).toEqual([[], []])
  })

  test.each(['deadline_date', 'payment_date'] as const)('is noted when the %s moves', async (which) => {
    const statement = await make.statement(db)
    expect(await move(statement, '2026-12-05', which)).toEqual({ refusals: [] })
    expect(await logs()).toEqual([
      {
        operation_description: `Change ${which}`,
        data_changes: { statement_id: statement.id, changes: { [which]: [String(statement[which]), '2026-12-05'] }, by: act.author },
      },
    ])
  })

  test('of no statement is refused', async () => {
    expect((await move({ id: 999_999 }, '2026-12-05')).refusals.map(({ title }) => title)).toEqual(['statement'])
  })
})

test('a deadline is moved with history', async () => {
  const statement = await make.statement(db)
  const date = Temporal.PlainDate.from('2026-12-05')
  expect(await changeDate(db, { ...act, statementId: statement.id, which: 'deadline_date', date })).toEqual({ refusals: [] })
  expect(await db.selectFrom('statements').select('deadline_date').execute()).toEqual([{ deadline_date: date }])
  expect(await db.selectFrom('versions').select('object_changes').execute()).toEqual([
    { object_changes: expect.objectContaining({ deadline_date: ['2026-11-30', '2026-12-05'] }) },
  ])
})

test('a milestone links every provider’s payment run of its month and cohort, and follows to another month', async () => {
  const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
  const november = [await make.statement(db), await make.statement(db, { provider: 'Teach First' })]
  await make.statement(db, { provider: 'LLSE', output_fee: false })
  await make.statement(db, { cohort: '2022a' })
  const december = await make.statement(db, { month: 12 })
  const links = async () =>
    (await db.selectFrom('milestone_statements').select('statement_id').orderBy('statement_id').execute()).map((row) => row.statement_id)
  const create = () => createMilestone(db, { ...act, scheduleId: schedule.id, type: 'started', year: 2026, month: 11 })
  expect(await create()).toEqual({ refusals: [] })
  expect(await links()).toEqual(november.map(({ id }) => id))
  expect((await create()).refusals).toHaveLength(1)
  expect(await listMilestones(db)).toEqual([{ id: 1, cohort: '2023a', schedule: 'npq-leadership-autumn', type: 'started', month: '2026-11' }])
  expect((await moveMilestone(db, { ...act, milestoneId: 1, year: 2027, month: 1 })).refusals.map(({ title }) => title)).toEqual(['statement_date'])
  expect(await links()).toEqual(november.map(({ id }) => id))
  await moveMilestone(db, { ...act, milestoneId: 1, year: 2026, month: 12 })
  expect(await links()).toEqual([december.id])
  await deleteMilestone(db, { ...act, milestoneId: 1 })
  expect([await links(), await listMilestones(db)]).toEqual([[], []])
  expect((await deleteMilestone(db, { ...act, milestoneId: 1 })).refusals).toHaveLength(1)
  const ids = november.map(({ id }) => id)
  expect(await logs()).toMatchObject([
    { operation_description: 'Create milestone', data_changes: { milestone_id: 1, declaration_type: 'started', statement_ids: [[], ids] } },
    { operation_description: 'Move milestone', data_changes: { statement_ids: [ids, [december.id]] } },
    { operation_description: 'Delete milestone', data_changes: { statement_ids: [[december.id], []] } },
  ])
  const events = await db.selectFrom('versions').select(['item_type', 'event']).orderBy('id').execute()
  const linking = (event: string, ...of: unknown[]) => of.map(() => `MilestoneStatement ${event}`)
  expect(events.map(({ item_type, event }) => `${item_type} ${event}`)).toEqual([
    'Milestone create',
    ...linking('create', ...november),
    ...linking('destroy', ...november),
    ...linking('create', december),
    ...linking('destroy', december),
    'Milestone destroy',
  ])
})

test('milestones are listed in the order of cohorts, schedules and types, with no month where they have no statements', async () => {
  const milestone = async (cohort: string, identifier: ScheduleIdentifier, declaration_type: DeclarationType) => {
    const { id: schedule_id } = await make.scheduleNamed(db, cohort, identifier)
    return make.insert(db, 'milestones', { schedule_id, declaration_type })
  }
  for (const type of ['completed', 'retained-2', 'started', 'retained-1'] as const) await milestone('2023a', 'npq-leadership-autumn', type)
  await milestone('2022a', 'npq-leadership-autumn', 'started')
  await milestone('2023a', 'npq-ehco-november', 'started')
  expect((await listMilestones(db)).map((row) => [row.cohort, row.schedule, row.type, row.month])).toEqual([
    ['2022a', 'npq-leadership-autumn', 'started', '-'],
    ['2023a', 'npq-ehco-november', 'started', '-'],
    ...['started', 'retained-1', 'retained-2', 'completed'].map((type) => ['2023a', 'npq-leadership-autumn', type, '-']),
  ])
})

describe.runIf(onPostgres)('a milestone, at the same time', () => {
  const links = async () =>
    (
      await db
        .selectFrom('milestone_statements')
        .innerJoin('statements', 'statements.id', 'milestone_statements.statement_id')
        .select(['statements.lead_provider_id', 'statements.month', 'statements.output_fee'])
        .orderBy('statements.lead_provider_id')
        .execute()
    ).map(({ lead_provider_id, month, output_fee }) => `${lead_provider_id}: ${month} ${output_fee}`)
  const file = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))

  test('moved, and statements made for both months, keeps to one month of every provider', async () => {
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    const [own, others] = [await make.provider(db), await make.provider(db, 'Teach First')]
    const months = ['year,month,deadline_date,payment_date,output_fee', '2026,11,2026-11-30,2026-12-25,t', '2026,12,2026-12-30,2027-01-25,t']
    const contracts = [
      'lead_provider_name,course_identifier,recruitment_target,per_participant,service_fee_installments,special_course,monthly_service_fee',
      'Teach First,npq-headship,50,1000,12,false,0',
    ]
    for (let time = 0; time < 3; time++) {
      for (const month of [11, 12]) await make.statement(db, { month, deadline_date: null, courses: [] })
      await createMilestone(db, { ...act, scheduleId: schedule.id, type: 'started', year: 2026, month: 11 })
      const held = await db.startTransaction().execute()
      await held.selectFrom('milestones').selectAll().forUpdate().execute()
      const both = Promise.all([
        createStatements(db, { ...act, cohort: '2023a', statements: file(...months), contracts: file(...contracts) }),
        moveMilestone(db, { ...act, milestoneId: 1, year: 2026, month: 12 }),
      ])
      await untilWaiting(db, 2)
      await held.rollback().execute()
      await both
      expect(new Set(await links())).toEqual(new Set([own, others].map(({ id }) => `${id}: 12 true`)))
      await clean()
    }
  })

  test('made while its statement stops being a payment run, is refused or keeps it one', async () => {
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    for (let time = 0; time < 6; time++) {
      const statement = await make.statement(db, { courses: [] })
      const statements = file('name,deadline_date,payment_date,output_fee', '26-Nov,2026-11-30,2026-12-25,FALSE')
      const verdicts = await Promise.all([
        createMilestone(db, { ...act, scheduleId: schedule.id, type: 'started', year: 2026, month: 11 }),
        correctStatements(db, { ...act, cohort: '2023a', statements, contractsFrom: undefined }),
      ])
      expect(verdicts.map(({ refusals }) => refusals.length).sort()).toEqual([0, 1])
      expect(await links()).toEqual(verdicts[0].refusals.length > 0 ? [] : [`${statement.lead_provider_id}: 11 true`])
      await clean()
    }
  })
})
