import { basename } from 'node:path'
import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import { rehearse } from '../../db/rehearse.ts'
import { recordImport } from '../../domain/imports.ts'
import { type Kind, kinds } from './dataset.ts'
import { findDifferences } from './differences.ts'
import { collectFaults } from './faults.ts'
import { insertResolved } from './insert.ts'
import { recordsOf } from './records.ts'
import { type ImportSettings, stage } from './stage.ts'
import { noSuchRecord } from './step.ts'
import { steps } from './steps.ts'

export type Loaded = Record<Kind, { read: number; added: number }>

/**
 * Loads a dataset whole or not at all. Records are staged in a temporary table, so that memory stays bounded whatever their
 * number, and then checked and inserted kind by kind; a record whose key is known already is left as it is.
 */
export async function importDataset(db: Database, file: string, settings: ImportSettings): Promise<Loaded> {
  const loaded = await rehearse(db, { real: settings.write }, async (trx) => {
    const loaded = await loadFile(trx, file, settings)
    await recordImport(trx, settings, { type: 'import', name: basename(file), added: addedOf(loaded) })
    return loaded
  })
  if (settings.write) await freshenStatistics(db)
  return loaded
}

/** Loads a file in a transaction; `afterKind` is told of each kind that the file holds, while `resolved` has what was new of it. */
export async function loadFile(trx: Transacting, file: string, settings: ImportSettings, afterKind?: (kind: Kind) => Promise<void>): Promise<Loaded> {
  const read = await stage(trx, file, settings)
  const loaded = {} as Loaded
  for (const kind of kinds) {
    loaded[kind] = { read: read[kind], added: 0 }
    if (read[kind] === 0) continue
    settings.progress?.(`loading ${read[kind]} ${kind} records`)
    loaded[kind].added = await load(trx, kind, settings)
    await afterKind?.(kind)
  }
  return loaded
}

/** How many records of each kind that the file holds were new. */
export function addedOf(loaded: Loaded): Record<string, number> {
  return Object.fromEntries(kinds.filter((kind) => loaded[kind].read > 0).map((kind) => [kind, loaded[kind].added]))
}

/** Resolves, checks and inserts the staged records of one kind; returns how many were new. */
export async function load(trx: Transacting, kind: Kind, { author }: Pick<ImportSettings, 'author'>): Promise<number> {
  // what a step inserts can say who did
  await sql`select set_config('npq.author', ${author}, true)`.execute(trx)
  await resolve(trx, kind)
  const faults = collectFaults()
  await findDifferences(trx, kind, faults)
  const { lock, checks, insert } = steps[kind]
  if (lock) await sql.raw(lock).execute(trx)
  for (const { column, given } of steps[kind].references) {
    await faults.find(trx, { fails: `r.${given} is not null and r.${column} is null`, at: given, problem: noSuchRecord })
  }
  for (const check of checks) await faults.find(trx, check)
  faults.throwIfAny()
  return insertResolved(trx, kind, insert)
}

/** Makes the table `resolved`: the records of the kind that are not there yet, with the rows that they refer to. */
async function resolve(trx: Transacting, kind: Kind) {
  const { known, references, indexes = [] } = steps[kind]
  await sql`drop table if exists provider_names, resolved, inserted`.execute(trx)
  await sql`create temporary table provider_names on commit drop as
    select public_id::text as name, id from lead_providers union select lower(name), id from lead_providers`.execute(trx)
  const columns = references.map(({ column }) => `, ${column}.id as ${column}`).join('')
  await sql
    .raw(`create temporary table resolved on commit drop as
      select i.number, i.place, r.* ${columns} from ${recordsOf(kind)}
      where i.kind = '${kind}' and not exists (select from ${known})`)
    .execute(trx)
  for (const members of indexes) await sql.raw(`create index on resolved (${members})`).execute(trx)
  await sql`analyze resolved`.execute(trx)
}

/** So that a page's keys come from an index alone at once, and plans know how much there is. */
export async function freshenStatistics(db: Database) {
  const loaded = ['users', 'participant_id_changes', 'applications', 'application_states', 'participations', 'statements']
  for (const table of [...loaded, 'declarations', 'outcomes', 'statement_items']) await sql.raw(`vacuum (analyze) ${table}`).execute(db)
}
