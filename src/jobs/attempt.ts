import type { Database } from '../db/connect.ts'
import { extend, finish, type Held, postpone } from './queue.ts'
import { run, type Times } from './run.ts'

/** What became of one attempt. `lost`: another worker has taken it over, and its word counts. */
export type Attempt = { end: 'done' } | { end: 'postponed' | 'failed' | 'lost'; error: unknown }

/** Carries out what a worker has in hand, holds its lease meanwhile, and notes what came of it. */
export async function attempt(db: Database, held: Held, work: (signal: AbortSignal) => Promise<void>, times: Times): Promise<Attempt> {
  try {
    await run(work, () => extend(db, held, times.lease), times)
    if (await finish(db, held)) return { end: 'done' }
    return { end: 'lost', error: new Error('The work was done, but another worker had taken it over.') }
  } catch (error) {
    return { end: await postpone(db, held, error), error }
  }
}
