import type { Transacting } from '../db/connect.ts'
import type { Kind } from './job-kinds.ts'

/** The letters that are sent; each is a template of the mail service. */
export type MailTemplate =
  | 'application submitted'
  | 'application accepted'
  | 'application rejected'
  | 'deferred'
  | 'resumed'
  | 'withdrawn'
  | 'eligible for funding'
  | 'outcome passed'
  | 'outcome failed'
  | 'TRN allocated'
  | 'output statement notice'

/** Queues a letter in the caller's transaction; it is sent after commit. Nobody without an address gets one; an occasion has one letter. */
export async function queueMail(
  trx: Transacting,
  mail: { template: MailTemplate; to: string | null; personalisation: Record<string, string>; occasion?: string },
): Promise<void> {
  if (mail.to === null) return
  await trx
    .insertInto('mails')
    .values({
      template: mail.template,
      recipient: mail.to,
      personalisation: JSON.stringify(mail.personalisation),
      occasion: mail.occasion ?? null,
    })
    .onConflict((conflict) => conflict.column('occasion').doNothing())
    .execute()
}

/** Queues a job in the caller's transaction; it runs after commit, at least once. A job with a key waits only once. */
export async function queueJob(trx: Transacting, job: { kind: Kind; payload: Record<string, unknown>; key?: string }): Promise<void> {
  await trx
    .insertInto('jobs')
    .values({ kind: job.kind, payload: JSON.stringify(job.payload), key: job.key ?? null })
    .onConflict((conflict) => conflict.column('key').where('finished_at', 'is', null).where('failed_at', 'is', null).doNothing())
    .execute()
}
