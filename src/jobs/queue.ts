import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { WorkedKind } from '../domain/job-kinds.ts'
import { mostAttempts, pauseAfter } from './retries.ts'
import { messageOf } from './run.ts'

export type Job = { id: number; kind: WorkedKind; payload: Record<string, unknown>; attempts: number }

/** While a job is carried out nobody else takes it; after this long, more than any run takes, its worker is taken for dead. */
const lease = '35 minutes'

/** Takes the next job of these kinds that is due; another worker takes another one. Jobs of other kinds wait for a worker that knows them. */
export async function takeJob(db: Database, kinds: readonly WorkedKind[]): Promise<Job | undefined> {
  const { rows } = await sql<Job>`
    update jobs set attempts = attempts + 1, run_at = now() + ${sql.raw(`interval '${lease}'`)}, updated_at = now()
    where id = (
      select id from jobs where finished_at is null and failed_at is null and run_at <= now() and attempts < ${mostAttempts} and kind = any(${kinds}::text[])
      order by run_at, id limit 1 for update skip locked)
    returning id, kind, payload, attempts`.execute(db)
  return rows[0]
}

/** Sets aside the jobs whose worker died at their last attempt, and returns them. */
export async function giveUpJobs(db: Database): Promise<Job[]> {
  const { rows } = await sql<Job>`
    update jobs set failed_at = now(), last_error = 'The worker ended at the last attempt without a word.', updated_at = now()
    where finished_at is null and failed_at is null and run_at <= now() and attempts >= ${mostAttempts}
    returning id, kind, payload, attempts`.execute(db)
  return rows
}

export async function finishJob(db: Database, job: Job): Promise<void> {
  await held(db, job).set({ finished_at: sql`now()`, last_error: null, updated_at: sql`now()` }).execute()
}

/** Puts a job that went wrong back, to be tried again after ever longer pauses, or sets it aside after the last attempt. */
export async function postponeJob(db: Database, job: Job, error: unknown): Promise<'postponed' | 'failed'> {
  const last = job.attempts >= mostAttempts
  await held(db, job)
    .set({
      last_error: messageOf(error),
      updated_at: sql`now()`,
      ...(last ? { failed_at: sql`now()` } : { run_at: sql<Temporal.Instant>`now() + make_interval(secs => ${pauseAfter(job.attempts)})` }),
    })
    .execute()
  return last ? 'failed' : 'postponed'
}

/** The job as long as nobody took it after us. */
function held(db: Database, { id, attempts }: Job) {
  return db.updateTable('jobs').where('id', '=', id).where('attempts', '=', attempts)
}
