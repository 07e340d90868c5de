import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { Kind } from './dataset.ts'

/** A record of a dataset, and where it stands in its file. */
export type Placed = { kind: Kind; place: string; record: Record<string, unknown> }

const mostRecords = 2000
const mostCharacters = 8 * 1024 * 1024

/** Makes the table `incoming`: records in their form, with their number and place. */
export async function makeIncoming(trx: Transacting): Promise<void> {
  await sql`drop table if exists incoming`.execute(trx)
  await sql`create temporary table incoming (number bigint, kind text, place text, record jsonb) on commit drop`.execute(trx)
}

/** Puts records into `incoming`, many at a time, but never more than fit into little memory. */
export function intoIncoming(trx: Transacting) {
  let kinds: Kind[] = []
  let places: string[] = []
  let records: string[] = []
  let characters = 0
  let written = 0
  const flush = async () => {
    await sql`insert into incoming select ${written} + ordinality, kind, place, record
      from unnest(${kinds}::text[], ${places}::text[], ${records}::jsonb[]) with ordinality as r(kind, place, record)`.execute(trx)
    written += records.length
    kinds = []
    places = []
    records = []
    characters = 0
  }
  return {
    async add({ kind, place, record }: Placed) {
      const text = JSON.stringify(record)
      kinds.push(kind)
      places.push(place)
      records.push(text)
      characters += text.length
      if (records.length === mostRecords || characters > mostCharacters) await flush()
    },
    async done() {
      await flush()
      await sql`analyze incoming`.execute(trx)
    },
  }
}
