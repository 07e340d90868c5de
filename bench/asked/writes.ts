import type pg from 'pg'
import { freshCohort } from '../dataset/scale.ts'
import type { Call } from '../gauge/load.ts'

/** A record to write to: the texts that tell it from others, by name, so that recorded statements can be pointed at another. */
export type Target = Record<string, string>

/** Something that is written, to a record of its own each time. */
export type Write = { noun: string; targets: Target[]; call: (target: Target) => Call }

/** POST declaration and accept, with all records of the provider to which each can be done, in the order of no column. */
export async function writes(db: pg.Client, provider: number): Promise<Write[]> {
  const applications = (status: string, more: string) =>
    db.query<Target>(
      `select applications.id::text, applications.public_id::text, applications.eligible_for_funding::text,
         users.id::text as user_id, users.public_id::text as participant_id, users.trn,
         courses.identifier as course
       from applications
       join users on users.id = applications.user_id
       join courses on courses.id = applications.course_id
       join course_groups on course_groups.id = courses.course_group_id
       join cohorts on cohorts.id = applications.cohort_id
       where applications.lead_provider_id = $1 and cohorts.identifier = $2 and lead_provider_approval_status = $3
         and eligible_for_funding and users.trn is not null and course_groups.name = 'leadership' ${more}
       order by md5(applications.public_id::text)`,
      [provider, freshCohort, status],
    )
  const pending = await applications('pending', '')
  // of people with one accepted application, so that each write finds as much
  const accepted = await applications(
    'accepted',
    `and not exists (select from applications other where other.user_id = users.id and other.id <> applications.id
       and other.lead_provider_approval_status = 'accepted')`,
  )
  const partner = await db.query<{ id: string }>(
    `select public_id::text as id from delivery_partners where id in (select delivery_partner_id from delivery_partnerships
       join cohorts on cohorts.id = cohort_id where lead_provider_id = $1 and identifier = $2) order by id limit 1`,
    [provider, freshCohort],
  )
  return [
    {
      noun: 'declarations',
      targets: accepted.rows,
      call: ({ participant_id, course }) => ({
        method: 'POST',
        path: '/api/v3/participant-declarations',
        body: attributes('participant-declaration', {
          participant_id,
          declaration_type: 'started',
          declaration_date: '2026-10-15T09:00:00Z',
          course_identifier: course,
          delivery_partner_id: partner.rows[0]?.id,
        }),
      }),
    },
    {
      noun: 'accept',
      targets: pending.rows,
      call: ({ public_id }) => ({
        method: 'POST',
        path: `/api/v3/npq-applications/${public_id}/accept`,
        body: attributes('npq-application-accept', { funded_place: true, schedule_identifier: 'npq-leadership-autumn' }),
      }),
    },
  ]
}

function attributes(type: string, given: Record<string, unknown>) {
  return { data: { type, attributes: given } }
}
