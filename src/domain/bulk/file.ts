import { type FileRows, readCsv } from '../files/csv.ts'

/** The largest file that is taken. */
export const largestFile = 256 * 1024 * 1024

/** The rows of a CSV file under these headings, which may stand in any order and among others (04 section 13.1). */
export function readRows<C extends string>(bytes: Uint8Array, columns: readonly C[]): FileRows<Record<C, string>> {
  const { rows: lines, refusals } = readCells(bytes)
  if (refusals.length > 0) return { rows: [], refusals }
  const [headings = [], ...rows] = lines
  const names = headings.map((heading) => heading.trim())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) return unusable(`The file has the wrong format: it lacks the column ${missing.join(', ')}.`)
  if (rows.length === 0) return unusable(nothing)
  const read = rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[names.indexOf(column)] ?? ''])) as Record<C, string>)
  return { rows: read, refusals: [] }
}

/** The ids in a file that has one a line and no heading. */
export function readIds(bytes: Uint8Array): FileRows<{ id: string }> {
  const { rows, refusals } = readCells(bytes)
  if ((rows[0]?.length ?? 0) > 1) return unusable('The file has the wrong format: give one id a line, and nothing else.')
  return { rows: rows.map(([id = '']) => ({ id })), refusals }
}

const nothing = 'The file is empty.'

function readCells(bytes: Uint8Array): FileRows<string[]> {
  if (bytes.length > largestFile) return unusable('The file is larger than 256 MB.')
  const csv = readCsv(bytes, { trim: true })
  if ('problem' in csv) return unusable(csv.problem)
  return csv.lines.length === 0 ? unusable(nothing) : { rows: csv.lines.map(({ cells }) => cells), refusals: [] }
}

function unusable(detail: string): FileRows<never> {
  return { rows: [], refusals: [{ code: 'file_unusable', title: 'file', detail }] }
}
