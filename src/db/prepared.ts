import { type Compilable, type CompiledQuery, createQueryId } from 'kysely'
import type { Database } from './connect.ts'
import { nameStatement } from './preparing-client.ts'

type Value = number | string | boolean | readonly number[] | readonly string[] | null
/** Stands in a prepared query for a value that it is given each time. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query whose text never changes: built once, and planned once for each connection to a server. For texts without lists of varying
 * length, and with the columns by name (a statement that is prepared fails when `*` comes to mean other columns). Not for those whose
 * best plan depends on the values: a page's keys are planned for the page that is asked for.
 */
export function prepared<Values extends Record<string, Value>, Row>(build: (db: Database, values: Values) => Compilable<Row>) {
  let built: CompiledQuery<Row> | undefined
  return async (db: Database, values: Values): Promise<Row[]> => {
    if (!built) {
      built = build(db, slots as Values).compile()
      nameStatement(built.sql)
    }
    const parameters = built.parameters.map((parameter) => (parameter instanceof Slot ? values[parameter.name] : parameter))
    return (await db.executeQuery<Row>({ ...built, parameters, queryId: createQueryId() })).rows
  }
}

const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) })
