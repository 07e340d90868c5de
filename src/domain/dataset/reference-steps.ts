import { sql } from 'kysely'
import type { Kind } from './dataset.ts'
import { asThere, cohort, into, provider, type Reference, type Rows, type Step, same } from './step.ts'

const leadProviders: Rows = { table: 'lead_providers', row: { public_id: sql`record.id`, ...same('record', 'name', 'hint') } }
const tokens: Rows = {
  table: 'api_tokens',
  row: {
    hashed_token: sql`record.token`,
    issued_by: sql`current_setting('npq.author')`,
    scope: sql`case when record.lead_provider_id is null then 'teacher_record_service' else 'lead_provider' end`,
    ...same('record', 'label', 'lead_provider_id'),
  },
}
const cohorts: Rows = {
  table: 'cohorts',
  row: same('record', 'start_year', 'suffix', 'description', 'funding', 'registration_start_date'),
}
const allowedTypes = sql`coalesce(record.allowed_declaration_types, '{started,retained-1,retained-2,completed}')`
const datesOfSchedule = ['applies_from', 'applies_to', 'policy_descriptor', 'acceptance_window_start', 'acceptance_window_end'] as const
const schedules: Rows = {
  table: 'schedules',
  row: {
    allowed_declaration_types: allowedTypes,
    ...same('record', 'cohort_id', 'course_group_id', 'identifier', 'name', ...datesOfSchedule),
  },
}
const courseGroup: Reference = {
  column: 'course_group_id',
  table: sql.table('course_groups'),
  on: sql`there.name = record.course_group`,
  given: 'course_group',
}
const schools: Rows = {
  table: 'schools',
  row: {
    phase_name: sql`coalesce(record.phase_name, 'Not applicable')`,
    ...same('record', 'urn', 'name', 'ukprn', 'establishment_type_code', 'la_code', 'number_of_pupils', 'last_changed_date'),
  },
}
const nurseries: Rows = { table: 'private_childcare_providers', row: same('record', 'provider_urn', 'provider_name', 'disabled_at') }
const ittProviders: Rows = {
  table: 'itt_providers',
  row: { approved: sql`coalesce(record.approved, true)`, ...same('record', 'legal_name', 'operating_name', 'removed_at', 'disabled_at') },
}

export const referenceSteps = {
  lead_provider: {
    table: 'lead_providers',
    known: sql`there.public_id = record.id`,
    differences: [asThere('name')],
    rows: [leadProviders],
    checks: [
      {
        fails: sql`exists (select from records as earlier where lower(earlier.name) = lower(record.name) and earlier.number < record.number)`,
        at: 'name',
        problem: 'is the name of an earlier record too',
      },
      {
        fails: sql`exists (select from lead_providers as there where lower(there.name) = lower(record.name))`,
        at: 'name',
        problem: 'is the name of another provider',
      },
    ],
    insert: [into('lead_provider', leadProviders, { known: sql`public_id` })],
  },
  token: {
    table: 'api_tokens',
    known: sql`there.hashed_token = record.token`,
    references: [provider],
    rows: [tokens],
    insert: [into('token', tokens, { known: sql`hashed_token` })],
  },
  cohort: {
    table: 'cohorts',
    known: sql`there.start_year = record.start_year and there.suffix = record.suffix`,
    differences: [asThere('description'), asThere('funding'), asThere('registration_start_date')],
    rows: [cohorts],
    insert: [into('cohort', cohorts, { known: sql`start_year, suffix` })],
  },
  schedule: {
    table: 'schedules',
    known: sql`there.identifier = record.identifier and there.cohort_id = cohort_id.id`,
    references: [cohort, courseGroup],
    differences: [
      asThere('course_group', sql`(select name from course_groups where id = there.course_group_id)`),
      asThere('name'),
      ...datesOfSchedule.map((at) => asThere(at)),
      {
        at: 'allowed_declaration_types',
        differs: sql`not (${allowedTypes} @> there.allowed_declaration_types and ${allowedTypes} <@ there.allowed_declaration_types)`,
        there: sql`array_to_string(there.allowed_declaration_types, ', ')`,
      },
    ],
    rows: [schedules],
    insert: [into('schedule', schedules, { known: sql`identifier, cohort_id` })],
  },
  school: {
    table: 'schools',
    known: sql`there.urn = record.urn`,
    rows: [schools],
    insert: [into('school', schools, { known: sql`urn` })],
  },
  private_childcare_provider: {
    table: 'private_childcare_providers',
    known: sql`there.provider_urn = record.provider_urn`,
    rows: [nurseries],
    insert: [into('private_childcare_provider', nurseries, { known: sql`provider_urn` })],
  },
  itt_provider: {
    table: 'itt_providers',
    known: sql`there.legal_name = record.legal_name`,
    rows: [ittProviders],
    insert: [into('itt_provider', ittProviders, { known: sql`legal_name` })],
  },
} satisfies Partial<Record<Kind, Step>>
