import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'

export type Job = { id: number; kind: string; payload: Record<string, unknown>; attempts: number }

/** How often a job is tried before it is left for people to look at. */
export const mostAttempts = 10
/** While a job is carried out nobody else takes it; after this long its worker is taken for dead. */
const lease = '10 minutes'

/** Takes the next job of these kinds that is due; another worker takes another one. Jobs of other kinds wait for a worker that knows them. */
export async function takeJob(db: Database, kinds: readonly string[]): Promise<Job | undefined> {
  const { rows } = await sql<Job>`
    update jobs set attempts = attempts + 1, run_at = now() + ${sql.raw(`interval '${lease}'`)}, updated_at = now()
    where id = (
      select id from jobs where finished_at is null and failed_at is null and run_at <= now() and kind = any(${kinds}::text[])
      order by run_at, id limit 1 for update skip locked)
    returning id, kind, payload, attempts`.execute(db)
  return rows[0]
}

export async function finishJob(db: Database, { id }: Job): Promise<void> {
  await db.updateTable('jobs').set({ finished_at: sql`now()`, last_error: null, updated_at: sql`now()` }).where('id', '=', id).execute()
}

/** Puts a job that went wrong back, to be tried again after ever longer pauses, or sets it aside after the last attempt. */
export async function postponeJob(db: Database, job: Job, error: string): Promise<'postponed' | 'failed'> {
  const last = job.attempts >= mostAttempts
  const seconds = 2 ** Math.min(job.attempts, 12)
  await db
    .updateTable('jobs')
    .set({
      last_error: error.slice(0, 1000),
      updated_at: sql`now()`,
      ...(last ? { failed_at: sql`now()` } : { run_at: sql<Temporal.Instant>`now() + make_interval(secs => ${seconds})` }),
    })
    .where('id', '=', job.id)
    .execute()
  return last ? 'failed' : 'postponed'
}
