import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'

/** The columns of a CSV file in order, each with its value; null becomes an empty cell. */
export type CsvTable<View> = Readonly<Record<string, (view: View) => string | boolean | null>>

/** Streams rows as CSV, a header first, a batch at a time; without rows `headerAlways` decides whether the header is all there is or nothing is. */
export function csvStream<View>(table: CsvTable<View>, batches: AsyncIterable<readonly View[]>, headerAlways: boolean): Readable {
  const columns = Object.values(table)
  const header = format([Object.keys(table)])
  async function* parts() {
    let empty = true
    if (headerAlways) yield header
    for await (const views of batches) {
      if (empty && !headerAlways) yield header
      empty = false
      yield format(views.map((view) => columns.map((value) => value(view))))
    }
  }
  return Readable.from(parts(), { objectMode: false })
}

function format(rows: readonly (readonly (string | boolean | null)[])[]): string {
  return stringify(rows as unknown[][], { cast: { boolean: (value) => String(value) }, quoted_match: /\r/ })
}
