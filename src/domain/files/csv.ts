import { CsvError, type Options, parse } from 'csv-parse/sync'
import type { Refusal } from '../rules.ts'

/** What a file says, or why it says nothing that can be used; then there are no rows. */
export type FileRows<Row> = { rows: Row[]; refusals: Refusal[] }

/** The cells of a line of a CSV file, and the number in the file of the line on which they end. */
export type CsvLine = { cells: string[]; line: number }

/**
 * Reads CSV in UTF-8, with or without a byte order mark: other encodings cannot be told from each other, so that names would be
 * misread. A file that is something else gives the problem.
 */
export function readCsv(bytes: Uint8Array, options: Pick<Options, 'trim' | 'relax_column_count'>): { lines: CsvLine[] } | { problem: string } {
  const text = utf8(bytes)
  if (text?.includes('\0') !== false) return { problem: 'The file is not UTF-8 text. Save it as “CSV UTF-8” and give it again.' }
  try {
    const lines: CsvLine[] = []
    const on_record = (cells: string[], { lines: line }: { lines: number }) => {
      lines.push({ cells, line })
      return null
    }
    parse(text, { ...options, skip_empty_lines: true, on_record })
    return { lines }
  } catch (error) {
    if (error instanceof CsvError) return { problem: `The file is not valid CSV: ${error.message}.` }
    throw error
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
