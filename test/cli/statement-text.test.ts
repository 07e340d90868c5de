import { beforeEach, describe, expect, test } from 'vitest'
import { statementText } from '../../src/cli/statement-text.ts'
import { orRefuse } from '../../src/cli/verdict.ts'
import type { Database } from '../../src/db/connect.ts'
import type { RowOf, StatementItemState } from '../../src/db/schema.ts'
import { merge } from '../../src/domain/participants/merge.ts'
import { lockPeople } from '../../src/domain/participants/records.ts'
import { addAdjustment } from '../../src/domain/statements/adjust.ts'
import { authorisePayment } from '../../src/domain/statements/authorise-payment.ts'
import { markPaid } from '../../src/domain/statements/mark-paid.ts'
import { moveDeclarations } from '../../src/domain/statements/move-declarations.ts'
import { describeStatement } from '../../src/domain/statements/records.ts'
import { statementSheet } from '../../src/domain/statements/sheet.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

async function shown({ public_id }: RowOf<'statements'>): Promise<string[]> {
  const text = statementText(orRefuse(await statementSheet(db, public_id)))
  return text.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))
}
async function declare(statement: RowOf<'statements'>, state: StatementItemState, facts: make.ApplicationFacts = {}) {
  const application = await make.acceptedApplication(db, facts)
  await make.item(db, { statement, declaration: await make.declaration(db, { application, state }) })
}
const lastFunded = { year: 2025, month: 10, deadline_date: null, payment_date: null, courses: [] }
const free = { per_participant: '1000', monthly_service_fee: '0' }

describe('a statement as it is shown', () => {
  test('takes clawbacks as a negative amount, and ends with the total, which may be negative', async () => {
    const statement = await make.statement(db, { ...lastFunded, reconcile_amount: '-20' })
    await make.contract(db, { statement, ...free })
    await make.insert(db, 'adjustments', { statement_id: statement.id, description: 'Travel', amount: '5.50' })
    const entitled = { targeted_delivery_funding_eligibility: true }
    for (const state of ['eligible', 'awaiting_clawback', 'awaiting_clawback', 'voided', 'ineligible'] as const)
      await declare(statement, state, entitled)
    const lines = await shown(statement)
    const [from, to] = [lines.indexOf('Expected output payment | £0.00'), lines.indexOf('Total net VAT | -£264.50')]
    expect(lines.slice(from, to)).toEqual([
      'Expected output payment | £0.00',
      'Output payment | £150.00',
      'Targeted delivery funding | £100.00',
      'Clawbacks | -£500.00',
      'Adjustments | £5.50',
      'Reconcile amount | -£20.00',
    ])
    expect(lines).toEqual(
      expect.arrayContaining([
        'Output payment | 1 | £150.00 | £150.00',
        'Clawbacks - Started | 2 | -£150.00 | -£300.00',
        'Targeted delivery funding | 1 | £100.00 | £100.00',
        'Clawbacks of targeted delivery funding | 2 | -£100.00 | -£200.00',
        'Course total | -£250.00',
        'Started | 1',
        'Total declarations | 1',
        'Total not eligible for funding | 2',
        'Starts | 1',
        'Voids | 1',
        '1 Travel | £5.50',
      ]),
    )
  })

  test.each<[string, Partial<RowOf<'contract_templates'>>, string[]]>([
    ['0', { monthly_service_fee: '0' }, []],
    ['null', { monthly_service_fee: null }, ['Service fee | £2,105.26', 'Service fee | 100 | £21.05 | £2,105.26']],
    ['its own', { monthly_service_fee: '5432.10', recruitment_target: 438 }, ['Service fee | £5,432.10', 'Service fee | 438 | £12.40 | £5,432.10']],
  ])('has lines for a service fee where there is one: %s', async (_, terms, expected) => {
    const statement = await make.statement(db, { courses: [] })
    await make.contract(db, { statement, ...free, ...terms })
    expect((await shown(statement)).filter((line) => line.startsWith('Service fee'))).toEqual(expected)
  })

  test.each<[string, make.StatementFacts, string[]]>([
    ['October 2025', lastFunded, ['Targeted delivery funding | £0.00', 'Targeted delivery funding | 0 | £100.00 | £0.00']],
    ['November 2025', { ...lastFunded, month: 11 }, []],
    ['a cohort of 2021', { ...lastFunded, cohort: '2021a' }, []],
  ])('speaks of targeted delivery funding until October 2025, for cohorts from 2022 on: %s', async (_, facts, expected) => {
    const statement = await make.statement(db, facts)
    for (const course of ['npq-headship', 'npq-additional-support-offer'] as const) await make.contract(db, { statement, course, ...free })
    expect((await shown(statement)).filter((line) => line.startsWith('Targeted'))).toEqual(expected)
  })

  test('counts each course by the types that can be declared for it, and tells the terms of its contract', async () => {
    const statement = await make.statement(db, { courses: [] })
    await make.contract(db, { statement, ...free, recruitment_target: 72, monthly_service_fee: null })
    await make.contract(db, { statement, ...free, course: 'npq-leading-literacy', number_of_payment_periods: 3, monthly_service_fee: '43.21' })
    await declare(statement, 'eligible')
    const lines = await shown(statement)
    const of = async (course: 'npq-headship' | 'npq-leading-literacy') => {
      const from = lines.indexOf((await make.course(db, course)).name)
      return lines.slice(from, lines.indexOf('', from))
    }
    expect((await of('npq-headship')).slice(-7)).toEqual([
      'Started | 1',
      'Retained 1 | 0',
      'Retained 2 | 0',
      'Completed | 0',
      'Total declarations | 1',
      'Total not eligible for funding | 0',
      'Contract: 72 places, £1,000.00 per participant, 60 % of it by 4 declarations, 40 % as service fee, computed over 19 months, £100.00 targeted delivery funding per participant',
    ])
    const specialist = await of('npq-leading-literacy')
    expect(specialist.filter((line) => /^(Started|Retained|Completed)/.test(line))).toEqual(['Started | 0', 'Retained 1 | 0', 'Completed | 0'])
    expect(specialist.at(-1)).toContain('60 % of it by 3 declarations, 40 % as service fee, £43.21 a month as agreed')
  })

  test('says so, with both amounts, where a merge came between what was paid and what is there now', async () => {
    const statement = await make.statement(db, { state: 'payable', courses: ['npq-headship'] })
    const applications = [await make.acceptedApplication(db), await make.acceptedApplication(db)]
    for (const application of applications)
      await make.item(db, { statement, declaration: await make.declaration(db, { application, state: 'payable' }) })
    const act = { now: Temporal.Instant.from('2026-12-01T09:00:00Z'), author: 'Admin ann@example.org (test)' }
    await authorisePayment(db, { ...act, statementId: statement.id, checksDone: true })
    await markPaid(db, { ...act, statementId: statement.id })
    const parted = (lines: string[]) => lines.filter((line) => / \| £240\.00 \| £120\.00$/.test(line))
    expect(parted(await shown(statement))).toEqual([])
    await db.transaction().execute(async (trx) => {
      const [kept, merged] = await lockPeople(
        trx,
        applications.map(({ user_id }) => user_id),
      )
      if (kept && merged) await merge(act, { kept, merged })
    })
    const lines = await shown(statement)
    expect(lines).toContain('Total net VAT | £240.00')
    expect(lines).toContainEqual(expect.stringMatching(/^The money above is what was paid/))
    expect(parted(lines)).toEqual(['npq-headship | £240.00 | £120.00', 'Output payment | £240.00 | £120.00', 'Total net VAT | £240.00 | £120.00'])
  })

  test('names what was done about it, and who did it', async () => {
    const statement = await make.statement(db)
    const other = await make.statement(db, { month: 12, deadline_date: null, payment_date: null })
    await declare(statement, 'eligible')
    const act = { now: Temporal.Instant.from('2026-11-01T09:00:00Z'), author: 'Admin ann@example.org (test)' }
    for (const { id } of [statement, other]) await addAdjustment(db, { ...act, statementId: id, description: 'Travel', amount: '5' })
    await moveDeclarations(db, {
      ...act,
      author: 'Admin bob@example.org (test)',
      cohort: '2023a',
      from: { year: 2026, month: 11 },
      to: { year: 2026, month: 12 },
      choice: {},
      values: { from: {}, to: {} },
      pastDeadlineAllowed: false,
    })
    const lines = await shown(statement)
    const from = lines.indexOf('Changes')
    expect(lines.slice(from + 1, lines.indexOf('', from))).toEqual([
      expect.stringMatching(/^Add adjustment \| \d{4}-\S+Z by Admin ann@example\.org \(test\)$/),
      expect.stringMatching(/^Move declarations between statements \| \d{4}-\S+Z by Admin bob@example\.org \(test\)$/),
    ])
  })

  test('warns of courses that it does not pay for, and sets standalone ones apart', async () => {
    const statement = await make.statement(db, { courses: [] })
    await make.contract(db, { statement, ...free })
    await make.contract(db, { statement, ...free, course: 'npq-senco', special_course: true })
    for (const course of ['npq-headship', 'npq-senco', 'npq-leading-literacy'] as const) await declare(statement, 'eligible', { course })
    const lines = await shown(statement)
    expect(lines.filter((line) => line.startsWith('Warning'))).toEqual([expect.stringMatching(/npq-leading-literacy are not paid.*npq contract add/)])
    const names = await Promise.all([make.course(db), make.course(db, 'npq-senco')])
    const headings = [names[0].name, 'Standalone payments, in none of the totals above', names[1].name]
    expect(lines.filter((line) => headings.includes(line))).toEqual(headings)
    expect(lines).toEqual(expect.arrayContaining(['Total net VAT | £150.00', 'Starts | 1', 'There are no adjustments.']))
  })

  test.each<[string, make.StatementFacts, string]>([
    ['open', {}, 'State | open'],
    ['payable', { state: 'payable' }, 'State | payable'],
    [
      'authorised',
      { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T09:00Z') },
      'State | payable, payment is being authorised',
    ],
    ['paid', { state: 'paid', marked_as_paid_at: Temporal.Instant.from('2026-12-01T09:00Z') }, 'State | paid'],
  ])('tells its state: %s', async (_, facts, expected) => {
    expect(await shown(await make.statement(db, facts))).toContain(expected)
  })

  test('names its milestones, and what is expected, received and remains, type by type', async () => {
    const statement = await make.statement(db)
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    for (const type of ['retained-1', 'started'] as const) {
      const milestone = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: type })
      await make.insert(db, 'milestone_statements', { milestone_id: milestone.id, statement_id: statement.id })
    }
    await make.acceptedApplication(db)
    await declare(statement, 'eligible')
    const lines = await shown(statement)
    const from = lines.indexOf('Milestones: started, retained-1')
    expect(lines.slice(from + 1, from + 7)).toEqual([
      'Declarations | Expected | Received | Remaining (cumulative)',
      'started | 2 | 1 | 1',
      'retained-1 | 1 | 0 | 2',
      'retained-2 | 0 | 0 | 0',
      'completed | 0 | 0 | 0',
      'Total | 3 | 1 | 2',
    ])
  })
})

test.each(['5f0a6a34-6d0e-4a0c-9a55-3c1f2f8a7b10', 'November'])('a statement that there is not, %s, is said to be none', async (id) => {
  const { refusals } = await describeStatement(db, id)
  expect(refusals.map(({ detail }) => detail)).toEqual([`There is no statement ${id}: give the ID that npq statement list shows.`])
})

test('tells when and by whom payment was authorised and made, as far as that is known', async () => {
  const deadline_date = Temporal.PlainDate.from('2026-11-30')
  const statement = await make.statement(db, { state: 'payable', deadline_date, payment_date: deadline_date })
  await declare(statement, 'payable')
  const marked = (lines: string[]) => lines.filter((line) => /^(Payment authorised|Paid) /.test(line))
  expect(marked(await shown(statement))).toEqual([])
  const act = { now: Temporal.Instant.from('2026-12-01T09:00:00Z'), author: 'Admin ann@example.org (statement authorise)' }
  await authorisePayment(db, { ...act, statementId: statement.id, checksDone: true })
  expect(marked(await shown(statement))).toEqual([`Payment authorised | 2026-12-01T09:00:00Z by ${act.author}`])
  await markPaid(db, { ...act, author: 'Background job: mark statement paid', statementId: statement.id })
  expect(marked(await shown(statement))).toEqual([
    `Payment authorised | 2026-12-01T09:00:00Z by ${act.author}`,
    expect.stringMatching(/^Paid \| \d{4}-\S+Z by Background job: mark statement paid$/),
  ])
  const imported = await make.statement(db, { month: 12, state: 'paid', marked_as_paid_at: act.now })
  expect(marked(await shown(imported))).toEqual(['Payment authorised | 2026-12-01T09:00:00Z'])
})
