import type { Verdict } from '../domain/rules.ts'
import { print } from './run.ts'

const mostErrors = 20

/** Says that it is done, or why it is refused: then nothing was written and the command fails. */
export function tell({ refusals }: Verdict, done: string): void {
  if (refusals.length > 0) throw new Error(problems(refusals))
  print(done)
}

function problems(refusals: Verdict['refusals']): string {
  const shown = refusals.slice(0, mostErrors).map(({ title, detail }) => `${title}: ${detail}`)
  return [...shown, ...(refusals.length > mostErrors ? [`and ${refusals.length - mostErrors} more`] : [])].join('\n')
}

/** A date as `yyyy-mm-dd`; throws a plain error for anything else. */
export function readDate(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(/^\d{4}-\d\d-\d\d$/.test(text) ? text : '', { overflow: 'reject' })
  } catch {
    throw new Error(`${text} is no date. Write it as 2026-01-31.`)
  }
}

/** A month as `yyyy-mm`. */
export function readMonth(text: string): { year: number; month: number } {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (year === undefined) throw new Error(`${text} is no month. Write it as 2026-01.`)
  return { year: Number(year), month: Number(month) }
}

/** The number of a row, as the listing commands print it. */
export function readNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${text} is not a number.`)
  return Number(text)
}
