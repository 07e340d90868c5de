import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Connection, Database, Transacting } from '../../db/connect.ts'
import { rehearse } from '../../db/rehearse.ts'
import { recordImport } from '../../domain/imports.ts'
import { dataset, type Kind, kinds } from './dataset.ts'
import { FaultyDataset } from './faults.ts'
import { addedOf, freshenStatistics, type Loaded, load, loadFile } from './load.ts'
import { type ImportSettings, makeIncoming } from './stage.ts'
import { inOrder } from './step.ts'
import { steps } from './steps.ts'

/** What a part holds: so many characters of JSON, each record counting some more for its rows and their indexes. */
const partWeight = 400_000
const recordWeight = 200

/**
 * Loads a dataset into the embedded database of another process, whose clients wait while a transaction is open. So the whole file
 * is loaded into a copy first, which holds nobody up and finds every fault, and then into the database itself in small
 * transactions. What such a part has brought is known by its key, so that the load can be given again after it was cut off.
 */
export async function importInParts(
  { db, openCopy }: Required<Pick<Connection, 'db' | 'openCopy'>>,
  file: string,
  settings: ImportSettings,
): Promise<Loaded> {
  settings.progress?.('copying the database of the running server, to try the load there')
  const copy = await openCopy()
  try {
    return await rehearse(copy.db, { real: false }, async (rehearsal) => {
      await sql`create temporary table arrivals (kind text, position bigint, number bigint, weight bigint, whole boolean, primary key (kind, position))
        on commit drop`.execute(rehearsal)
      const rehearsed = await loadFile(rehearsal, file, settings, (kind) => noteArrivals(rehearsal, kind))
      if (!settings.write) return rehearsed
      await sql`create index on incoming (number)`.execute(rehearsal)
      return loadParts(db, rehearsal, rehearsed, basename(file), settings)
    })
  } finally {
    await copy.close()
  }
}

/**
 * Notes in which order the new records of a kind are to be loaded, what they weigh together with those before them, and where a
 * part may end: where none so far names a later one.
 */
async function noteArrivals(rehearsal: Transacting, kind: Kind): Promise<void> {
  const order = 'created_at' in dataset[kind] ? inOrder : 'order by r.number'
  const { namesAnother } = steps[kind]
  const reach = namesAnother ? `greatest(p.position, (select o.position from placed o where o.id = p.${namesAnother}))` : 'p.position'
  await sql
    .raw(`with placed as materialized (select r.*, row_number() over (${order}) as position from resolved r)
      insert into arrivals select '${kind}', p.position, p.number, sum(${recordWeight} + length(i.record::text)) over (order by p.position),
        max(${reach}) over (order by p.position) = p.position
      from placed p join incoming i using (number)`)
    .execute(rehearsal)
}

async function loadParts(db: Database, rehearsal: Transacting, rehearsed: Loaded, name: string, settings: ImportSettings): Promise<Loaded> {
  const loaded = Object.fromEntries(kinds.map((kind) => [kind, { ...rehearsed[kind], added: 0 }])) as Loaded
  const record = (type: string) => db.transaction().execute((trx) => recordImport(trx, settings, { type, name, added: addedOf(loaded) }))
  await record('import begun')
  try {
    for (const kind of kinds) {
      for await (const part of partsOf(rehearsal, kind)) {
        const begun = performance.now()
        loaded[kind].added += await db.transaction().execute((trx) => loadPart(trx, kind, part, settings))
        settings.progress?.(`loaded ${loaded[kind].added} of ${rehearsed[kind].added} ${kind} records`)
        // so that whoever waited has more than a single statement in between
        await pause((performance.now() - begun) / 3)
      }
    }
  } catch (error) {
    await record('import cut off')
    if (!(error instanceof FaultyDataset)) throw error
    throw new FaultyDataset(error.faults, error.howMany, cutOff(loaded, rehearsed))
  }
  await record('import')
  await freshenStatistics(db)
  return loaded
}

type Part = { number: number; place: string; record: string }[]

/** The new records of a kind, part by part. */
async function* partsOf(rehearsal: Transacting, kind: Kind): AsyncGenerator<Part> {
  let last = { position: 0, weight: 0 }
  for (;;) {
    const { rows: ends } = await sql<{ position: number; weight: number }>`select position, weight from arrivals
      where kind = ${kind} and position > ${last.position} and whole
        and (weight >= ${last.weight + partWeight} or position = (select max(position) from arrivals where kind = ${kind}))
      order by position limit 1`.execute(rehearsal)
    const [end] = ends
    if (!end) return
    const { rows } = await sql<Part[number]>`select number, i.place, i.record::text as record from arrivals join incoming i using (number)
      where arrivals.kind = ${kind} and position > ${last.position} and position <= ${end.position} order by position`.execute(rehearsal)
    yield rows
    last = end
  }
}

async function loadPart(trx: Transacting, kind: Kind, part: Part, settings: ImportSettings): Promise<number> {
  await makeIncoming(trx)
  await sql`insert into incoming select number, ${kind}, place, record
    from unnest(${part.map(({ number }) => number)}::bigint[], ${part.map(({ place }) => place)}::text[], ${part.map(({ record }) => record)}::jsonb[])
      as r(number, place, record)`.execute(trx)
  return load(trx, kind, settings)
}

function cutOff(loaded: Loaded, rehearsed: Loaded): string {
  const counts = kinds
    .filter((kind) => rehearsed[kind].added > 0)
    .map((kind) => `  ${kind}: ${loaded[kind].added} of ${rehearsed[kind].added} loaded`)
  return `The dataset was imported in part. Others have written meanwhile what the rest does not go with:
${counts.join('\n')}
Put right what follows, and import the file again: what is loaded is known by its key. There it stopped`
}
