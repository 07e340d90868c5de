import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, momentOf, systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { author } from '../domain/author.ts'
import { type WorkedKind, workedKinds } from '../domain/job-kinds.ts'
import { alertOperators } from './alert-operators.ts'
import { type Attempt, attempt } from './attempt.ts'
import { markStatementPaid } from './mark-statement-paid.ts'
import { markStatementsPayable } from './mark-statements-payable.ts'
import { sendOutputStatementNotice } from './output-statement-notice.ts'
import { giveUp, type Held, type Job, type Letter, take } from './queue.ts'
import { type Times, usualTimes } from './run.ts'
import { queueRecurring } from './schedule.ts'
import type { JobLog, Work } from './work.ts'

const works: Readonly<Record<WorkedKind, Work>> = {
  'alert operators': alertOperators,
  'mark statement paid': markStatementPaid,
  'mark statements payable': markStatementsPayable,
  'output statement notice': sendOutputStatementNotice,
}

/** Hands one letter to the mail service; throws where it does not take it. The signal is aborted when that has taken too long. */
export type SendMail = (letter: Letter, signal: AbortSignal) => Promise<void>

/** Without a way to send, letters wait. `clock`: the machine's unless given. `times` that differ from the usual ones. */
export type WorkerParts = {
  db: Database
  log: JobLog
  config: Pick<Config, 'environment' | 'contractsTeamEmail'>
  send: SendMail | undefined
  clock?: Clock
  times?: Partial<Times>
}

/** Carries out everything that is due now: jobs first, then letters. */
export async function workOnce(parts: WorkerParts): Promise<void> {
  await doJobs(parts)
  await sendLetters(parts)
}

/** Works until the signal; what is being carried out then is finished first. Letters that no one takes keep no payment waiting. */
export async function workUntil(parts: WorkerParts, signal: AbortSignal, idle = 1000): Promise<void> {
  const again = async (work: (parts: WorkerParts) => Promise<void>) => {
    while (!signal.aborted) {
      await work(parts).catch((error: unknown) => parts.log.error({ err: error }, 'the worker could not reach its work'))
      await pause(idle, undefined, { signal }).catch(() => {})
    }
  }
  await Promise.all([again(doJobs), again(sendLetters)])
}

async function doJobs(parts: WorkerParts): Promise<void> {
  const { db, log, config, clock = systemClock } = parts
  await queueRecurring(db, clock.now(), config.environment)
  for (const job of await giveUp(db, 'jobs')) tellOfJob(log, job, { end: 'failed', error: new Error('the worker ended at the last attempt') })
  const { lease } = timesOf(parts)
  const next = () => take(db, 'jobs', lease, workedKinds)
  for (let job = await next(); job; job = await next()) tellOfJob(log, job, await carryOut(parts, job))
}

function carryOut(parts: WorkerParts, job: Job): Promise<Attempt> {
  const { db, log, config, clock = systemClock } = parts
  const act = { ...momentOf(clock), author: author.job(job.kind) }
  const { contractsTeamEmail } = config
  const work = async (signal: AbortSignal) => works[job.kind]({ db, log, act, signal, contractsTeamEmail }, job.payload)
  return attempt(db, 'jobs', job, work, timesOf(parts))
}

async function sendLetters(parts: WorkerParts): Promise<void> {
  const { db, log, send } = parts
  if (send === undefined) return
  for (const letter of await giveUp(db, 'mails'))
    tellOfLetter(log, letter, { end: 'failed', error: new Error('the worker ended at the last attempt') })
  const times = timesOf(parts)
  const next = () => take(db, 'mails', times.lease)
  for (let letter = await next(); letter; letter = await next()) {
    const { template, recipient, personalisation } = letter
    const sending = (signal: AbortSignal) => send({ template, recipient, personalisation }, signal)
    tellOfLetter(log, letter, await attempt(db, 'mails', letter, sending, times))
  }
}

function timesOf({ times }: WorkerParts): Times {
  return { ...usualTimes, ...times }
}

/** A job that was given up must be looked at by a person. */
function tellOfJob(log: JobLog, { id, kind }: Job, attempt: Attempt) {
  if (attempt.end === 'done') return
  const facts = { err: attempt.error, job: kind, id }
  if (attempt.end === 'failed') log.error({ alert: true, ...facts }, 'the job failed for good: see `npq job list --failed`')
  if (attempt.end === 'postponed') log.error(facts, 'the job will be tried again')
  if (attempt.end === 'lost') log.warn(facts, 'another worker has taken the job over')
}

/** The log tells neither whom a letter is for nor what it says. */
function tellOfLetter(log: JobLog, { id, template }: Held & Letter, attempt: Attempt) {
  if (attempt.end === 'done') return
  const facts = { err: attempt.error, letter: template, id }
  if (attempt.end === 'failed') log.error({ alert: true, ...facts }, 'the letter failed for good')
  if (attempt.end === 'postponed') log.error(facts, 'the letter will be tried again')
  if (attempt.end === 'lost') log.warn(facts, 'another worker has taken the letter over')
}
