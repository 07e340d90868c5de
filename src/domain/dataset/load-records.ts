import type { Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'
import { type Kind, kinds } from './dataset.ts'
import { intoIncoming, makeIncoming } from './incoming.ts'
import { load } from './load.ts'

/** Records by their kinds, each of the form that `dataset.ts` gives its kind. */
export type Records = Partial<Record<Kind, readonly Record<string, unknown>[]>>

/** Loads records that were made here, once in a transaction: judged as those of a file are, many at a time, whatever their number. */
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
