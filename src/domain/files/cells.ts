import { parseDate } from '../../dates.ts'

/** A cell as it was typed, read or told what is wrong with it. */
export type Reading<T> = { value: T } | { problem: string }

export function wholeNumber(least: number, most: number, problem: string) {
  return (text: string): Reading<number> => {
    const number = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return number >= least && number <= most ? { value: number } : { problem }
  }
}

export function anyText(text: string): Reading<string> {
  return text === '' ? { problem: 'must not be blank' } : { value: text }
}

const shortNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A month as `25-Jan`. */
export function shortMonth(text: string): Reading<{ year: number; month: number }> {
  const [, year, name = ''] = /^(\d\d)-([A-Za-z]{3})$/.exec(text) ?? []
  const month = shortNames.indexOf(name) + 1
  const known = year !== undefined && Number(year) >= 20 && Number(year) <= 50 && month > 0
  return known ? { value: { year: 2000 + Number(year), month } } : { problem: 'must be a month from 2020 to 2050, written as 25-Jan,' }
}

export function oneOf<T extends string>(known: ReadonlySet<T>) {
  return (text: string): Reading<T> => (known.has(text as T) ? { value: text as T } : { problem: 'is not recognised' })
}

export function flag(text: string): Reading<boolean> {
  if (/^(true|t|1)$/i.test(text)) return { value: true }
  if (/^(false|f|0)$/i.test(text)) return { value: false }
  return { problem: 'must be yes or no, written true or false' }
}

export function date(text: string): Reading<Temporal.PlainDate> {
  const value = parseDate(text)
  return value ? { value } : { problem: 'must be a date, written as 2026-01-31,' }
}

/** An amount in pounds, as text so that every decimal is kept. */
export function amount(accept: (text: string) => boolean, problem: string) {
  return (text: string): Reading<string> => {
    if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return { problem: 'is not a number' }
    return accept(text) ? { value: text } : { problem }
  }
}
