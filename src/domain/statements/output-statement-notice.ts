import { longDate } from '../../clock.ts'
import type { DueStatement } from './records.ts'
import { type Month, statementName } from './statement.ts'

export type OutputStatementNotice = { this_months_statements: string; next_months_statements: string }

/** What the contracts team is told at the start of a month; undefined where no payment run has its deadline in this month or the next (05 section 15). */
export function outputStatementNotice(statements: readonly DueStatement[], today: Temporal.PlainDate): OutputStatementNotice | undefined {
  const [this_months_statements, next_months_statements] = [0, 1].map((months) => linesOf(statements, today.add({ months })))
  if (this_months_statements === undefined && next_months_statements === undefined) return undefined
  return { this_months_statements: this_months_statements ?? none, next_months_statements: next_months_statements ?? none }
}

const none = 'none'

/** A line for each distinct deadline, cohort and month, in this order; undefined where there is none. */
function linesOf(statements: readonly DueStatement[], { year, month }: Month): string | undefined {
  const due = statements.filter(({ deadline_date }) => deadline_date.year === year && deadline_date.month === month)
  const lines = due
    .toSorted(inOrder)
    .map((each) => `* Declaration deadline ${longDate(each.deadline_date)}: cohort ${each.cohort}, statement ${statementName(each)}`)
  return lines.length === 0 ? undefined : [...new Set(lines)].join('\n')
}

function inOrder(one: DueStatement, other: DueStatement): number {
  return (
    Temporal.PlainDate.compare(one.deadline_date, other.deadline_date) ||
    one.cohort.localeCompare(other.cohort) ||
    one.year - other.year ||
    one.month - other.month
  )
}
