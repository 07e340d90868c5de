import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import type { Locked } from '../locked.ts'
import { paymentKey } from '../statements/statement.ts'

/** Jobs that are not finished, the newest first, of one kind where it is named; with `failed` those alone that were given up. At most `limit`. */
export function unfinishedJobs(db: Database, { failed, kind }: { failed: boolean; kind?: string }, limit: number) {
  let query = described(db).where('finished_at', 'is', null)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (failed) query = query.where('failed_at', 'is not', null)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** One job, in the form of the list. */
export function findJob(db: Database, id: number) {
  return described(db).where('id', '=', id).execute()
}

type Job = RowOf<'jobs'>
export type LockedJob = Locked<Job, 'job'>

export async function lockJob(trx: Transacting, id: number): Promise<LockedJob | undefined> {
  return (await trx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) as LockedJob | undefined
}

/** A job of the same key that waits, or is tried again. */
export function findWaiting(db: Database, { key }: Pick<Job, 'key'>): Promise<Pick<Job, 'id'> | undefined> {
  return db.selectFrom('jobs').select('id').where('key', '=', key).where('finished_at', 'is', null).where('failed_at', 'is', null).executeTakeFirst()
}

/** Lets a job begin again with its first attempt, at once. */
export async function startAgain(trx: Transacting, { id }: LockedJob, author: string): Promise<void> {
  const now = sql<Temporal.Instant>`now()`
  await trx.updateTable('jobs').set({ failed_at: null, attempts: 0, run_at: now, updated_at: now, retried_by: author }).where('id', '=', id).execute()
}

/** What is told of a job; of a letter neither whom it is for nor what it says. */
function described(db: Database) {
  const told = sql<unknown>`payload - array['recipient', 'personalisation']`.as('payload')
  return db.selectFrom('jobs').select(['id', 'kind', told, 'attempts', 'run_at', 'failed_at', 'last_error'])
}

/** The job that was to pay a statement, where it was given up and nothing has paid since. */
export function failedPayment(db: Database, statementId: number) {
  return db
    .selectFrom('jobs')
    .select(['id', 'last_error'])
    .where('key', '=', paymentKey(statementId))
    .where('failed_at', 'is not', null)
    .where('finished_at', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst()
}
