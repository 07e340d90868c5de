import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { waitingReason } from '../job-kinds.ts'
import { done, type Verdict } from '../rules.ts'

/** Lets a job that was given up be tried again from the first attempt on, as soon as a worker is free. */
export function retryJob(db: Database, id: number): Promise<Verdict> {
  return db.transaction().execute(async (trx) => {
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
    await trx.updateTable('jobs').set({ failed_at: null, attempts: 0, run_at: sql`now()`, updated_at: sql`now()` }).where('id', '=', id).execute()
    return done
  })
}

function refused(detail: string): Verdict {
  return { refusals: [{ title: 'job', detail }] }
}
