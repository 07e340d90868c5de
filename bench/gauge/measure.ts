import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { connections } from '../plan.ts'
import type { Side } from '../sides/service.ts'
import type { Call, Load, LoadGenerator } from './load.ts'
import type { Measured } from './measured.ts'
import { backendsOf, stopwatch } from './processor-time.ts'

/** What it takes to measure: who sends, and who knows the connections to the database. */
export type Gauge = { generator: LoadGenerator; admin: pg.Client }

/** Sends a side requests, and measures them with the processor time that the side and the database used for them. */
export async function measure({ generator, admin }: Gauge, side: Side, load: Omit<Load, 'origin' | 'headers'>): Promise<Measured> {
  const backends = () => (side.application === '' ? Promise.resolve([]) : backendsOf(admin, side.application))
  const own = [side.pid, ...(side.store === undefined ? [] : [side.store])]
  const node = stopwatch(own)
  const postgres = stopwatch(await backends())
  const { requests, seconds, p50, p99 } = await generator.send({ origin: side.origin, headers: side.headers, ...load })
  // what is written after the answers belongs to them, their audits above all
  if (side.application !== '') await pause(150)
  return { rate: requests / seconds, p50, p99, node: node(own) / requests, postgres: postgres(await backends()) / requests }
}

/** Measures the same again and again, each time with as many requests as take about so long, and at least one on each connection. */
export function repeatedly(gauge: Gauge, side: Side, calls: readonly Call[], milliseconds: number): () => Promise<Measured> {
  let rate: number | undefined
  const send = async (howMany: number) => {
    const found = await measure(gauge, side, { calls, connections, amount: connections * Math.max(1, Math.ceil(howMany / connections)) })
    rate = found.rate
    return found
  }
  return async () => {
    if (rate === undefined) await send(2 * connections)
    return send(((rate ?? 0) * milliseconds) / 1000)
  }
}
