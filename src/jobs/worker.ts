import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { alertOperators } from './alert-operators.ts'
import { type SendMail, sendNextLetter } from './mail.ts'
import { markStatementPaid } from './mark-statement-paid.ts'
import { markStatementsPayable } from './mark-statements-payable.ts'
import { finishJob, type Job, postponeJob, takeJob } from './queue.ts'
import { queueDaily } from './schedule.ts'
import type { JobLog, Work } from './work.ts'

const works: Readonly<Record<string, Work>> = {
  'alert operators': alertOperators,
  'mark statement paid': markStatementPaid,
  'mark statements payable': markStatementsPayable,
}

/** Without a way to send, letters wait. */
export type WorkerParts = { db: Database; log: JobLog; send: SendMail | undefined }

/** Carries out everything that is due now: jobs first, then letters. */
export async function workOnce(parts: WorkerParts): Promise<void> {
  await queueDaily(parts.db, systemClock())
  const next = () => takeJob(parts.db, Object.keys(works))
  for (let job = await next(); job; job = await next()) await carryOut(parts, job)
  if (parts.send) while (await sendNextLetter(parts.db, parts.send));
}

/** Works until the signal; what is being carried out then is finished first. */
export async function workUntil(parts: WorkerParts, signal: AbortSignal, idle = 1000): Promise<void> {
  while (!signal.aborted) {
    await workOnce(parts).catch((error: unknown) => parts.log.error({ err: error }, 'the worker could not reach its work'))
    await pause(idle, undefined, { signal }).catch(() => {})
  }
}

async function carryOut({ db, log }: WorkerParts, job: Job): Promise<void> {
  const work = works[job.kind]
  try {
    await work?.({ db, log, act: { now: systemClock(), author: `Background job: ${job.kind}` } }, job.payload)
    await finishJob(db, job)
  } catch (error) {
    const end = await postponeJob(db, job, error instanceof Error ? error.message : String(error))
    log.error({ err: error, job: job.kind, id: job.id }, `the job ${end === 'failed' ? 'failed for good' : 'will be tried again'}`)
  }
}
