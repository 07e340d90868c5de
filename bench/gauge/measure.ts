import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Side } from '../sides/service.ts'
import type { Call, Load, LoadGenerator } from './load.ts'
import type { Measured } from './measured.ts'
import { backendsOf, stopwatch } from './processor-time.ts'

/** Sends a side requests, and measures them with the processor time that the side and the database used for them. */
export async function measure(
  generator: LoadGenerator,
  admin: pg.Client,
  side: Side,
  calls: readonly Call[],
  size: Pick<Load, 'connections'> & ({ milliseconds: number } | { amount: number }),
): Promise<Measured> {
  const backends = () => (side.application === '' ? Promise.resolve([]) : backendsOf(admin, side.application))
  const node = stopwatch([side.pid])
  const postgres = stopwatch(await backends())
  const { requests, seconds, p50, p99 } = await generator.send({ origin: side.origin, headers: side.headers, calls, ...size })
  // what is written after the answers belongs to them
  await pause(20)
  return { rate: requests / seconds, p50, p99, node: node([side.pid]) / requests, postgres: postgres(await backends()) / requests }
}
