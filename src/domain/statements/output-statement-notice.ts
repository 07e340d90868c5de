import { longDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { type Month, type Statement, statementName } from './statement.ts'

/** A payment run whose deadline comes soon. */
export type DueStatement = Pick<Statement, 'year' | 'month'> & { deadline_date: Temporal.PlainDate; cohort: string }

export type OutputStatementNotice = { this_months_statements: string; next_months_statements: string }

/** What the contracts team is told at the start of a month; undefined where no payment run has its deadline in this month or the next (05 section 15). */
export function outputStatementNotice(statements: readonly DueStatement[], today: Temporal.PlainDate): OutputStatementNotice | undefined {
  const [this_months_statements, next_months_statements] = [0, 1].map((months) => linesOf(statements, today.add({ months })))
  if (this_months_statements === undefined && next_months_statements === undefined) return undefined
  return { this_months_statements: this_months_statements ?? none, next_months_statements: next_months_statements ?? none }
}

const none = 'none'

/** The payment runs of every provider with a deadline in this month or the next. */
export async function dueStatements(db: Database, today: Temporal.PlainDate): Promise<DueStatement[]> {
  const rows = await db
    .selectFrom('statements')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select(['statements.deadline_date', 'statements.year', 'statements.month', 'cohorts.identifier as cohort'])
    .distinct()
    .where('statements.output_fee', '=', true)
    .where('statements.deadline_date', '>=', today.with({ day: 1 }))
    .where('statements.deadline_date', '<', today.with({ day: 1 }).add({ months: 2 }))
    .execute()
  return rows.flatMap(({ deadline_date, ...row }) => (deadline_date ? [{ ...row, deadline_date }] : []))
}

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
