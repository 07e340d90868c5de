import { parseDate } from '../dates.ts'
import type { Answer } from '../domain/answer.ts'
import type { Verdict } from '../domain/rules.ts'

const mostErrors = 20

/** Fails with the reasons where the domain refused: then nothing is written. Otherwise gives what it answered. */
export function orRefuse<T>(answer: Answer<T>): T
export function orRefuse(verdict: Verdict): void
export function orRefuse({ refusals, value }: Verdict & { value?: unknown }): unknown {
  if (refusals.length > 0) throw new Error(problems(refusals))
  return value
}

/** Details say by themselves what they are about; only of those about a file must the reader know which of them. */
const files: Readonly<Record<string, string>> = {
  statements_csv: 'The file of statements: ',
  contracts_csv: 'The file of contracts: ',
  prices_csv: 'The file of prices: ',
  schedules_csv: 'The file of schedules: ',
}

function problems(refusals: Verdict['refusals']): string {
  const shown = refusals.slice(0, mostErrors).map(({ title, detail }) => `${files[title] ?? ''}${detail}`)
  return [...shown, ...(refusals.length > mostErrors ? [`and ${refusals.length - mostErrors} more`] : [])].join('\n')
}

/** A date as `yyyy-mm-dd`; throws a plain error for anything else. */
export function readDate(text: string): Temporal.PlainDate {
  const date = parseDate(text)
  if (date === undefined) throw new Error(`${text} is no date. Write it as 2026-01-31.`)
  return date
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
