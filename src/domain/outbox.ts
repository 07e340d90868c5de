import type { Database, Transacting } from '../db/connect.ts'
import type { JobKind, Payload } from './job-kinds.ts'

/** A job that waits is not queued again under its `key`, and what has an `occasion` is queued once for it, whatever became of it. */
export type Queued = { [Kind in JobKind]: { kind: Kind; payload: Payload<Kind> } }[JobKind] & { key?: string; occasion?: string }

/** Queues a job in the caller's transaction; it runs after commit, at least once. */
export function queueJob(trx: Transacting, job: Queued): Promise<void> {
  return queueJobs(trx, [job])
}

/** Queues jobs at once, in the caller's transaction where there is one. */
export async function queueJobs(db: Database, jobs: readonly Queued[]): Promise<void> {
  if (jobs.length === 0) return
  await db
    .insertInto('jobs')
    .values(jobs.map(({ payload, ...job }) => ({ ...job, payload: JSON.stringify(payload) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes back the job that waits under a key: what it was to do is done. */
export async function takeBackJob(trx: Transacting, key: string): Promise<void> {
  await trx.deleteFrom('jobs').where('key', '=', key).where('finished_at', 'is', null).execute()
}

export type MailTemplate = Payload<'send letter'>['template']
type Mail = { template: MailTemplate; to: string | null; personalisation: Record<string, string>; occasion?: string }

/** Queues a letter in the caller's transaction; it is sent after commit. Nobody without an address gets one. */
export async function queueMail(trx: Transacting, { to, template, personalisation, ...once }: Mail): Promise<void> {
  if (to === null) return
  await queueJob(trx, { kind: 'send letter', payload: { template, recipient: to, personalisation }, ...once })
}
