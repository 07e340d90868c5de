import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { CarriedOutKind } from '../domain/job-kinds.ts'
import { mostAttempts, pauseAfter } from './retries.ts'
import { messageOf } from './run.ts'

/** What a worker has in hand. Each attempt is one worker's: by its number a worker knows whether it still holds what it took. */
export type Held = { id: number; attempts: number }
export type Job = Held & { payload: unknown }

const waiting = sql`finished_at is null and failed_at is null`

/** Of these kinds, those of which something is due. */
export async function dueKinds(db: Database, kinds: readonly CarriedOutKind[]): Promise<CarriedOutKind[]> {
  const { rows } = await sql<{ kind: CarriedOutKind }>`
    select kind from unnest(${kinds}::text[]) as kind
    where exists (select from jobs where jobs.kind = kind.kind and ${waiting} and run_at <= now())`.execute(db)
  return rows.map(({ kind }) => kind)
}

/** Takes the next job of a kind that is due, for as long as the lease; another worker takes another one. */
export async function take(db: Database, kind: CarriedOutKind, lease: number): Promise<Job | undefined> {
  const { rows } = await sql<Job>`
    update jobs set attempts = attempts + 1, run_at = ${after(lease)}, updated_at = now()
    where id = (
      select id from jobs where kind = ${kind} and ${waiting} and run_at <= now() and attempts < ${mostAttempts}
      order by run_at, id limit 1 for update skip locked)
    returning id, attempts, payload`.execute(db)
  return rows[0]
}

/** Puts off the end of the lease. Answers whether the worker holds it still: one that was silent for too long does not. */
export function extend(db: Database, held: Held, lease: number): Promise<boolean> {
  return write(db, held, sql`run_at = ${after(lease)}`)
}

/** Notes that it is done. Answers whether the worker held it still. */
export function finish(db: Database, held: Held): Promise<boolean> {
  return write(db, held, sql`finished_at = now(), last_error = null`)
}

/** Puts back what went wrong, to be tried again after ever longer pauses, or sets it aside after the last attempt. */
export async function postpone(db: Database, held: Held, error: unknown): Promise<'postponed' | 'failed' | 'lost'> {
  const last = held.attempts >= mostAttempts
  const next = last ? sql`failed_at = now()` : sql`run_at = ${after(pauseAfter(held.attempts) * 1000)}`
  if (!(await write(db, held, sql`last_error = ${messageOf(error)}, ${next}`))) return 'lost'
  return last ? 'failed' : 'postponed'
}

/** Sets aside what a worker died of, or with, at the last attempt, and returns it. */
export async function giveUp(db: Database, kind: CarriedOutKind): Promise<Held[]> {
  const { rows } = await sql<Held>`
    update jobs set failed_at = now(), last_error = 'The worker ended at the last attempt without a word.', updated_at = now()
    where kind = ${kind} and ${waiting} and run_at <= now() and attempts >= ${mostAttempts}
    returning id, attempts`.execute(db)
  return rows
}

/** Writes on what the worker holds, as long as nobody took it after it. */
async function write(db: Database, { id, attempts }: Held, values: ReturnType<typeof sql>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update jobs set ${values}, updated_at = now() where id = ${id} and attempts = ${attempts} and ${waiting}`.execute(db)
  return numAffectedRows === 1n
}

function after(milliseconds: number) {
  return sql`now() + make_interval(secs => ${milliseconds / 1000})`
}
