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
    // what a step inserts can say who did
    await sql`select set_config('npq.author', ${settings.author}, true)`.execute(trx)
    const read = await stage(trx, file, settings)
    const counts = {} as Loaded
    for (const kind of kinds) {
      if (read[kind] > 0) settings.progress?.(`loading ${read[kind]} ${kind} records`)
      counts[kind] = { read: read[kind], added: read[kind] > 0 ? await load(trx, kind) : 0 }
    }
    const added = Object.fromEntries(kinds.filter((kind) => read[kind] > 0).map((kind) => [kind, counts[kind].added]))
    await recordImport(trx, settings, { type: 'import', name: basename(file), added })
    return counts
  })
  if (settings.write) await freshenStatistics(db)
  return loaded
}

/** Resolves, checks and inserts the records of one kind; returns how many were new. */
async function load(trx: Transacting, kind: Kind): Promise<number> {
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
async function freshenStatistics(db: Database) {
  const loaded = ['users', 'participant_id_changes', 'applications', 'application_states', 'participations', 'statements']
  for (const table of [...loaded, 'declarations', 'outcomes', 'statement_items']) await sql.raw(`vacuum (analyze) ${table}`).execute(db)
}
