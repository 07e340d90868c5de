import type { Refusal } from '../rules.ts'
import type { Reading } from './cells.ts'
import { type FileRows, readCsv } from './csv.ts'

type Readers<Row> = { [Column in keyof Row & string]: (text: string) => Reading<Row[Column]> }

export type Table<Row> = FileRows<Row & { line: number }>

/** Reads a CSV file of rows like these: headers in any order and among others; lines counted as in the file, the header being the first. */
export function readTable<Row>(key: string, bytes: Uint8Array | undefined, readers: Readers<Row>): Table<Row> {
  if (bytes === undefined) return unusable(`${key}_id`, 'Give both files.')
  const csv = readCsv(bytes, { relax_column_count: true })
  if ('problem' in csv) return unusable(key, 'The file must be CSV, in UTF-8.')
  const [header, ...lines] = csv.lines
  const names = header?.cells.map((name) => name.trim()) ?? []
  const columns = Object.keys(readers) as (keyof Row & string)[]
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) return unusable(key, `The file lacks the headers ${missing.join(', ')}.`)
  if (lines.length === 0) return unusable(key, 'The file has no rows below its header.')

  const refusals: Refusal[] = []
  const rows = lines.map(({ cells, line }) => {
    const { row, problems } = readCells(readers, (column) => cells[names.indexOf(column)] ?? '')
    for (const { column, problem } of problems) refusals.push({ code: 'row_unusable', title: key, detail: `${column} ${problem} on line ${line}.` })
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
  return { rows: [], refusals: [{ code: 'file_unusable', title, detail }] }
}

/** A refusal for each row that says the same as another, or something else about the same thing. */
export function repeated<Row extends { line: number }>(title: string, rows: readonly Row[], about: (row: Row) => string, thing: string): Refusal[] {
  const content = ({ line: _, ...row }: Row) => JSON.stringify(row)
  const contents = rows.map(content)
  const things = counted(rows.map(about))
  const same = counted(contents)
  return rows.flatMap((row, place) => {
    if (things.get(about(row)) === 1) return []
    const duplicate = (same.get(contents[place] ?? '') ?? 0) > 1
    return [
      {
        code: 'row_repeated',
        title,
        detail: duplicate ? `Line ${row.line} is a duplicate row.` : `Line ${row.line} is a duplicate ${thing} with other values.`,
      },
    ]
  })
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
