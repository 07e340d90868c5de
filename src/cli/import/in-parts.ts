import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Connection, Database, Transacting } from '../../db/connect.ts'
import { rehearse } from '../../db/rehearse.ts'
import { type Kind, kinds } from '../../domain/dataset/dataset.ts'
import { FaultyDataset } from '../../domain/dataset/faults.ts'
import { makeIncoming } from '../../domain/dataset/incoming.ts'
import { freshenStatistics, load } from '../../domain/dataset/load.ts'
import { inOrder } from '../../domain/dataset/step.ts'
import { steps } from '../../domain/dataset/steps.ts'
import { recordImport } from '../../domain/imports.ts'
import { addedOf, type Loaded, loadFile } from './load.ts'
import type { ImportSettings } from './stage.ts'

/** What a part holds at least and at most: so many characters of JSON, each record counting some more for its rows and their indexes. */
const [leastWeight, mostWeight] = [50_000, 400_000]
const recordWeight = 200
/** Milliseconds that a part should hold everyone else up: the next one is made larger or smaller for it. */
const longestHold = 250

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
  const { namesAnother } = steps[kind]
  const named = sql`(select other.position from placed as other where other.id = placed.${sql.ref(namesAnother ?? 'number')})`
  const last = namesAnother ? sql`greatest(placed.position, ${named})` : sql`placed.position`
  await sql`
    with placed as materialized (select record.*, row_number() over (order by ${inOrder(kind)}) as position from records as record)
    insert into arrivals
    select ${kind}, placed.position, number, sum(${recordWeight} + length(incoming.record::text)) over (order by placed.position),
      max(${last}) over (order by placed.position) = placed.position
    from placed join incoming using (number)`.execute(rehearsal)
}

async function loadParts(db: Database, rehearsal: Transacting, rehearsed: Loaded, name: string, settings: ImportSettings): Promise<Loaded> {
  const loaded = Object.fromEntries(kinds.map((kind) => [kind, { ...rehearsed[kind], added: 0 }])) as Loaded
  const record = (type: string) => db.transaction().execute((trx) => recordImport(trx, settings, { type, name, added: addedOf(loaded) }))
  await record('import begun')
  let weight = leastWeight
  try {
    for (const kind of kinds) {
      for await (const part of partsOf(rehearsal, kind, () => weight)) {
        const begun = performance.now()
        const letIn = giveWay()
        loaded[kind].added += await db.transaction().execute((trx) => loadPart(trx, kind, part, settings))
        settings.progress?.(`loaded ${loaded[kind].added} of ${rehearsed[kind].added} ${kind} records`)
        weight = Math.min(Math.max(leastWeight, (weight * longestHold) / (performance.now() - begun)), 2 * weight, mostWeight)
        await letIn()
      }
    }
  } catch (error) {
    await record('import cut off')
    if (!(error instanceof FaultyDataset)) throw error
    throw new FaultyDataset(error.faults, error.howMany, cutOff(loaded, rehearsed))
  }
  await record('import')
  if (kinds.some((kind) => loaded[kind].added > 0)) await freshenStatistics(db, giveWay())
  return loaded
}

/** A pause of a third of the time since the last one, so that whoever waited has more than a single statement in between. */
function giveWay(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    await pause((performance.now() - since) / 3)
    since = performance.now()
  }
}

type Part = { number: number; place: string; record: string }[]

/** The new records of a kind, part by part, each of the weight that is asked for then. */
async function* partsOf(rehearsal: Transacting, kind: Kind, weight: () => number): AsyncGenerator<Part> {
  let last = { position: 0, weight: 0 }
  for (;;) {
    const { rows: ends } = await sql<{ position: number; weight: number }>`select position, weight from arrivals
      where kind = ${kind} and position > ${last.position} and whole
        and (weight >= ${Math.round(last.weight + weight())} or position = (select max(position) from arrivals where kind = ${kind}))
      order by position limit 1`.execute(rehearsal)
    const [end] = ends
    if (!end) return
    const { rows } = await sql<Part[number]>`select number, place, record::text from arrivals join incoming using (number)
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
