import { CsvError, parse } from 'csv-parse/sync'
import type { Refusal } from '../rules.ts'
import type { Month } from './statement.ts'

export type FileKey = 'statements_csv' | 'contracts_csv' | 'prices_csv' | 'schedules_csv'

/** A cell as it was typed, read or told what is wrong with it. */
export type Reading<T> = { value: T } | { problem: string }
type Readers<Row> = { [Column in keyof Row & string]: (text: string) => Reading<Row[Column]> }

export type Uploaded<Row> = { rows: (Row & { line: number })[]; refusals: Refusal[] }

/** Reads a CSV file of rows like these: headers in any order and among others; lines counted as in the file, the header being the first. */
export function readUploaded<Row>(key: FileKey, bytes: Uint8Array | undefined, readers: Readers<Row>): Uploaded<Row> {
  if (bytes === undefined) return unusable(`${key}_id`, 'Give both files.')
  const records = recordsOf(bytes)
  if (records === undefined) return unusable(key, 'The file must be CSV, in UTF-8.')
  const [header, ...lines] = records
  const names = header?.cells.map((name) => name.trim()) ?? []
  const columns = Object.keys(readers) as (keyof Row & string)[]
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) return unusable(key, `The file lacks the headers ${missing.join(', ')}.`)
  if (lines.length === 0) return unusable(key, 'The file has no rows below its header.')

  const refusals: Refusal[] = []
  const rows = lines.map(({ cells, line }) => {
    const { row, problems } = readCells(readers, (column) => cells[names.indexOf(column)] ?? '')
    for (const { column, problem } of problems) refusals.push({ title: key, detail: `${column} ${problem} on line ${line}.` })
    return { ...row, line }
  })
  return { rows, refusals }
}

/** Reads the cells of a row; where there are problems, the row lacks those cells. */
export function readCells<Row>(readers: Readers<Row>, cell: (column: keyof Row & string) => string) {
  const row: Partial<Row> = {}
  const problems: { column: string; problem: string }[] = []
  for (const column of Object.keys(readers) as (keyof Row & string)[]) {
    const reading = readers[column](cell(column).trim())
    if ('value' in reading) row[column] = reading.value
    else problems.push({ column, problem: reading.problem })
  }
  return { row: row as Row, problems }
}

function unusable(title: string, detail: string): { rows: []; refusals: Refusal[] } {
  return { rows: [], refusals: [{ title, detail }] }
}

/** The records of a CSV text with the line on which each ends; undefined where the bytes are no CSV. */
function recordsOf(bytes: Uint8Array): { cells: string[]; line: number }[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) return undefined
    const parsed: unknown = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, info: true })
    return (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (error instanceof CsvError || error instanceof TypeError) return undefined
    throw error
  }
}

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
export function shortMonth(text: string): Reading<Month> {
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
  try {
    return { value: Temporal.PlainDate.from(/^\d{4}-\d\d-\d\d$/.test(text) ? text : '', { overflow: 'reject' }) }
  } catch {
    return { problem: 'must be a date, written as 2026-01-31,' }
  }
}

/** An amount in pounds, as text so that every decimal is kept. */
export function amount(accept: (text: string) => boolean, problem: string) {
  return (text: string): Reading<string> => {
    if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return { problem: 'is not a number' }
    return accept(text) ? { value: text } : { problem }
  }
}
