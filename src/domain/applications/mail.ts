import type { Transacting } from '../../db/connect.ts'
import type { MailTemplate } from '../outbox.ts'
import type { Application } from './application.ts'

/** The letter to a participant about an application. */
export async function mailAbout(
  trx: Transacting,
  template: MailTemplate,
  application: Pick<Application, 'public_id' | 'course_id' | 'lead_provider_id'>,
  user: { email: string | null; full_name: string },
) {
  const { provider, course } = await trx
    .selectFrom('lead_providers')
    .innerJoin('courses', (join) => join.on('courses.id', '=', application.course_id))
    .select(['lead_providers.name as provider', 'courses.name as course'])
    .where('lead_providers.id', '=', application.lead_provider_id)
    .executeTakeFirstOrThrow()
  return {
    template,
    to: user.email,
    personalisation: { full_name: user.full_name, provider_name: provider, course_name: course, ecf_id: application.public_id },
  }
}
