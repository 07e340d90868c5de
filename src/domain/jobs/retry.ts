import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { refusal } from '../answer.ts'
import type { Act } from '../history.ts'
import { waitingReason } from '../job-kinds.ts'
import { done, type Verdict } from '../rules.ts'
import { findWaiting, lockJob, startAgain } from './records.ts'

/** Lets a job that was given up be tried again from the first attempt on, as soon as a worker is free. */
export function retryJob(db: Database, { id, author }: Act & { id: number }): Promise<Verdict> {
  return transact(db, async (trx) => {
    const job = await lockJob(trx, id)
    if (!job) return refusal('job_unknown', 'job', `There is no job ${id}.`)
    if (job.finished_at !== null) return refusal('job_finished', 'job', `Job ${id} is finished.`)
    const reason = waitingReason(job.kind)
    if (reason) return refusal('job_not_to_retry', 'job', `Job ${id} ${reason}.`)
    if (job.failed_at === null) return refusal('job_not_failed', 'job', `Job ${id} has not failed: it is tried again by itself.`)
    const waiting = await findWaiting(trx, job)
    if (waiting) return refusal('job_waits_already', 'job', `Job ${waiting.id} does the same, and waits already.`)
    await startAgain(trx, job, author)
    return done
  })
}
