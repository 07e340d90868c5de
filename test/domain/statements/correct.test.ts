import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import { type AddContract, addContract } from '../../../src/domain/statements/add-contract.ts'
import { type CorrectPrices, correctPrices } from '../../../src/domain/statements/correct-prices.ts'
import { type CorrectStatements, correctStatements } from '../../../src/domain/statements/correct-statements.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const act = { now: Temporal.Instant.from('2026-11-15T12:00:00Z'), author: 'Command test' }
const date = (text: string) => Temporal.PlainDate.from(text)
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))
const logs = async () => (await db.selectFrom('financial_change_logs').select('data_changes').orderBy('id').execute()).map((row) => row.data_changes)

describe('correcting prices from a file', () => {
  const header = 'lead_provider_name,course_identifier,per_participant'
  const correct = (rows: string[], of: Partial<CorrectPrices> = {}, on = db) =>
    correctPrices(on, { ...act, cohort: '2023a', year: 2026, month: 11, prices: bytes(header, ...rows), ...of })
  const prices = async () => {
    const rows = await db
      .selectFrom('contracts')
      .innerJoin('contract_templates', 'contract_templates.id', 'contracts.contract_template_id')
      .select(['contract_templates.per_participant', 'contract_templates.recruitment_target'])
      .orderBy('contracts.id')
      .execute()
    return rows.map(({ per_participant, recruitment_target }) => `${Number(per_participant)} for ${recruitment_target}`)
  }
  const headship = 'Ambition Institute,npq-headship,900.25'

  test('changes the price of the contracts that it names, and no other term, month, provider or course', async () => {
    await make.statement(db, { courses: ['npq-headship', 'npq-senco'] })
    await make.statement(db, { month: 12 })
    await make.statement(db, { provider: 'Teach First' })
    expect(await correct([headship])).toEqual({
      refusals: [],
      changes: [{ provider: 'Ambition Institute', course: 'npq-headship', from: '800', to: '900.25' }],
    })
    expect(await prices()).toEqual(['900.25 for 100', '800 for 100', '800 for 100', '800 for 100'])
    expect(await logs()).toEqual([expect.objectContaining({ contract_id: 1, changes: { per_participant: ['800', '900.25'] } })])
  })

  test('can be rehearsed, and notes nothing where nothing differs', async () => {
    await make.statement(db)
    expect((await rehearse(db, { real: false }, (trx) => correct([headship], {}, trx))).changes).toHaveLength(1)
    expect((await correct(['Ambition Institute,npq-headship,800.00'])).changes).toEqual([])
    expect([await prices(), await logs()]).toEqual([['800 for 100'], []])
  })

  test.each<[string, string[], string]>([
    ['a course without a contract', [headship, 'Ambition Institute,npq-senco,800'], 'prices_csv'],
    ['a provider without a statement', ['Teach First,npq-headship,800'], 'prices_csv'],
    ['a contract twice', [headship, 'Ambition Institute,npq-headship,901'], 'prices_csv'],
    ['no price', ['Ambition Institute,npq-headship,'], 'prices_csv'],
    ['a price of nothing', ['Ambition Institute,npq-headship,0'], 'prices_csv'],
    ['a formula', ['Ambition Institute,npq-headship,=800+1'], 'prices_csv'],
  ])('is refused whole with %s', async (_, rows, title) => {
    await make.statement(db)
    expect(new Set((await correct(rows)).refusals.map((refusal) => refusal.title))).toEqual(new Set([title]))
    expect(await prices()).toEqual(['800 for 100'])
  })

  test.each(['payable', 'paid'] as const)('is refused on a %s statement', async (state) => {
    await make.statement(db, { state })
    expect((await correct([headship])).refusals).toEqual([
      { code: 'statement_not_open', title: 'contract_template', detail: `The price on line 2 cannot be set: the statement is ${state}.` },
    ])
  })
})

describe('correcting statements from a file', () => {
  const header = 'name,deadline_date,payment_date,output_fee'
  const november = '26-Nov,2026-11-28,2026-12-24,FALSE'
  const december = '26-Dec,2026-12-28,2027-01-24,TRUE'
  const correct = (rows: string[], of: Partial<CorrectStatements> = {}, on = db) =>
    correctStatements(on, { ...act, cohort: '2023a', statements: bytes(header, ...rows), contractsFrom: undefined, ...of })
  const statements = async () =>
    (await db.selectFrom('statements').selectAll().orderBy('id').execute()).map(
      ({ lead_provider_id, year, month, deadline_date, payment_date, output_fee }) =>
        `${lead_provider_id}: ${year}-${month} ${deadline_date} ${payment_date} ${output_fee}`,
    )

  test('sets the values of every provider’s statement, and notes what was only where it differs', async () => {
    const own = await make.statement(db)
    await make.statement(db, { provider: 'Teach First', deadline_date: date('2026-11-28'), payment_date: date('2026-12-24'), output_fee: false })
    const elsewhere = await make.statement(db, { cohort: '2022a' })
    expect(await correct([november])).toEqual({ refusals: [], changed: 1, created: 0 })
    const ids = [own.lead_provider_id, (await make.provider(db, 'Teach First')).id]
    expect(await statements()).toEqual([
      ...ids.map((id) => `${id}: 2026-11 2026-11-28 2026-12-24 false`),
      `${elsewhere.lead_provider_id}: 2026-11 2026-11-30 2026-12-25 true`,
    ])
    const changes = { output_fee: [true, false], payment_date: ['2026-12-25', '2026-12-24'], deadline_date: ['2026-11-30', '2026-11-28'] }
    expect(await logs()).toEqual([expect.objectContaining({ updated_statement_id: own.id, changes })])
  })

  test('makes missing statements with copies of a month’s contracts, for the providers of that month', async () => {
    const own = await make.statement(db, { courses: ['npq-headship', 'npq-senco'] })
    await make.statement(db, { provider: 'Teach First', month: 10 })
    expect(await correct([december], { contractsFrom: { year: 2026, month: 11 } })).toEqual({ refusals: [], changed: 0, created: 1 })
    expect((await statements()).at(-1)).toBe(`${own.lead_provider_id}: 2026-12 2026-12-28 2027-01-24 true`)
    const [made] = await db.selectFrom('statements').select('id').where('month', '=', 12).execute()
    const contracts = (id: number) =>
      db.selectFrom('contracts').select(['course_id', 'contract_template_id']).where('statement_id', '=', id).orderBy('id').execute()
    expect(await contracts(made?.id ?? 0)).toEqual(await contracts(own.id))
    expect(await logs()).toEqual([expect.objectContaining({ created_statement_ids: [made?.id] })])
  })

  test('links the payment runs that it makes to the milestones that have their month already', async () => {
    await make.statement(db)
    const expected = await make.statement(db, { provider: 'Teach First', month: 12, deadline_date: null })
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    const milestone = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'started' })
    await make.insert(db, 'milestone_statements', { milestone_id: milestone.id, statement_id: expected.id })
    expect(await correct([december, '27-Jan,2027-01-28,2027-02-24,TRUE'], { contractsFrom: { year: 2026, month: 11 } })).toMatchObject({ created: 2 })
    const linked = await db
      .selectFrom('milestone_statements')
      .innerJoin('statements', 'statements.id', 'milestone_statements.statement_id')
      .select(['statements.month', 'statements.lead_provider_id'])
      .orderBy('milestone_statements.id')
      .execute()
    const own = (await make.provider(db)).id
    expect(linked).toEqual([expected.lead_provider_id, own].map((lead_provider_id) => ({ month: 12, lead_provider_id })))
  })

  test('can be rehearsed', async () => {
    await make.statement(db)
    const before = await statements()
    const rehearsed = await rehearse(db, { real: false }, (trx) => correct([november, december], { contractsFrom: { year: 2026, month: 11 } }, trx))
    expect(rehearsed).toMatchObject({ changed: 1, created: 1 })
    expect([await statements(), await logs()]).toEqual([before, []])
  })

  test.each<[string, string[], RegExp]>([
    ['an unknown month', [november, '26-Now,2026-11-28,2026-12-24,TRUE'], /^statements_csv: name .*line 3/],
    ['a year out of range', ['19-Nov,2026-11-28,2026-12-24,TRUE'], /^statements_csv: name .*line 2/],
    ['an unknown flag', ['26-Nov,2026-11-28,2026-12-24,maybe'], /^statements_csv: output_fee/],
    ['a month twice', [november, '26-Nov,2026-11-28,2026-12-25,TRUE'], /^statements_csv: Line 2 is a duplicate month/],
    ['a month without statements', [december], /^statements_csv: No provider has a statement of December 2026, on line 2/],
    ['a payment before the deadline', ['26-Nov,2026-11-28,2026-11-27,TRUE'], /^payment_date: November 2026, on line 2: The day of payment/],
  ])('is refused whole with %s', async (_, rows, expected) => {
    await make.statement(db)
    const before = await statements()
    const [first] = (await correct(rows)).refusals
    expect(`${first?.title}: ${first?.detail}`).toMatch(expected)
    expect(await statements()).toEqual(before)
  })

  test('is refused whole where a payable statement would get other dates', async () => {
    await make.statement(db, { state: 'payable' })
    await make.statement(db, { provider: 'Teach First' })
    expect((await correct([november])).refusals.map(({ title }) => title)).toEqual(['base'])
    expect(await logs()).toEqual([])
  })
})

describe('adding a missing contract', () => {
  const terms = {
    recruitment_target: '40',
    per_participant: '812.5',
    service_fee_installments: '12',
    special_course: 'false',
    monthly_service_fee: '0',
  }
  const add = async (of: Partial<AddContract> = {}, state: 'open' | 'payable' | 'paid' = 'open') => {
    const statement = await make.statement(db, { state })
    return (await addContract(db, { ...act, statementId: statement.id, course: 'npq-leading-literacy', terms, ...of })).refusals.map(
      ({ title }) => title,
    )
  }

  test('gives an open statement the course’s terms, and notes both ids', async () => {
    expect(await add()).toEqual([])
    const made = await db
      .selectFrom('contracts')
      .innerJoin('contract_templates', 'contract_templates.id', 'contracts.contract_template_id')
      .select(['contracts.id', 'contracts.statement_id', 'contract_templates.per_participant', 'contract_templates.number_of_payment_periods'])
      .orderBy('contracts.id', 'desc')
      .executeTakeFirstOrThrow()
    expect(made).toMatchObject({ per_participant: '812.5', number_of_payment_periods: 3 })
    expect(await logs()).toEqual([expect.objectContaining({ created_contract_id: made.id, statement_id: made.statement_id })])
  })

  test.each<[string, Partial<AddContract>, 'open' | 'payable' | 'paid', string[]]>([
    ['a payable statement', {}, 'payable', ['contract_template']],
    ['a paid statement', {}, 'paid', ['contract_template']],
    ['a course that has one', { course: 'npq-headship' }, 'open', ['course_id']],
    ['a course that there is not', { course: 'npq-nothing' }, 'open', ['course']],
    ['no statement', { statementId: 999_999 }, 'open', ['statement']],
    [
      'terms that are none',
      { terms: { ...terms, recruitment_target: '0', per_participant: '£8', monthly_service_fee: '' } },
      'open',
      ['recruitment_target', 'per_participant', 'monthly_service_fee'],
    ],
  ])('is refused for %s', async (_, of, state, expected) => {
    expect(await add(of, state)).toEqual(expected)
    expect(await db.selectFrom('contracts').select('id').execute()).toHaveLength(1)
  })
})
