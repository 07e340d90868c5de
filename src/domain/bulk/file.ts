import { CsvError, parse } from 'csv-parse/sync'

/** Why a file cannot be used at all. */
export class UnusableFile extends Error {}

/** The largest file that is taken. */
export const largestFile = 256 * 1024 * 1024

/** The rows of a CSV file under these headings, which may stand in any order and among others (04 section 13.1). Throws UnusableFile. */
export function readRows<C extends string>(bytes: Uint8Array, columns: readonly C[]): Record<C, string>[] {
  const [headings = [], ...rows] = readCells(bytes)
  const names = headings.map((heading) => heading.trim())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) throw new UnusableFile(`The file has the wrong format: it lacks the column ${missing.join(', ')}.`)
  if (rows.length === 0) throw new UnusableFile(nothing)
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[names.indexOf(column)] ?? ''])) as Record<C, string>)
}

/** The ids in a file that has one a line and no heading. Throws UnusableFile. */
export function readIds(bytes: Uint8Array): { id: string }[] {
  const rows = readCells(bytes)
  if ((rows[0]?.length ?? 0) > 1) throw new UnusableFile('The file has the wrong format: give one id a line, and nothing else.')
  return rows.map(([id = '']) => ({ id }))
}

const nothing = 'The file is empty.'

function readCells(bytes: Uint8Array): string[][] {
  if (bytes.length > largestFile) throw new UnusableFile('The file is larger than 256 MB.')
  try {
    const rows = parse(decoded(bytes), { skip_empty_lines: true, trim: true })
    if (rows.length === 0) throw new UnusableFile(nothing)
    return rows
  } catch (error) {
    if (error instanceof CsvError) throw new UnusableFile(`The file is not valid CSV: ${error.message}.`)
    throw error
  }
}

/** UTF-8, with or without a byte order mark: other encodings cannot be told from each other, so that names would be misread. */
function decoded(bytes: Uint8Array): string {
  const text = utf8(bytes)
  if (text?.includes('\0') !== false) throw new UnusableFile('The file is not UTF-8 text. Save it as “CSV UTF-8” and give it again.')
  return text
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
