import { sql } from 'kysely'
import type { Transacting } from '../db/connect.ts'
import type { NewRowOf, Tables } from '../db/schema.ts'
import type { Facts } from './facts.ts'
import { Random } from './random.ts'

/** The tables that are made up, each after those that it refers to. */
const filled = [
  'schools',
  'private_childcare_providers',
  'itt_providers',
  'delivery_partners',
  'delivery_partnerships',
  'contract_templates',
  'statements',
  'users',
  'participant_id_changes',
  'applications',
  'application_states',
  'declarations',
  'outcomes',
  'statement_items',
] as const
type Filled = (typeof filled)[number]

export type Made<T extends keyof Tables> = NewRowOf<T> & { id: number }

/** Rows that do not exist yet: made in memory, so that a whole table is written at once. */
export type Store = {
  facts: Facts
  random: Random
  rows: { [T in Filled]: Made<T>[] }
  add<T extends Filled>(table: T, values: Omit<NewRowOf<T>, 'id'>): Made<T>
  /** the internal id of the row that is added next */
  nextId(table: Filled): number
}

/** `lastIds` are the highest internal ids in use; `chance` is what all that is random follows from. */
export function makeStore(facts: Facts, lastIds: Record<string, number>, chance: number): Store {
  const rows = Object.fromEntries(filled.map((table) => [table, []])) as unknown as Store['rows']
  const nextId: Store['nextId'] = (table) => (lastIds[table] ?? 0) + rows[table].length + 1
  return {
    facts,
    random: new Random(chance),
    rows,
    nextId,
    add(table, values) {
      const made = { id: nextId(table), ...values }
      rows[table].push(made as never)
      return made as never
    },
  }
}

export async function lastIds(trx: Transacting): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(filled.map((table) => sql`coalesce((select max(id) from ${sql.table(table)}), 0) as ${sql.ref(table)}`))}`.execute(trx)
  return rows[0] ?? {}
}

/** Writes each table with one statement: the rows travel as one parameter, whatever their number. */
export async function writeStore(trx: Transacting, { rows }: Store): Promise<void> {
  for (const table of filled) await writeTable(trx, table, rows[table])
}

async function writeTable(trx: Transacting, table: Filled, rows: object[]) {
  const [first] = rows
  if (!first) return
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(table)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`.execute(trx)
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.table(table)}))`.execute(trx)
}

/** Two that make people would both find the same ids free: the second waits for the first. */
export async function oneAtATime(trx: Transacting): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('sandbox data'))`.execute(trx)
}
