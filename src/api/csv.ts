import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

/** The columns of a CSV file in order, each with its value; null becomes an empty cell. */
export type CsvTable<View> = Readonly<Record<string, (view: View) => string | boolean | null>>

/** Streams rows as CSV, a header first; without rows `headerAlways` decides whether the header is all there is or nothing is. */
export function csvStream<View>(table: CsvTable<View>, views: AsyncIterable<View>, headerAlways: boolean): Readable {
  const columns = Object.values(table)
  async function* rows() {
    let empty = true
    if (headerAlways) yield Object.keys(table)
    for await (const view of views) {
      if (empty && !headerAlways) yield Object.keys(table)
      empty = false
      yield columns.map((value) => value(view))
    }
  }
  const format = stringify({ cast: { boolean: (value) => String(value) }, quoted_match: /\r/ })
  return Readable.from(rows(), { highWaterMark: 64 }).compose(format)
}
