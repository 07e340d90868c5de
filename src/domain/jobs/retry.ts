import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { Act } from '../history.ts'
import { waitingReason } from '../job-kinds.ts'
import { done, type Verdict } from '../rules.ts'

/** Lets a job that was given up be tried again from the first attempt on, as soon as a worker is free. */
export function retryJob(db: Database, { id, author }: Act & { id: number }): Promise<Verdict> {
  return transact(db, async (trx) => {
    const job = await trx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!job) return refused(`There is no job ${id}.`)
    if (job.finished_at !== null) return refused(`Job ${id} is finished.`)
    const reason = waitingReason(job.kind)
    if (reason) return refused(`Job ${id} ${reason}.`)
    if (job.failed_at === null) return refused(`Job ${id} has not failed: it is tried again by itself.`)
    const waiting = await trx
      .selectFrom('jobs')
      .select('id')
      .where('key', '=', job.key)
      .where('finished_at', 'is', null)
      .where('failed_at', 'is', null)
      .executeTakeFirst()
    if (waiting) return refused(`Job ${waiting.id} does the same, and waits already.`)
    const again = { failed_at: null, attempts: 0, run_at: sql<Temporal.Instant>`now()`, updated_at: sql<Temporal.Instant>`now()`, retried_by: author }
    await trx.updateTable('jobs').set(again).where('id', '=', id).execute()
    return done
  })
}

function refused(detail: string): Verdict {
  return { refusals: [{ title: 'job', detail }] }
}
