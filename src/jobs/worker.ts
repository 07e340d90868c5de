import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, momentOf, systemClock } from '../clock.ts'
import { author } from '../domain/author.ts'
import { type CarriedOutKind, payloadOf, type Service, waitingReason } from '../domain/job-kinds.ts'
import { type Attempt, attempt } from './attempt.ts'
import { dueKinds, giveUp, type Held, type Job, take } from './queue.ts'
import { type Times, usualTimes } from './run.ts'
import { queueRecurring } from './schedule.ts'
import { works } from './table.ts'
import type { JobContext, JobLog, Work } from './work.ts'

/** `clock`: the machine's unless given. `times` that differ from the usual ones. */
export type WorkerParts = Omit<JobContext, 'act' | 'signal'> & { clock?: Clock; times?: Partial<Times> }

/** Carries out everything that is due now. */
export async function workOnce(parts: WorkerParts): Promise<void> {
  await queueWhatCameRound(parts)
  for (const kind of kindsFor(parts)) await workOn(parts, kind)
}

/**
 * Works until the signal; what is being carried out then is finished first. One job of each kind is in hand at a time, so that letters
 * which no one takes keep no payment waiting.
 */
export async function workUntil(parts: WorkerParts, signal: AbortSignal, idle = 1000): Promise<void> {
  const busy = new Map<CarriedOutKind, Promise<void>>()
  const noted = (error: unknown) => parts.log.error({ err: error }, 'the worker could not reach its work')
  const begin = async () => {
    await queueWhatCameRound(parts)
    for (const kind of await dueKinds(parts.db, kindsFor(parts))) {
      if (!busy.has(kind))
        busy.set(
          kind,
          workOn(parts, kind, signal)
            .catch(noted)
            .finally(() => busy.delete(kind)),
        )
    }
  }
  while (!signal.aborted) {
    await begin().catch(noted)
    await pause(idle, undefined, { signal }).catch(() => {})
  }
  await Promise.all(busy.values())
}

/** The kinds that can be carried out with what is connected. */
function kindsFor({ send }: WorkerParts): CarriedOutKind[] {
  const connected: Service[] = send === undefined ? [] : ['mail service']
  return (Object.keys(works) as CarriedOutKind[]).filter((kind) => waitingReason(kind, connected) === undefined)
}

function queueWhatCameRound({ db, clock = systemClock, config }: WorkerParts): Promise<void> {
  return queueRecurring(db, clock.now(), config.environment)
}

/** Carries out what is due of one kind, one job after the other. */
async function workOn(parts: WorkerParts, kind: CarriedOutKind, signal?: AbortSignal): Promise<void> {
  const { db, log } = parts
  const times = { ...usualTimes, ...parts.times }
  for (const held of await giveUp(db, kind)) tell(log, kind, held, { end: 'failed', error: new Error('the worker ended at the last attempt') })
  while (!signal?.aborted) {
    const job = await take(db, kind, times.lease)
    if (job === undefined) return
    tell(log, kind, job, await attempt(db, job, (stop) => carryOut(parts, kind, job, stop), times))
  }
}

async function carryOut<Kind extends CarriedOutKind>(parts: WorkerParts, kind: Kind, { payload }: Job, signal: AbortSignal): Promise<void> {
  const { clock = systemClock, ...context } = parts
  const work: Work<Kind> = works[kind]
  const act = { ...momentOf(clock), author: author.job(kind) }
  await work({ ...context, act, signal }, payloadOf(kind, payload))
}

/** A job that was given up must be looked at by a person. */
function tell(log: JobLog, kind: CarriedOutKind, { id }: Held, attempt: Attempt) {
  if (attempt.end === 'done') return
  const facts = { err: attempt.error, job: kind, id }
  if (attempt.end === 'failed') log.error({ alert: true, ...facts }, 'the job failed for good: see `npq job list --failed`')
  if (attempt.end === 'postponed') log.error(facts, 'the job will be tried again')
  if (attempt.end === 'lost') log.warn(facts, 'another worker has taken the job over')
}
