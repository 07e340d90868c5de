import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { type WorkedKind, workedKinds } from '../domain/job-kinds.ts'
import { alertOperators } from './alert-operators.ts'
import { type SendMail, sendNextLetter } from './mail.ts'
import { markStatementPaid } from './mark-statement-paid.ts'
import { markStatementsPayable } from './mark-statements-payable.ts'
import { sendOutputStatementNotice } from './output-statement-notice.ts'
import { finishJob, giveUpJobs, type Job, postponeJob, takeJob } from './queue.ts'
import { longestRun, run } from './run.ts'
import { queueRecurring } from './schedule.ts'
import type { JobLog, Work } from './work.ts'

const works: Readonly<Record<WorkedKind, Work>> = {
  'alert operators': alertOperators,
  'mark statement paid': markStatementPaid,
  'mark statements payable': markStatementsPayable,
  'output statement notice': sendOutputStatementNotice,
}

/** Without a way to send, letters wait. `clock`: the machine's unless given. `longestRun` in milliseconds: what takes longer is stopped. */
export type WorkerParts = {
  db: Database
  log: JobLog
  config: Pick<Config, 'environment' | 'contractsTeamEmail'>
  send: SendMail | undefined
  clock?: Clock
  longestRun?: number
}

/** Carries out everything that is due now: jobs first, then letters. */
export async function workOnce(parts: WorkerParts): Promise<void> {
  const { db, log, config, send, clock = systemClock } = parts
  await queueRecurring(db, clock(), config.environment)
  for (const job of await giveUpJobs(db)) tellJobFailed(log, job, new Error('the worker ended at the last attempt'))
  const next = () => takeJob(db, workedKinds)
  for (let job = await next(); job; job = await next()) await carryOut(parts, job)
  if (send) await sendLetters(parts, send)
}

/** Works until the signal; what is being carried out then is finished first. */
export async function workUntil(parts: WorkerParts, signal: AbortSignal, idle = 1000): Promise<void> {
  while (!signal.aborted) {
    await workOnce(parts).catch((error: unknown) => parts.log.error({ err: error }, 'the worker could not reach its work'))
    await pause(idle, undefined, { signal }).catch(() => {})
  }
}

async function carryOut({ db, log, config, clock = systemClock, longestRun: longest = longestRun }: WorkerParts, job: Job): Promise<void> {
  const act = { now: clock(), author: `Background job: ${job.kind}` }
  const { contractsTeamEmail } = config
  try {
    await run(async (signal) => works[job.kind]({ db, log, act, signal, contractsTeamEmail }, job.payload), longest)
    await finishJob(db, job)
  } catch (error) {
    const end = await postponeJob(db, job, error)
    if (end === 'failed') tellJobFailed(log, job, error)
    else log.error({ err: error, job: job.kind, id: job.id }, 'the job will be tried again')
  }
}

/** Sends what is due. The log tells neither whom a letter is for nor what it says. */
async function sendLetters({ db, log, longestRun: longest = longestRun }: WorkerParts, send: SendMail): Promise<void> {
  const next = () => sendNextLetter(db, send, longest)
  for (let sent = await next(); sent; sent = await next()) {
    const { id, template, error, end } = sent
    if (end === 'failed') log.error({ alert: true, err: error, letter: template, id }, 'the letter failed for good')
    if (end === 'postponed') log.error({ err: error, letter: template, id }, 'the letter will be tried again')
  }
}

/** A job that was given up must be looked at by a person. */
function tellJobFailed(log: JobLog, { id, kind }: Job, error: unknown) {
  log.error({ alert: true, err: error, job: kind, id }, 'the job failed for good: see `npq job list --failed`')
}
