import { sql } from 'kysely'
import type { Kind } from './dataset.ts'
import {
  byId,
  cohort,
  into,
  intoById,
  provider,
  providers,
  type Reference,
  type Rows,
  type Step,
  same,
  stamps,
  twice,
  unknownProviderIn,
} from './step.ts'

const users: Rows = {
  table: 'users',
  row: {
    public_id: sql`record.id`,
    previous_names: sql`coalesce(record.previous_names, '{}')`,
    email: sql`lower(record.email)`,
    trn_verified: sql`coalesce(record.trn_verified, false)`,
    trn_auto_verified: sql`coalesce(record.trn_auto_verified, false)`,
    significantly_updated_at: sql`coalesce(record.significantly_updated_at, record.updated_at, record.created_at, now())`,
    ...same('record', 'full_name', 'preferred_name', 'trn', 'trn_lookup_status', 'date_of_birth', 'provider', 'uid', 'archived_email', 'archived_at'),
    ...stamps,
  },
}
const idChanges: Rows = {
  table: 'participant_id_changes',
  row: { ...same('record', 'user_id', 'from_participant_id', 'to_participant_id'), ...stamps },
}
const applications: Rows = {
  table: 'applications',
  row: {
    public_id: sql`record.id`,
    course_family: sql`(select family from courses where id = record.course_id)`,
    eligible_for_funding: sql`coalesce(record.eligible_for_funding, false)`,
    lead_mentor: sql`coalesce(record.lead_mentor, false)`,
    targeted_delivery_funding_eligibility: sql`coalesce(record.targeted_delivery_funding_eligibility, false)`,
    primary_establishment: sql`coalesce(record.primary_establishment, false)`,
    number_of_pupils: sql`coalesce(record.number_of_pupils, 0)`,
    ...same('record', 'user_id', 'merged_from_user_id', 'course_id', 'lead_provider_id', 'cohort_id', 'schedule_id'),
    ...same('record', 'school_id', 'private_childcare_provider_id', 'itt_provider_id'),
    ...same('record', 'lead_provider_approval_status', 'reason_for_rejection', 'accepted_at', 'training_status'),
    ...same('record', 'funding_eligibility_status_code', 'funded_place', 'funding_choice', 'headteacher_status'),
    ...same('record', 'employment_type', 'employer_name', 'employment_role', 'kind_of_nursery', 'work_setting'),
    ...same('record', 'works_in_school', 'works_in_childcare', 'ukprn'),
    ...same('record', 'teacher_catchment', 'teacher_catchment_country', 'teacher_catchment_iso_country_code'),
    ...same('record', 'referred_by_return_to_teaching_adviser', 'senco_in_role', 'senco_start_date'),
    ...same('record', 'on_submission_trn', 'review_status', 'notes'),
    ...stamps,
  },
}
const states: Rows = {
  table: 'application_states',
  each: 'states',
  joins: sql`left join ${providers} as there on there.name = lower(held.lead_provider)`,
  row: {
    application_id: sql`added.id`,
    lead_provider_id: sql`coalesce(there.id, record.lead_provider_id)`,
    ...same('held', 'state', 'reason', 'created_at'),
    updated_at: sql`held.created_at`,
  },
}
const legacyOutcomes: Rows = {
  table: 'legacy_passed_outcomes',
  // the register may say the same twice
  joins: sql`where not exists (select from records as earlier where earlier.number < record.number
    and (earlier.trn, earlier.course_short_code, earlier.completion_date) = (record.trn, record.course_short_code, record.completion_date))`,
  row: same('record', 'trn', 'course_short_code', 'completion_date'),
}

const course: Reference = {
  column: 'course_id',
  table: sql.table('courses'),
  on: sql`there.identifier = record.course_identifier`,
  given: 'course_identifier',
}
const schedule: Reference = {
  column: 'schedule_id',
  table: sql.table('schedules'),
  on: sql`there.identifier = record.schedule_identifier and there.cohort_id = cohort_id.id`,
  given: 'schedule_identifier',
}
const workplaces: Reference[] = [
  { column: 'school_id', table: sql.table('schools'), on: sql`there.urn = record.school_urn`, given: 'school_urn' },
  {
    column: 'private_childcare_provider_id',
    table: sql.table('private_childcare_providers'),
    on: sql`there.provider_urn = record.private_childcare_provider_urn`,
    given: 'private_childcare_provider_urn',
  },
  { column: 'itt_provider_id', table: sql.table('itt_providers'), on: sql`there.legal_name = record.itt_provider`, given: 'itt_provider' },
]

export const peopleSteps = {
  user: {
    table: 'users',
    known: sql`there.public_id = record.id`,
    rows: [users],
    insert: [into('user', users, { known: sql`public_id` })],
  },
  participant_id_change: {
    table: 'participant_id_changes',
    known: sql`there.user_id = user_id.id and there.from_participant_id = record.from_participant_id
      and there.to_participant_id = record.to_participant_id`,
    references: [byId('user_id', 'users', 'participant_id')],
    // a merge adds changes of the person whom it holds
    lock: sql`select from users where id in (select user_id from records) order by id for no key update`,
    rows: [idChanges],
    checks: [
      twice(['user_id', 'from_participant_id', 'to_participant_id'], 'to_participant_id', 'repeats the change of an earlier record'),
      {
        fails: sql`exists (select from participant_id_changes as there
          where there.user_id = record.user_id and there.created_at > coalesce(record.created_at, now()))`,
        at: 'created_at',
        problem: 'is before a change of the person that is there already: only what came later can be added',
      },
    ],
    insert: [into('participant_id_change', idChanges)],
  },
  application: {
    table: 'applications',
    known: sql`there.public_id = record.id`,
    references: [
      byId('user_id', 'users', 'participant_id'),
      byId('merged_from_user_id', 'users', 'merged_from_participant_id'),
      course,
      provider,
      cohort,
      schedule,
      ...workplaces,
    ],
    rows: [applications],
    checks: [unknownProviderIn('states')],
    insert: [intoById('application', applications), into('application', states, { order: sql`record.number, held.created_at, held.ordinality` })],
  },
  legacy_passed_outcome: {
    table: 'legacy_passed_outcomes',
    known: sql`there.trn = record.trn and there.course_short_code = record.course_short_code and there.completion_date = record.completion_date`,
    rows: [legacyOutcomes],
    insert: [into('legacy_passed_outcome', legacyOutcomes)],
  },
} satisfies Partial<Record<Kind, Step>>
