import { type MailTemplate, queueMail } from '../outbox.ts'
import type { LockedApplication, Setting } from './records.ts'

/** Queues a letter to a participant about an application. */
export function queueLetter({ trx, application, user }: LockedApplication, { provider, course }: Setting, template: MailTemplate): Promise<void> {
  return queueMail(trx, {
    template,
    to: user.email,
    personalisation: { full_name: user.full_name, provider_name: provider.name, course_name: course.name, ecf_id: application.public_id },
  })
}
