import type { Kind } from './dataset.ts'
import { asThere, cohort, idTwice, provider, type Step, taken, twice } from './step.ts'

const allowedTypes = "coalesce(r.allowed_declaration_types, '{started,retained-1,retained-2,completed}')"

export const referenceSteps = {
  lead_provider: {
    known: 'lead_providers t where t.public_id = r.id',
    indexes: ['id'],
    references: [],
    differences: [asThere('name')],
    checks: [
      idTwice,
      twice('lower(@.name)', 'name', 'is the name of an earlier record too'),
      taken('lead_providers', 'lower(t.name) = lower(r.name)', 'name', 'is the name of another provider'),
    ],
    insert: [
      'insert into lead_providers (public_id, name, hint) select id, name, hint from resolved order by number on conflict (public_id) do nothing',
    ],
  },
  token: {
    known: 'api_tokens t where t.hashed_token = r.token',
    references: [provider],
    checks: [twice('@.token', 'token', 'is the token of an earlier record too')],
    insert: [
      `insert into api_tokens (hashed_token, label, issued_by, scope, lead_provider_id)
       select token, label, current_setting('npq.author'), case when lead_provider_id is null then 'teacher_record_service' else 'lead_provider' end, lead_provider_id
       from resolved order by number on conflict (hashed_token) do nothing`,
    ],
  },
  cohort: {
    known: 'cohorts t where t.start_year = r.start_year and t.suffix = r.suffix',
    references: [],
    differences: [asThere('description'), asThere('funding'), asThere('registration_start_date')],
    checks: [
      { fails: "r.suffix !~ '^[a-z]$'", at: 'suffix', problem: 'must be one lower-case letter' },
      { fails: 'r.start_year not between 2021 and 2029', at: 'start_year', problem: 'must be from 2021 to 2029' },
      { fails: 'char_length(r.description) not between 5 and 50', at: 'description', problem: 'must have 5 to 50 characters' },
      {
        fails: "extract(year from r.registration_start_date at time zone 'UTC') <> r.start_year",
        at: 'registration_start_date',
        problem: 'must lie in the start year',
      },
      twice('@.start_year, @.suffix', 'suffix', 'repeats the cohort of an earlier record'),
      twice('lower(@.description)', 'description', 'is the description of an earlier record too'),
      taken('cohorts', 'lower(t.description) = lower(r.description)', 'description', 'is the description of another cohort'),
    ],
    insert: [
      `insert into cohorts (start_year, suffix, description, funding, registration_start_date)
       select start_year, suffix, description, funding, registration_start_date from resolved order by number on conflict (start_year, suffix) do nothing`,
    ],
  },
  schedule: {
    known: 'schedules t where t.identifier = r.identifier and t.cohort_id = cohort_id.id',
    references: [cohort, { column: 'course_group_id', table: 'course_groups', on: 'course_group_id.name = r.course_group', given: 'course_group' }],
    differences: [
      asThere('course_group', '(select name from course_groups where id = t.course_group_id)'),
      ...['name', 'applies_from', 'applies_to', 'policy_descriptor', 'acceptance_window_start', 'acceptance_window_end'].map((at) => asThere(at)),
      {
        at: 'allowed_declaration_types',
        differs: `not (${allowedTypes} @> t.allowed_declaration_types and ${allowedTypes} <@ t.allowed_declaration_types)`,
        there: "array_to_string(t.allowed_declaration_types, ', ')",
      },
    ],
    checks: [
      twice('@.cohort, @.identifier', 'identifier', 'repeats the schedule of an earlier record'),
      { fails: 'r.applies_to < r.applies_from', at: 'applies_to', problem: 'must not be before applies_from' },
    ],
    insert: [
      `insert into schedules (cohort_id, course_group_id, identifier, name, applies_from, applies_to, allowed_declaration_types, policy_descriptor,
         acceptance_window_start, acceptance_window_end)
       select cohort_id, course_group_id, identifier, name, applies_from, applies_to,
         ${allowedTypes}, policy_descriptor, acceptance_window_start, acceptance_window_end
       from resolved r order by number on conflict (identifier, cohort_id) do nothing`,
    ],
  },
  school: {
    known: 'schools t where t.urn = r.urn',
    references: [],
    checks: [twice('@.urn', 'urn', 'is the urn of an earlier record too')],
    insert: [
      `insert into schools (urn, name, ukprn, establishment_type_code, phase_name, la_code, number_of_pupils, last_changed_date)
       select urn, name, ukprn, establishment_type_code, coalesce(phase_name, 'Not applicable'), la_code, number_of_pupils, last_changed_date
       from resolved order by number on conflict (urn) do nothing`,
    ],
  },
  private_childcare_provider: {
    known: 'private_childcare_providers t where t.provider_urn = r.provider_urn',
    references: [],
    checks: [twice('@.provider_urn', 'provider_urn', 'is the provider_urn of an earlier record too')],
    insert: [
      `insert into private_childcare_providers (provider_urn, provider_name, disabled_at)
       select provider_urn, provider_name, disabled_at from resolved order by number on conflict (provider_urn) do nothing`,
    ],
  },
  itt_provider: {
    known: 'itt_providers t where t.legal_name = r.legal_name',
    references: [],
    checks: [twice('@.legal_name', 'legal_name', 'is the legal_name of an earlier record too')],
    insert: [
      `insert into itt_providers (legal_name, operating_name, approved, removed_at, disabled_at)
       select legal_name, operating_name, coalesce(approved, true), removed_at, disabled_at from resolved order by number on conflict (legal_name) do nothing`,
    ],
  },
} satisfies Partial<Record<Kind, Step>>
