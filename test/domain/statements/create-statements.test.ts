import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import { createStatements } from '../../../src/domain/statements/create-statements.ts'
import { readStatementRows } from '../../../src/domain/statements/statement-rows.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const statementsHeader = 'year,month,deadline_date,payment_date,output_fee'
const contractsHeader =
  'lead_provider_name,course_identifier,recruitment_target,per_participant,service_fee_installments,special_course,monthly_service_fee'
const month = '2027,2,2027-01-25,2027-02-25,true'
const headship = 'Ambition Institute,npq-headship,50,1000.50,12,false,0'
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))
const statements = (...rows: string[]) => bytes(statementsHeader, ...rows)
const contracts = (...rows: string[]) => bytes(contractsHeader, ...rows)

type Files = { statements?: Uint8Array | undefined; contracts?: Uint8Array | undefined }
const run = (files: Files = {}, on = db) =>
  createStatements(on, {
    now: Temporal.Instant.from('2026-11-02T09:00:00Z'),
    author: 'Command test',
    cohort: '2026b',
    statements: statements(month),
    contracts: contracts(headship),
    ...files,
  })
const refusalsOf = async (files: Files) => (await run(files)).refusals.map(({ title, detail }) => `${title}: ${detail}`)
const count = async (table: 'statements' | 'contracts' | 'contract_templates' | 'milestone_statements' | 'financial_change_logs' | 'versions') =>
  Number(
    (
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows,
  )

describe('creating statements from two files', () => {
  test('gives every provider every month, with the provider’s own contracts, and shares equal templates', async () => {
    const three = [month, '2027,3,2027-02-22,2027-03-25,FALSE', '2027,4,2027-03-22,2027-04-25,t']
    const teachFirst = 'Teach First,npq-leading-literacy,20,900,12,1,43.21'
    const files = { statements: statements(...three), contracts: contracts(headship, 'Ambition Institute,npq-senco,20,700,12,false,0', teachFirst) }
    expect((await run(files)).made).toEqual({ statements: 6, contracts: 9, templates: 3 })
    const rows = await db.selectFrom('statements').selectAll().orderBy('lead_provider_id').orderBy('month').execute()
    expect(rows.map(({ month: number, output_fee, state, reconcile_amount }) => [number, output_fee, state, reconcile_amount])).toEqual(
      [0, 1].flatMap(() => [
        [2, true, 'open', '0.00'],
        [3, false, 'open', '0.00'],
        [4, true, 'open', '0.00'],
      ]),
    )
    const templates = await db.selectFrom('contract_templates').selectAll().orderBy('id').execute()
    expect(templates).toMatchObject([
      { per_participant: '1000.50', number_of_payment_periods: 4, output_payment_percentage: 60, service_fee_percentage: 40, special_course: false },
      { per_participant: '700' },
      { per_participant: '900', number_of_payment_periods: 3, special_course: true, monthly_service_fee: '43.21' },
    ])
    expect(new Set(templates.map((template) => template.targeted_delivery_funding_per_participant))).toEqual(new Set(['100']))
    expect(await count('financial_change_logs')).toBe(1)
    const created = await db.selectFrom('versions').select(['item_type', 'event']).where('whodunnit', '=', 'Command test').execute()
    expect(created.map(({ item_type, event }) => `${item_type} ${event}`).sort()).toEqual([
      ...Array(9).fill('Contract create'),
      ...Array(3).fill('ContractTemplate create'),
      ...Array(6).fill('Statement create'),
    ])
  })

  test('takes the terms of coaching and support offers from their groups', async () => {
    await run({ contracts: contracts('Teach First,npq-early-headship-coaching-offer,40,400,12,false,0') })
    expect(await db.selectFrom('contract_templates').selectAll().executeTakeFirst()).toMatchObject({
      number_of_payment_periods: 4,
      output_payment_percentage: 100,
      service_fee_percentage: 0,
    })
  })

  test('uses an equal template that there is, unless its targeted delivery funding differs', async () => {
    const equal = { recruitment_target: 50, per_participant: '1000.5', service_fee_installments: 12, monthly_service_fee: '0' }
    const elsewhere = await make.statement(db, { courses: [] })
    await make.contract(db, { statement: elsewhere, course: 'npq-senco', ...equal, targeted_delivery_funding_per_participant: '50' })
    const { contract_template_id } = await make.contract(db, { statement: elsewhere, course: 'npq-headship', ...equal })
    await run()
    const made = await db.selectFrom('contracts').select('contract_template_id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
    expect(made.contract_template_id).toBe(contract_template_id)
    expect(await count('contract_templates')).toBe(2)
  })

  test('can be rehearsed', async () => {
    const before = await count('versions')
    expect((await rehearse(db, { real: false }, (trx) => run({}, trx))).made).toEqual({ statements: 1, contracts: 1, templates: 1 })
    for (const table of ['statements', 'contracts', 'contract_templates', 'financial_change_logs'] as const) expect(await count(table)).toBe(0)
    expect(await count('versions')).toBe(before)
  })

  test('links a new payment run to the milestones that have its month already', async () => {
    const schedule = await make.scheduleNamed(db, '2026b', 'npq-leadership-autumn')
    const milestone = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'started' })
    const first = await make.statement(db, { cohort: '2026b', provider: 'Teach First', year: 2027, month: 2 })
    await make.insert(db, 'milestone_statements', { milestone_id: milestone.id, statement_id: first.id })
    await run()
    expect(await count('milestone_statements')).toBe(2)
    const noRun = { statements: statements(month.replace('true', 'false')), contracts: contracts(headship.replace('Ambition Institute', 'LLSE')) }
    expect(await refusalsOf(noRun)).toEqual([])
    expect(await count('milestone_statements')).toBe(2)
  })

  test('takes a byte order mark, headers in any order, extra columns and blank lines', async () => {
    const file = bytes('\uFEFFoutput_fee,note,payment_date,deadline_date,month,year', '', 'true,x,2027-02-25,2027-02-25,2,2027', '')
    expect(await refusalsOf({ statements: file })).toEqual([])
  })
})

test.each([
  ...['true', 'TRUE', 't', 'T', '1'].map((text) => [text, true] as const),
  ...['false', 'False', 'f', 'F', '0'].map((text) => [text, false] as const),
])('a payment run is written %s, or is none: %s', (text, expected) => {
  expect(readStatementRows(statements(month.replace('true', text)))).toMatchObject({ rows: [{ output_fee: expected }], refusals: [] })
})

describe('the files of new statements', () => {
  const line = (line: number) => expect.stringContaining(`line ${line}.`)

  test.each<[string, Files, string[]]>([
    ['no statements file', { statements: undefined }, ['statements_csv_id: Give both files.']],
    ['no contracts file', { contracts: undefined }, ['contracts_csv_id: Give both files.']],
    ['a spreadsheet', { statements: Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 255]) }, ['statements_csv: The file must be CSV, in UTF-8.']],
    ['an open quote', { contracts: bytes(`"${contractsHeader}`) }, ['contracts_csv: The file must be CSV, in UTF-8.']],
    ['a header alone', { statements: statements() }, ['statements_csv: The file has no rows below its header.']],
    [
      'headers missing',
      { statements: bytes('year,output_fee', '2027,true') },
      ['statements_csv: The file lacks the headers month, deadline_date, payment_date.'],
    ],
  ])('are refused with %s', async (_, files, expected) => {
    expect(await refusalsOf(files)).toEqual(expected)
    expect(await count('statements')).toBe(0)
  })

  const statementCells: [string, string][] = [
    ['year', '1'],
    ['year', 'foo'],
    ['year', ''],
    ['year', '2041'],
    ['month', '0'],
    ['month', '13'],
    ['month', 'foo'],
    ['month', ''],
    ['deadline_date', '2024-12-99'],
    ['deadline_date', '2027-02-30'],
    ['deadline_date', ''],
    ['payment_date', '25/02/2027'],
    ['output_fee', ''],
    ['output_fee', 'maybe'],
  ]
  test.each(statementCells)('are refused where %s is “%s”, with the line', async (column, text) => {
    const cells = Object.fromEntries(statementsHeader.split(',').map((name, place) => [name, month.split(',')[place]]))
    const bad = Object.values({ ...cells, [column]: text }).join(',')
    expect(await refusalsOf({ statements: statements('2027,5,2027-04-25,2027-05-25,true', bad) })).toEqual([
      expect.stringMatching(`^statements_csv: ${column} .*line 3\\.$`),
    ])
  })

  const contractCells: [string, string][] = [
    ['lead_provider_name', 'Nobody'],
    ['course_identifier', 'npq-nothing'],
    ['recruitment_target', '0'],
    ['recruitment_target', '1.5'],
    ['per_participant', '0'],
    ['per_participant', '£800'],
    ['per_participant', '1e3'],
    ['service_fee_installments', '-1'],
    ['special_course', ''],
    ['monthly_service_fee', '-0.01'],
    ['monthly_service_fee', ''],
  ]
  test.each(contractCells)('are refused where %s is “%s”', async (column, text) => {
    const cells = Object.fromEntries(contractsHeader.split(',').map((name, place) => [name, headship.split(',')[place]]))
    const bad = Object.values({ ...cells, [column]: text }).join(',')
    expect(await refusalsOf({ contracts: contracts(bad) })).toEqual([expect.stringMatching(`^contracts_csv: ${column} .*line 2\\.$`)])
  })

  test('name every cell that is wrong, with its line', async () => {
    const bad = ['1', 'foo', ''].map((year) => `${year},2,2027-01-25,2027-02-25,true`)
    expect(await refusalsOf({ statements: statements(...bad) })).toEqual([line(2), line(3), line(4)])
  })

  test('are refused where the payment comes before the deadline', async () => {
    expect(await refusalsOf({ statements: statements('2027,2,2027-02-26,2027-02-25,true') })).toEqual([line(2)])
  })

  test('are refused with duplicates, of whole rows and of months or contracts, each on its line', async () => {
    expect(await refusalsOf({ statements: statements(month, month) })).toEqual([2, 3].map((n) => `statements_csv: Line ${n} is a duplicate row.`))
    expect(await refusalsOf({ statements: statements(month, '2027,2,2027-01-25,2027-02-26,true') })).toEqual(
      [2, 3].map((n) => `statements_csv: Line ${n} is a duplicate month with other values.`),
    )
    expect(await refusalsOf({ contracts: contracts(headship, headship) })).toEqual([2, 3].map((n) => `contracts_csv: Line ${n} is a duplicate row.`))
    expect(await refusalsOf({ contracts: contracts(headship, headship.replace('50,', '51,')) })).toEqual(
      [2, 3].map((n) => `contracts_csv: Line ${n} is a duplicate contract with other values.`),
    )
  })

  test('are refused where a provider of the file has a statement in the month already, on its line', async () => {
    await make.statement(db, { cohort: '2026b', year: 2027, month: 3 })
    const file = statements(month, '2027,3,2027-02-25,2027-03-25,true')
    expect(await refusalsOf({ statements: file })).toEqual(['statements_csv: A statement for the month on line 3 exists already.'])
    expect(await refusalsOf({ statements: file, contracts: contracts(headship.replace('Ambition Institute', 'Teach First')) })).toEqual([])
  })

  test('are refused with cells that a spreadsheet would take for formulas', async () => {
    expect(await refusalsOf({ contracts: contracts('=1+1,npq-headship,50,1000.50,12,false,0', headship.replace('1000.50', '=1000')) })).toEqual([
      'contracts_csv: lead_provider_name is not recognised on line 2.',
      'contracts_csv: per_participant is not a number on line 3.',
    ])
  })

  test.each<[string, Uint8Array]>([
    ['UTF-16', Uint8Array.from([0xff, 0xfe, ...Buffer.from(`${statementsHeader}\n${month}`, 'utf16le')])],
    ['Latin-1', Buffer.from(`${statementsHeader},Catégorie\n${month},x`, 'latin1')],
  ])('are refused in %s', async (_, file) => {
    expect(await refusalsOf({ statements: file })).toEqual(['statements_csv: The file must be CSV, in UTF-8.'])
  })

  test('may be huge: each of 100,000 rows is judged, and each that is wrong named', async () => {
    const rows = Array.from({ length: 100_000 }, (_, place) => (place % 2 === 0 ? month : '2027,13,2027-01-25,2027-02-25,true'))
    expect(await refusalsOf({ statements: statements(rows.join('\n')) })).toHaveLength(50_000)
    expect(await refusalsOf({ statements: statements(rows.map(() => month).join('\n')) })).toHaveLength(100_000)
  })
})
