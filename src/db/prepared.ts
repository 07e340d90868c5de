import { type Compilable, type CompiledQuery, createQueryId, type RawBuilder, sql } from 'kysely'
import type { Database } from './connect.ts'

type Value = number | string | boolean | readonly number[] | readonly string[] | null
/** Stands in a prepared query for a value that it is given each time. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A query that is built once, since its text never changes: for what is read again and again. */
export function prepared<Values extends Record<string, Value>, Row>(build: (db: Database, values: Values) => Compilable<Row>) {
  let built: CompiledQuery<Row> | undefined
  return async (db: Database, values: Values): Promise<Row[]> => {
    built ??= build(db, slots as Values).compile()
    const parameters = built.parameters.map((parameter) => (parameter instanceof Slot ? values[parameter.name] : parameter))
    return (await db.executeQuery<Row>({ ...built, parameters, queryId: createQueryId() })).rows
  }
}

const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) })

/**
 * Any of these ids, however many. How many there are is hidden from the planner: it would find the plan that it has too dear for a
 * few, and make one anew each time.
 */
export function anyOf(ids: readonly number[]): RawBuilder<number> {
  return sql<number>`any((select ${ids}::bigint[])::bigint[])`
}
