import { AsyncLocalStorage } from 'node:async_hooks'
import diagnostics from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import pg from 'pg'

// Loaded into a service with `--import`, writes down every statement that its driver sends on account of a request: its text, its
// values as they are sent, and its row where it answers exactly one. Nothing in the service knows of it, and no measured service has it.

/** A statement as the service sent it, with its place among all that it sent. */
export type Recorded = { place: number; text: string; values: (string | null)[]; row: Record<string, string | null> | null }

const file = process.env['RECORD_STATEMENTS_TO'] ?? '/dev/null'
const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as { prepareValue(value: unknown): unknown }
const sent = (value: unknown) => {
  const prepared = prepareValue(value)
  return prepared === null || prepared === undefined ? null : String(prepared)
}

let sentSoFar = 0
const request = new AsyncLocalStorage<true>()
diagnostics.subscribe('http.server.request.start', () => request.enterWith(true))

type Query = string | { text: string; values?: unknown[] }
const original = pg.Client.prototype.query as (...given: unknown[]) => unknown
pg.Client.prototype.query = function query(this: pg.Client, ...given: unknown[]) {
  const answer = original.apply(this, given)
  if (!request.getStore()) return answer
  const [first, second] = given as [Query, unknown]
  const text = typeof first === 'string' ? first : first.text
  const values = (typeof first === 'string' ? (Array.isArray(second) ? second : []) : (first.values ?? [])).map(sent)
  const place = sentSoFar++
  const row = ({ rows }: pg.QueryResult) => (rows?.length === 1 ? texts(rows[0]) : null)
  if (answer instanceof Promise) {
    answer.then(
      (result) => write({ place, text, values, row: row(result) }),
      () => {},
    )
  }
  return answer
} as typeof pg.Client.prototype.query

function texts(row: Record<string, unknown>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, sent(value)]))
}

function write(recorded: Recorded) {
  appendFileSync(file, `${JSON.stringify(recorded)}\n`)
}
