import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import type { WorkedKind } from '../domain/job-kinds.ts'
import { mostAttempts, pauseAfter } from './retries.ts'
import { messageOf } from './run.ts'

/** The tables that work waits in, with the column that says when it may be taken, and the one that says when it was done. */
const columns = {
  jobs: { due: sql.ref('run_at'), done: sql.ref('finished_at') },
  mails: { due: sql.ref('next_attempt_at'), done: sql.ref('sent_at') },
} as const
export type Queue = keyof typeof columns

/** What a worker has in hand. Each attempt is one worker's: by its number a worker knows whether it still holds what it took. */
export type Held = { id: number; attempts: number }
export type Job = Held & { kind: WorkedKind; payload: Record<string, unknown> }
export type Letter = { template: string; recipient: string; personalisation: Record<string, string> }
type RowIn = { jobs: Job; mails: Held & Letter }

/**
 * Takes the next thing that is due, for as long as the lease; another worker takes another one. Jobs of kinds that are not named
 * wait for a worker that knows them.
 */
export async function take<Q extends Queue>(db: Database, queue: Q, lease: number, kinds?: readonly string[]): Promise<RowIn[Q] | undefined> {
  const { due, done } = columns[queue]
  const known = kinds === undefined ? sql`true` : sql`kind = any(${kinds}::text[])`
  const { rows } = await sql<RowIn[Q]>`
    update ${sql.table(queue)} set attempts = attempts + 1, ${due} = ${after(lease)}, updated_at = now()
    where id = (
      select id from ${sql.table(queue)} where ${done} is null and failed_at is null and ${due} <= now() and attempts < ${mostAttempts} and ${known}
      order by ${due}, id limit 1 for update skip locked)
    returning *`.execute(db)
  return rows[0]
}

/** Puts off the end of the lease. Answers whether the worker holds it still: one that was silent for too long does not. */
export function extend(db: Database, queue: Queue, held: Held, lease: number): Promise<boolean> {
  return write(db, queue, held, sql`${columns[queue].due} = ${after(lease)}`)
}

/** Notes that it is done. Answers whether the worker held it still. */
export function finish(db: Database, queue: Queue, held: Held): Promise<boolean> {
  return write(db, queue, held, sql`${columns[queue].done} = now(), last_error = null`)
}

/** Puts back what went wrong, to be tried again after ever longer pauses, or sets it aside after the last attempt. */
export async function postpone(db: Database, queue: Queue, held: Held, error: unknown): Promise<'postponed' | 'failed' | 'lost'> {
  const last = held.attempts >= mostAttempts
  const next = last ? sql`failed_at = now()` : sql`${columns[queue].due} = ${after(pauseAfter(held.attempts) * 1000)}`
  if (!(await write(db, queue, held, sql`last_error = ${messageOf(error)}, ${next}`))) return 'lost'
  return last ? 'failed' : 'postponed'
}

/** Sets aside what a worker died of, or with, at the last attempt, and returns it. */
export async function giveUp<Q extends Queue>(db: Database, queue: Q): Promise<RowIn[Q][]> {
  const { due, done } = columns[queue]
  const { rows } = await sql<RowIn[Q]>`
    update ${sql.table(queue)} set failed_at = now(), last_error = 'The worker ended at the last attempt without a word.', updated_at = now()
    where ${done} is null and failed_at is null and ${due} <= now() and attempts >= ${mostAttempts}
    returning *`.execute(db)
  return rows
}

/** Writes on what the worker holds, as long as nobody took it after it. */
async function write(db: Database, queue: Queue, { id, attempts }: Held, values: ReturnType<typeof sql>): Promise<boolean> {
  const { done } = columns[queue]
  const { numAffectedRows } = await sql`
    update ${sql.table(queue)} set ${values}, updated_at = now()
    where id = ${id} and attempts = ${attempts} and ${done} is null and failed_at is null`.execute(db)
  return numAffectedRows === 1n
}

function after(milliseconds: number) {
  return sql`now() + make_interval(secs => ${milliseconds / 1000})`
}
