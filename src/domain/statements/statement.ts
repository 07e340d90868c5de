import type { RowOf } from '../../db/schema.ts'

export type Statement = RowOf<'statements'>

/** A calendar month, the first of a year being 1. */
export type Month = { year: number; month: number }

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

export function monthName(month: number): string {
  return months[month - 1] ?? ''
}

/** `March 2026` */
export function statementName({ year, month }: Pick<Statement, 'year' | 'month'>): string {
  return `${monthName(month)} ${year}`
}

/** Whether payment was authorised and is under way. */
export function authorising({ state, marked_as_paid_at }: Pick<Statement, 'state' | 'marked_as_paid_at'>): boolean {
  return state === 'payable' && marked_as_paid_at !== null
}

/** Whether the last day for declarations has ended; false where there is none. */
export function deadlinePassed({ deadline_date }: Pick<Statement, 'deadline_date'>, today: Temporal.PlainDate): boolean {
  return deadline_date !== null && Temporal.PlainDate.compare(deadline_date, today) < 0
}

/** The key of the job that pays a statement: it waits only once. */
export function paymentKey(statementId: number): string {
  return `mark statement paid ${statementId}`
}
