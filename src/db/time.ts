import { sql } from 'kysely'
import type { Moment } from '../clock.ts'
import type { Transacting } from './connect.ts'

const taken = new WeakMap<Transacting, Temporal.Instant>()

/**
 * The time that everything carries which a verb writes. It is taken at the verb's first write, so with its locks held: who
 * waited for a lock carries a later time than who held it, and what was read while they waited lies before it. It is the
 * database's, the same for every process; where the moment was set (01 section 14), that moment.
 */
export async function timeOf(trx: Transacting, { now, clockRuns }: Moment): Promise<Temporal.Instant> {
  if (!clockRuns) return now
  const known = taken.get(trx)
  if (known) return known
  const { at } = await trx.selectNoFrom(sql<Temporal.Instant>`clock_timestamp()`.as('at')).executeTakeFirstOrThrow()
  taken.set(trx, at)
  return at
}

/** Lets the next verb in a transaction of many take a time of its own. */
export function forgetTime(trx: Transacting): void {
  taken.delete(trx)
}
