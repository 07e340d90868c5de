import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { done, type Verdict } from '../domain/rules.ts'
import { paymentKey } from '../domain/statements/authorise-payment.ts'

/** Jobs that are not finished, the newest first; with `failed` those alone that were given up. At most `limit`. */
export function unfinishedJobs(db: Database, { failed }: { failed: boolean }, limit: number) {
  let query = db
    .selectFrom('jobs')
    .select(['id', 'kind', 'payload', 'attempts', 'run_at', 'failed_at', 'last_error'])
    .where('finished_at', 'is', null)
  if (failed) query = query.where('failed_at', 'is not', null)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Lets a job that was given up be tried again from the first attempt on, as soon as a worker is free. */
export function retryJob(db: Database, id: number): Promise<Verdict> {
  return db.transaction().execute(async (trx) => {
    const job = await trx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!job) return refused(`There is no job ${id}.`)
    if (job.finished_at !== null) return refused(`Job ${id} is finished.`)
    if (job.failed_at === null) return refused(`Job ${id} has not failed: it is tried again by itself.`)
    const waiting = await trx
      .selectFrom('jobs')
      .select('id')
      .where('key', '=', job.key)
      .where('finished_at', 'is', null)
      .where('failed_at', 'is', null)
      .executeTakeFirst()
    if (waiting) return refused(`Job ${waiting.id} does the same, and waits already.`)
    await trx.updateTable('jobs').set({ failed_at: null, attempts: 0, run_at: sql`now()`, updated_at: sql`now()` }).where('id', '=', id).execute()
    return done
  })
}

function refused(detail: string): Verdict {
  return { refusals: [{ title: 'job', detail }] }
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
