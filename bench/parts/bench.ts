import pg from 'pg'
import { type Copy, copyOf } from '../dataset/kept.ts'
import { largest } from '../dataset/scale.ts'
import { type Side, startService, tokenOf } from '../sides/service.ts'

/** A service on a copy of a dataset, with a connection beside it. */
export type Bench = { copy: Copy; admin: pg.Client; token: string; provider: number; service: Side }

/** What was started last is stopped first. */
export type Stops = (() => Promise<unknown>)[]

/** Copies a dataset and starts the service on the copy, for the largest provider. */
export async function startBench(kept: string, stops: Stops): Promise<Bench> {
  const copy = await copyOf(kept)
  stops.push(copy.drop)
  const admin = new pg.Client({ connectionString: copy.url })
  // what is cut fails at the next query, where the services are stopped; without a listener it would end the process at once
  admin.on('error', () => {})
  await admin.connect()
  stops.push(() => admin.end())
  const token = await tokenOf(copy.url, largest)
  const { rows } = await admin.query<{ id: string }>('select id from lead_providers where name = $1', [largest])
  const service = await startService(copy.url, `npq ${kept}`, token)
  stops.push(service.stop)
  return { copy, admin, token, provider: Number(rows[0]?.id), service }
}
