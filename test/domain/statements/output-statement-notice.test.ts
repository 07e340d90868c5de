import { describe, expect, test } from 'vitest'
import { outputStatementNotice } from '../../../src/domain/statements/output-statement-notice.ts'
import { type DueStatement, dueStatements } from '../../../src/domain/statements/records.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const due = (deadline: string, values: Partial<DueStatement> = {}): DueStatement => ({
  deadline_date: date(deadline),
  cohort: '2025a',
  year: 2026,
  month: 12,
  ...values,
})
const today = date('2026-11-01')

describe('the notice of payment runs whose deadline is near', () => {
  test.each<[string, DueStatement[], [string, string] | undefined]>([
    [
      'this month and the next',
      [due('2026-11-30'), due('2026-12-01')],
      [
        '* Declaration deadline 30 November 2026: cohort 2025a, statement December 2026',
        '* Declaration deadline 1 December 2026: cohort 2025a, statement December 2026',
      ],
    ],
    ['nothing this month', [due('2026-12-31')], ['none', '* Declaration deadline 31 December 2026: cohort 2025a, statement December 2026']],
    ['nothing next month', [due('2026-11-01')], ['* Declaration deadline 1 November 2026: cohort 2025a, statement December 2026', 'none']],
    ['nothing at all', [], undefined],
    ['earlier and later months alone', [due('2026-10-31'), due('2027-01-01'), due('2025-11-15')], undefined],
    [
      'one line for many providers',
      Array.from({ length: 8 }, () => due('2026-11-25')),
      ['* Declaration deadline 25 November 2026: cohort 2025a, statement December 2026', 'none'],
    ],
    [
      'lines by deadline, cohort, year and month',
      [
        due('2026-11-25', { cohort: '2025b' }),
        due('2026-11-25', { year: 2027, month: 1 }),
        due('2026-11-25'),
        due('2026-11-24', { cohort: '2026a' }),
      ],
      [
        [
          '* Declaration deadline 24 November 2026: cohort 2026a, statement December 2026',
          '* Declaration deadline 25 November 2026: cohort 2025a, statement December 2026',
          '* Declaration deadline 25 November 2026: cohort 2025a, statement January 2027',
          '* Declaration deadline 25 November 2026: cohort 2025b, statement December 2026',
        ].join('\n'),
        'none',
      ],
    ],
  ])('tells of %s', (_, statements, expected) => {
    const notice = expected && { this_months_statements: expected[0], next_months_statements: expected[1] }
    expect(outputStatementNotice(statements, today)).toEqual(notice)
  })

  const around = ['2025-12-31', '2026-10-31', '2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01', '2027-01-31', '2027-02-01', '2027-12-31']

  test.each<[string, string[], string[]]>([
    ['2026-11-01', ['30 November 2026'], ['1 December 2026', '31 December 2026']],
    ['2026-12-01', ['1 December 2026', '31 December 2026'], ['1 January 2027', '31 January 2027']],
    ['2026-12-31', ['1 December 2026', '31 December 2026'], ['1 January 2027', '31 January 2027']],
    ['2027-01-01', ['1 January 2027', '31 January 2027'], ['1 February 2027']],
    ['2027-01-31', ['1 January 2027', '31 January 2027'], ['1 February 2027']],
    ['2027-02-01', ['1 February 2027'], []],
  ])('looks over the end of a year: on %s', (day, thisMonth, nextMonth) => {
    const lines = (deadlines: string[]) =>
      deadlines.map((deadline) => `* Declaration deadline ${deadline}: cohort 2025a, statement December 2026`).join('\n') || 'none'
    const statements = around.map((deadline) => due(deadline))
    expect(outputStatementNotice(statements, date(day))).toEqual({
      this_months_statements: lines(thisMonth),
      next_months_statements: lines(nextMonth),
    })
  })

  test.each([
    ['2026-12-31', ['2026-12-01', '2026-12-31', '2027-01-01', '2027-01-31']],
    ['2027-01-01', ['2027-01-01', '2027-01-31', '2027-02-01']],
  ])('finds the payment runs over the end of a year: on %s', async (day, expected) => {
    const db = await database()
    for (const [place, deadline] of around.entries()) {
      await make.statement(db, { year: 2030, month: place + 1, deadline_date: date(deadline), payment_date: null, courses: [] })
    }
    const found = await dueStatements(db, date(day))
    expect(found.map(({ deadline_date }) => deadline_date.toString()).sort()).toEqual(expected)
  })

  test('is about payment runs alone, of whatever state and provider', async () => {
    const db = await database()
    await make.statement(db, { deadline_date: date('2026-11-25') })
    await make.statement(db, { deadline_date: date('2026-11-25'), provider: 'Teach First', state: 'payable' })
    await make.statement(db, { deadline_date: date('2026-12-31'), month: 12, payment_date: null })
    await make.statement(db, { deadline_date: date('2027-01-01'), month: 10, payment_date: null })
    await make.statement(db, { deadline_date: date('2026-11-24'), month: 9, output_fee: false })
    await make.statement(db, { deadline_date: null, month: 8 })
    const found = await dueStatements(db, date('2026-11-15'))
    expect(found.map(({ deadline_date }) => deadline_date.toString()).sort()).toEqual(['2026-11-25', '2026-12-31'])
  })
})
