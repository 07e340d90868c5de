import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'

/** The rows of a CSV file under these headers, in any order and with any others beside them. Throws where one is missing. */
export async function readCsv<H extends string>(path: string, headers: readonly H[]): Promise<Record<H, string>[]> {
  const rows: Record<string, string>[] = parse(await readFile(path), { columns: true, bom: true, skip_empty_lines: true, trim: true, cast: false })
  const [first] = rows
  const missing = headers.filter((header) => first !== undefined && !(header in first))
  if (missing.length > 0) throw new Error(`${path} lacks the column ${missing.join(', ')}.`)
  return rows as Record<H, string>[]
}
