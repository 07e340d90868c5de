import type { Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'
import { type DatasetRecord, type Kind, kinds } from './dataset.ts'
import { intoIncoming, makeIncoming } from './incoming.ts'
import { load } from './load.ts'

/** Records by their kinds, as code makes them. */
export type Records = { [K in Kind]?: readonly DatasetRecord<K>[] }

/** Loads records that were made here: judged as those of a file are, many at a time, whatever their number. */
export async function loadRecords(trx: Transacting, records: Records, act: Pick<Act, 'author'>): Promise<void> {
  const given = kinds.filter((kind) => (records[kind]?.length ?? 0) > 0)
  await makeIncoming(trx)
  const incoming = intoIncoming(trx)
  for (const kind of given) {
    for (const [index, record] of (records[kind] ?? []).entries()) await incoming.add({ kind, place: `/${kind}/${index}`, record })
  }
  await incoming.done()
  for (const kind of given) await load(trx, kind, act)
}
