import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import type { NewRowOf } from '../../src/db/schema.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const date = (text: string) => Temporal.PlainDate.from(text)

describe('the database takes no statement', () => {
  const publicId = 'ab0a6a34-6d0e-4a0c-9a55-3c1f2f8a7b10'
  test.each<[string, make.StatementFacts, RegExp | undefined]>([
    ['of 2019', { year: 2019 }, /statements_year_check/],
    ['of 2051', { year: 2051 }, /statements_year_check/],
    ['of month 0', { month: 0 }, /statements_month_check/],
    ['of month 13', { month: 13 }, /statements_month_check/],
    ['in a state that there is not', { state: 'draft' as never }, /statements_state_check/],
    ['that neither is a payment run nor is none', { output_fee: null as never }, /output_fee/],
    ['that is paid before its deadline', { payment_date: date('2026-11-29') }, /statements_paid_after_deadline/],
    ['of a month, provider and cohort that have one', { month: 10 }, /statements_lead_provider_id_cohort_id_year_month_key/],
    ['with the public id of another, in whatever case', { public_id: publicId.toUpperCase() }, /statements_public_id_key/],
    ['with a reconcile amount of a million', { reconcile_amount: '1000000' }, /numeric field overflow/],
    ['but with the highest reconcile amount', { reconcile_amount: '-999999.99' }, undefined],
    ['but of 2020', { year: 2020 }, undefined],
    ['but of 2050', { year: 2050 }, undefined],
    ['but paid on its deadline', { payment_date: date('2026-11-30') }, undefined],
    ['but without a deadline', { deadline_date: null }, undefined],
    ['but without a day of payment', { payment_date: null }, undefined],
  ])('%s', async (_, facts, refused) => {
    await make.statement(db, { month: 10, public_id: publicId, courses: [] })
    const made = make.statement(db, { ...facts, courses: [] })
    if (refused) await expect(made).rejects.toThrow(refused)
    else await made
  })

  test('from under its cohort', async () => {
    const cohort = await make.cohort(db, { start_year: 2029 })
    await make.statement(db, { cohort: cohort.identifier, courses: [] })
    await expect(db.deleteFrom('cohorts').where('id', '=', cohort.id).execute()).rejects.toThrow('statements_cohort_id_fkey')
  })
})

describe('the database takes no contract', () => {
  type Terms = Partial<NewRowOf<'contract_templates'>>
  test.each<[string, Terms, RegExp | undefined]>([
    ['for no places', { recruitment_target: 0 }, /recruitment_target_check/],
    ['for nothing', { per_participant: '0' }, /per_participant_check/],
    ['with a negative output part', { output_payment_percentage: -1 }, /output_payment_percentage_check/],
    ['with a negative service fee part', { service_fee_percentage: -1 }, /service_fee_percentage_check/],
    ['with negative periods', { number_of_payment_periods: -1 }, /number_of_payment_periods_check|share_the_output_part/],
    ['with negative installments', { service_fee_installments: -1 }, /service_fee_installments_check/],
    ['whose output part no period pays', { number_of_payment_periods: 0 }, /periods_share_the_output_part/],
    ['whose output part has no number of periods', { number_of_payment_periods: null }, /periods_share_the_output_part/],
    ['whose fee is computed over no installments', { monthly_service_fee: null, service_fee_installments: 0 }, /installments_share_the_service_fee/],
    ['but with no output part and no periods', { output_payment_percentage: 0, number_of_payment_periods: 0 }, undefined],
    ['but with a fee and no installments', { monthly_service_fee: '0', service_fee_installments: 0 }, undefined],
    [
      'but with no service fee part and no installments',
      { monthly_service_fee: null, service_fee_percentage: 0, service_fee_installments: 0 },
      undefined,
    ],
    ['but with a price of many decimals', { per_participant: '812.123456789012345678901234567891' }, undefined],
  ])('%s', async (_, terms, refused) => {
    const statement = await make.statement(db, { courses: [] })
    const made = make.contract(db, { statement, ...terms })
    if (refused) await expect(made).rejects.toThrow(refused)
    else await made
    const [kept] = await db.selectFrom('contract_templates').selectAll().execute()
    if (!refused) expect(kept).toMatchObject(terms)
  })

  test('from a template with the public id of another, in whatever case', async () => {
    const public_id = 'ab0a6a34-6d0e-4a0c-9a55-3c1f2f8a7b10'
    const statement = await make.statement(db, { courses: [] })
    await make.contract(db, { statement, public_id })
    await expect(make.contract(db, { statement, course: 'npq-senco', public_id: public_id.toUpperCase() })).rejects.toThrow('public_id_key')
  })

  test('for a course of a statement that has one', async () => {
    const statement = await make.statement(db)
    await expect(make.contract(db, { statement })).rejects.toThrow('contracts_statement_id_course_id_key')
  })
})

test('the database starts a statement, an item and a template as agreed where nothing else is said', async () => {
  const statement = await make.statement(db)
  expect(statement).toMatchObject({ state: 'open', output_fee: true, reconcile_amount: null, marked_as_paid_at: null, totals: null })
  expect(statement.public_id).toMatch(/^[0-9a-f-]{13}-4/)
  const { id: declaration_id } = await make.declaration(db, { application: await make.acceptedApplication(db) })
  expect(await make.insert(db, 'statement_items', { statement_id: statement.id, declaration_id })).toMatchObject({
    state: 'eligible',
    public_id: null,
  })
  expect(await db.selectFrom('contract_templates').selectAll().execute()).toMatchObject([
    {
      public_id: null,
      output_payment_percentage: 60,
      service_fee_percentage: 40,
      monthly_service_fee: '0',
      targeted_delivery_funding_per_participant: '100',
      special_course: false,
    },
  ])
})

describe('the database takes no', () => {
  test('adjustment without a description or an amount', async () => {
    const { id } = await make.statement(db)
    const adjust = (values: object) => make.insert(db, 'adjustments', { statement_id: id, description: 'Travel', amount: '5', ...values })
    await expect(adjust({ description: '' })).rejects.toThrow('adjustments_description_check')
    await expect(adjust({ amount: null })).rejects.toThrow('amount')
  })

  test('second milestone of a schedule for a type, second link to a statement, and type that there is not', async () => {
    const { id: schedule_id } = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    const milestone = (declaration_type = 'started') => make.insert(db, 'milestones', { schedule_id, declaration_type } as NewRowOf<'milestones'>)
    const { id: milestone_id } = await milestone()
    await expect(milestone()).rejects.toThrow('milestones_schedule_id_declaration_type_key')
    await expect(milestone('extended')).rejects.toThrow('milestones_declaration_type_check')
    const { id: statement_id } = await make.statement(db)
    const link = () => make.insert(db, 'milestone_statements', { milestone_id, statement_id })
    await link()
    await expect(link()).rejects.toThrow('milestone_statements_milestone_id_statement_id_key')
  })

  test('change of the financial change log: it is only added to', async () => {
    await make.insert(db, 'financial_change_logs', { operation_description: 'Change price', data_changes: '{"id": 1}' })
    for (const change of [
      db.updateTable('financial_change_logs').set({ operation_description: 'Change prices' }),
      db.deleteFrom('financial_change_logs'),
    ])
      await expect(change.execute()).rejects.toThrow('only ever added')
  })
})
