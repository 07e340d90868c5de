import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'
import { dataset, type Kind } from './dataset.ts'
import { collectFaults, type Faults, failing, findRefused } from './faults.ts'
import { columnDefinitions } from './fields.ts'
import { insertRecords } from './insert.ts'
import { noSuchRecord, type Sql } from './step.ts'
import { steps } from './steps.ts'

/** Judges the incoming records of one kind that are not there yet, and inserts them; returns how many they were. */
export async function load(trx: Transacting, kind: Kind, { author }: Pick<Act, 'author'>): Promise<number> {
  const { references = [], lock, rows, checks = [] } = steps[kind]
  // what a step inserts can say who did
  await sql`select set_config('npq.author', ${author}, true)`.execute(trx)
  await resolve(trx, kind)
  const faults = collectFaults()
  await findDifferences(trx, kind, faults)
  await lock?.execute(trx)
  for (const { column, given } of references) {
    const unknown = sql`${sql.ref(`record.${given}`)} is not null and ${sql.ref(`record.${column}`)} is null`
    await faults.find(trx, failing(kind, { fails: unknown }), { at: given, problem: noSuchRecord })
  }
  for (const each of rows) await findRefused(trx, kind, each, faults)
  for (const check of checks) await faults.find(trx, failing(kind, check), check)
  faults.throwIfAny()
  return insertRecords(trx, kind, steps[kind])
}

/** Makes the table `records`: the records of the kind, mostly those that are not there yet, with the ids of the rows that they refer to. */
export async function resolve(trx: Transacting, kind: Kind, which: 'new' | 'all' = 'new'): Promise<void> {
  const { table, known, references = [], indexes = [] } = steps[kind]
  await sql`drop table if exists records`.execute(trx)
  const isNew = sql`and not exists (select from ${sql.table(table)} as there where ${known})`
  const ids = references.map(({ column }) => sql`, ${sql.ref(`${column}.id`)} as ${sql.ref(column)}`)
  await sql`create temporary table records on commit drop as
    select incoming.number, incoming.place, record.* ${sql.join(ids, sql` `)} from ${incoming(kind)}
    where incoming.kind = ${sql.lit(kind)} ${which === 'new' ? isNew : sql``}`.execute(trx)
  for (const column of indexes) await sql`create index on records (${sql.ref(column)})`.execute(trx)
  await sql`analyze records`.execute(trx)
}

/** The incoming records with their members as columns, and the rows that they refer to under the names of their columns. */
function incoming(kind: Kind): Sql {
  const joins = (steps[kind].references ?? []).map(
    ({ column, table, on }) => sql`left join lateral (select there.* from ${table} as there where ${on}) as ${sql.ref(column)} on true`,
  )
  return sql`incoming cross join lateral jsonb_to_record(incoming.record) as record(${columnDefinitions(dataset[kind])}) ${sql.join(joins, sql` `)}`
}

/** Finds the records that are there already, but say otherwise: what else the dataset holds would be read by other facts than it was written by. */
async function findDifferences(trx: Transacting, kind: Kind, faults: Faults): Promise<void> {
  const { table, known, differences = [] } = steps[kind]
  for (const { at, differs, there } of differences) {
    const { rows } = await sql<{ place: string; there: string | null }>`
      select incoming.place || ${`/${at}`} as place, (${there})::text as there from ${incoming(kind)}
      cross join lateral (select there.* from ${sql.table(table)} as there where ${known}) as there
      where incoming.kind = ${kind} and ${differs} order by incoming.number`.execute(trx)
    faults.add(
      ...rows.map((row) => ({
        place: row.place,
        problem: `differs from what is there already: ${row.there ?? 'none'}. Correct it, or leave the record out`,
      })),
    )
  }
}

/** So that a page's keys come from an index alone at once, and plans know how much there is; `after` is waited for after each statement. */
export async function freshenStatistics(db: Database, after = async () => {}): Promise<void> {
  const loaded = ['users', 'participant_id_changes', 'applications', 'application_states', 'participations', 'statements']
  for (const table of [...loaded, 'declarations', 'outcomes', 'statement_items']) {
    for (const statement of [sql`vacuum ${sql.table(table)}`, sql`analyze ${sql.table(table)}`]) {
      await statement.execute(db)
      await after()
    }
  }
}
