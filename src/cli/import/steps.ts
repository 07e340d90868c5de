import type { Kind } from './dataset.ts'

/** A row of another table that a record refers to. `given`: the member that refers; `on`: SQL over `r` (the record) and the alias. */
type Reference = { column: string; table: string; on: string; given: string }
/** What must not be: SQL that is true of a faulty row of `resolved r`. */
type Check = { fails: string; at: string; problem: string }
/** How one kind is loaded from `resolved`, the records of the kind with their references. */
export type Step = { references: Reference[]; checks: Check[]; insert: string[] }

const provider: Reference = {
  column: 'lead_provider_id',
  table: 'provider_names',
  on: 'lead_provider_id.name = lower(r.lead_provider)',
  given: 'lead_provider',
}
const cohort: Reference = { column: 'cohort_id', table: 'cohorts', on: 'cohort_id.identifier = r.cohort', given: 'cohort' }
const course: Reference = { column: 'course_id', table: 'courses', on: 'course_id.identifier = r.course_identifier', given: 'course_identifier' }
const byId = (column: string, table: string, given: string): Reference => ({ column, table, on: `${column}.public_id = r.${given}`, given })

const stamps = 'coalesce(r.created_at, now()), coalesce(r.updated_at, r.created_at, now())'
const twice = (members: string, at: string, problem: string): Check => ({
  fails: `exists (select from resolved o where (${qualified('o', members)}) = (${qualified('r', members)}) and o.number < r.number)`,
  at,
  problem,
})
const taken = (table: string, condition: string, at: string, problem: string): Check => ({
  fails: `exists (select from ${table} t where ${condition})`,
  at,
  problem,
})
const idTwice = twice('id', 'id', 'is the id of an earlier record too')

export const steps: Record<Kind, Step> = {
  lead_provider: {
    references: [],
    checks: [
      idTwice,
      twice('name', 'name', 'is the name of an earlier record too'),
      taken('lead_providers', 't.name = r.name and t.public_id <> r.id', 'name', 'is the name of another provider'),
    ],
    insert: ['insert into lead_providers (public_id, name, hint) select id, name, hint from resolved on conflict (public_id) do nothing'],
  },
  token: {
    references: [provider],
    checks: [],
    insert: [
      `insert into api_tokens (hashed_token, label, issued_by, scope, lead_provider_id)
       select token, label, 'Command import', case when lead_provider_id is null then 'teacher_record_service' else 'lead_provider' end, lead_provider_id
       from resolved on conflict (hashed_token) do nothing`,
    ],
  },
  cohort: {
    references: [],
    checks: [
      { fails: "r.suffix !~ '^[a-z]$'", at: 'suffix', problem: 'must be one lower-case letter' },
      { fails: 'r.start_year not between 2021 and 2029', at: 'start_year', problem: 'must be from 2021 to 2029' },
      { fails: 'char_length(r.description) not between 5 and 50', at: 'description', problem: 'must have 5 to 50 characters' },
      {
        fails: "extract(year from r.registration_start_date at time zone 'UTC') <> r.start_year",
        at: 'registration_start_date',
        problem: 'must lie in the start year',
      },
      twice('start_year, suffix', 'suffix', 'repeats the cohort of an earlier record'),
      taken(
        'cohorts',
        'lower(t.description) = lower(r.description) and (t.start_year, t.suffix) <> (r.start_year, r.suffix)',
        'description',
        'is the description of another cohort',
      ),
    ],
    insert: [
      `insert into cohorts (start_year, suffix, description, funding, registration_start_date)
       select start_year, suffix, description, funding, registration_start_date from resolved on conflict (start_year, suffix) do nothing`,
    ],
  },
  schedule: {
    references: [cohort, { column: 'course_group_id', table: 'course_groups', on: 'course_group_id.name = r.course_group', given: 'course_group' }],
    checks: [
      twice('cohort, identifier', 'identifier', 'repeats the schedule of an earlier record'),
      { fails: 'r.applies_to < r.applies_from', at: 'applies_to', problem: 'must not be before applies_from' },
    ],
    insert: [
      `insert into schedules (cohort_id, course_group_id, identifier, name, applies_from, applies_to, allowed_declaration_types, policy_descriptor,
         acceptance_window_start, acceptance_window_end)
       select cohort_id, course_group_id, identifier, name, applies_from, applies_to,
         coalesce(allowed_declaration_types, '{started,retained-1,retained-2,completed}'), policy_descriptor, acceptance_window_start, acceptance_window_end
       from resolved on conflict (identifier, cohort_id) do nothing`,
    ],
  },
  school: {
    references: [],
    checks: [],
    insert: [
      `insert into schools (urn, name, ukprn, establishment_type_code, phase_name, la_code, number_of_pupils, last_changed_date)
       select urn, name, ukprn, establishment_type_code, coalesce(phase_name, 'Not applicable'), la_code, number_of_pupils, last_changed_date
       from resolved on conflict (urn) do nothing`,
    ],
  },
  private_childcare_provider: {
    references: [],
    checks: [],
    insert: [
      `insert into private_childcare_providers (provider_urn, provider_name, disabled_at)
       select provider_urn, provider_name, disabled_at from resolved on conflict (provider_urn) do nothing`,
    ],
  },
  itt_provider: {
    references: [],
    checks: [],
    insert: [
      `insert into itt_providers (legal_name, operating_name, approved, removed_at, disabled_at)
       select legal_name, operating_name, coalesce(approved, true), removed_at, disabled_at from resolved on conflict (legal_name) do nothing`,
    ],
  },
  user: {
    references: [],
    checks: [
      idTwice,
      {
        fails: 'r.email is null and (r.archived_email is null or r.archived_at is null)',
        at: 'email',
        problem: 'is needed for everyone who is not archived',
      },
      { fails: "r.trn_verified and coalesce(r.trn, '') = ''", at: 'trn', problem: 'is needed where trn_verified is true' },
      {
        fails: 'r.email is not null and exists (select from resolved o where lower(o.email) = lower(r.email) and o.number < r.number)',
        at: 'email',
        problem: 'is the address of an earlier record too',
      },
      taken('users', 't.email = lower(r.email) and t.public_id <> r.id', 'email', 'is the address of another person'),
      {
        fails: 'exists (select from resolved o where o.uid = r.uid and o.number < r.number)',
        at: 'uid',
        problem: 'is the uid of an earlier record too',
      },
      taken('users', 't.uid = r.uid and t.public_id <> r.id', 'uid', 'is the uid of another person'),
    ],
    insert: [
      `insert into users (public_id, full_name, preferred_name, previous_names, email, trn, trn_verified, trn_auto_verified, trn_lookup_status,
         date_of_birth, provider, uid, archived_email, archived_at, significantly_updated_at, created_at, updated_at)
       select id, full_name, preferred_name, coalesce(previous_names, '{}'), lower(email), trn, coalesce(trn_verified, false), coalesce(trn_auto_verified, false),
         trn_lookup_status, date_of_birth, provider, uid, archived_email, archived_at,
         coalesce(significantly_updated_at, r.updated_at, r.created_at, now()), ${stamps}
       from resolved r order by r.created_at on conflict (public_id) do nothing`,
    ],
  },
  participant_id_change: {
    references: [byId('user_id', 'users', 'participant_id')],
    checks: [],
    insert: [
      `insert into participant_id_changes (user_id, from_participant_id, to_participant_id, created_at, updated_at)
       select user_id, from_participant_id, to_participant_id, ${stamps} from resolved r
       where not exists (select from participant_id_changes t
         where (t.user_id, t.from_participant_id, t.to_participant_id) = (r.user_id, r.from_participant_id, r.to_participant_id))`,
    ],
  },
  application: {
    references: [
      byId('user_id', 'users', 'participant_id'),
      byId('merged_from_user_id', 'users', 'merged_from_participant_id'),
      course,
      provider,
      cohort,
      {
        column: 'schedule_id',
        table: 'schedules',
        on: 'schedule_id.identifier = r.schedule_identifier and schedule_id.cohort_id = cohort_id.id',
        given: 'schedule_identifier',
      },
      { column: 'school_id', table: 'schools', on: 'school_id.urn = r.school_urn', given: 'school_urn' },
      {
        column: 'private_childcare_provider_id',
        table: 'private_childcare_providers',
        on: 'private_childcare_provider_id.provider_urn = r.private_childcare_provider_urn',
        given: 'private_childcare_provider_urn',
      },
      { column: 'itt_provider_id', table: 'itt_providers', on: 'itt_provider_id.legal_name = r.itt_provider', given: 'itt_provider' },
    ],
    checks: [
      idTwice,
      {
        fails: `r.lead_provider_approval_status = 'accepted' and r.training_status is distinct from 'withdrawn' and r.merged_from_user_id is null
          and (exists (select from resolved o join courses oc on oc.id = o.course_id join courses c on c.id = r.course_id
              where o.user_id = r.user_id and o.cohort_id = r.cohort_id and oc.family = c.family and o.number < r.number and o.id <> r.id
                and o.lead_provider_approval_status = 'accepted' and o.training_status is distinct from 'withdrawn' and o.merged_from_user_id is null)
            or exists (select from applications t join courses c on c.id = r.course_id
              where t.user_id = r.user_id and t.cohort_id = r.cohort_id and t.course_family = c.family and t.public_id <> r.id
                and t.lead_provider_approval_status = 'accepted' and t.training_status is distinct from 'withdrawn' and t.merged_from_user_id is null))`,
        at: 'lead_provider_approval_status',
        problem: 'cannot be accepted: the person has another accepted application for the course in the cohort',
      },
    ],
    insert: [
      `insert into applications (public_id, user_id, merged_from_user_id, course_id, lead_provider_id, cohort_id, schedule_id, school_id,
         private_childcare_provider_id, itt_provider_id, lead_provider_approval_status, reason_for_rejection, accepted_at, training_status,
         eligible_for_funding, funding_eligibility_status_code, funded_place, funding_choice, headteacher_status, employment_type, employer_name,
         employment_role, kind_of_nursery, work_setting, works_in_school, works_in_childcare, ukprn, teacher_catchment, teacher_catchment_country,
         teacher_catchment_iso_country_code, lead_mentor, targeted_delivery_funding_eligibility, primary_establishment, number_of_pupils,
         referred_by_return_to_teaching_adviser, senco_in_role, senco_start_date, on_submission_trn, review_status, notes, created_at, updated_at)
       select id, user_id, merged_from_user_id, course_id, lead_provider_id, cohort_id, schedule_id, school_id,
         private_childcare_provider_id, itt_provider_id, lead_provider_approval_status, reason_for_rejection, accepted_at, training_status,
         coalesce(eligible_for_funding, false), funding_eligibility_status_code, funded_place, funding_choice, headteacher_status, employment_type,
         employer_name, employment_role, kind_of_nursery, work_setting, works_in_school, works_in_childcare, ukprn, teacher_catchment,
         teacher_catchment_country, teacher_catchment_iso_country_code, coalesce(lead_mentor, false), coalesce(targeted_delivery_funding_eligibility, false),
         coalesce(primary_establishment, false), coalesce(number_of_pupils, 0), referred_by_return_to_teaching_adviser, senco_in_role, senco_start_date,
         on_submission_trn, review_status, notes, ${stamps}
       from resolved r order by r.created_at on conflict (public_id) do nothing returning id, public_id`,
      `insert into application_states (application_id, lead_provider_id, state, reason, created_at, updated_at)
       select a.id, coalesce(p.id, a.lead_provider_id), s.state, s.reason, s.created_at, s.created_at
       from resolved r join inserted i on i.public_id = r.id join applications a on a.id = i.id
         cross join lateral jsonb_to_recordset(r.states) as s(state text, reason text, lead_provider text, created_at timestamptz)
         left join provider_names p on p.name = lower(s.lead_provider)
       order by r.number, s.created_at`,
    ],
  },
  legacy_passed_outcome: {
    references: [],
    checks: [],
    insert: [
      `insert into legacy_passed_outcomes (trn, course_short_code, completion_date)
       select distinct trn, course_short_code, completion_date from resolved r where not exists (select from legacy_passed_outcomes t
         where (t.trn, t.course_short_code, t.completion_date) = (r.trn, r.course_short_code, r.completion_date))`,
    ],
  },
  delivery_partner: {
    references: [],
    checks: [
      idTwice,
      taken('delivery_partners', 'lower(t.name) = lower(r.name) and t.public_id <> r.id', 'name', 'is the name of another delivery partner'),
      {
        fails: 'exists (select from resolved o where lower(o.name) = lower(r.name) and o.number < r.number)',
        at: 'name',
        problem: 'is the name of an earlier record too',
      },
      {
        fails: `exists (select from jsonb_to_recordset(r.partnerships) as s(lead_provider text, cohort text)
          where not exists (select from provider_names p where p.name = lower(s.lead_provider)) or not exists (select from cohorts c where c.identifier = s.cohort))`,
        at: 'partnerships',
        problem: 'name a lead provider or a cohort that does not exist',
      },
    ],
    insert: [
      `insert into delivery_partners (public_id, name, created_at, updated_at) select id, name, ${stamps} from resolved r on conflict (public_id) do nothing`,
      `insert into delivery_partnerships (delivery_partner_id, lead_provider_id, cohort_id)
       select d.id, p.id, c.id from resolved r join delivery_partners d on d.public_id = r.id
         cross join lateral jsonb_to_recordset(r.partnerships) as s(lead_provider text, cohort text)
         join provider_names p on p.name = lower(s.lead_provider) join cohorts c on c.identifier = s.cohort
       on conflict do nothing`,
    ],
  },
  statement: {
    references: [provider, cohort],
    checks: [
      idTwice,
      twice('lead_provider_id, cohort_id, year, month', 'month', 'repeats the provider, cohort and month of an earlier record'),
      { fails: 'r.year not between 2020 and 2050', at: 'year', problem: 'must be from 2020 to 2050' },
      { fails: 'r.month not between 1 and 12', at: 'month', problem: 'must be from 1 to 12' },
      { fails: 'r.payment_date < r.deadline_date', at: 'payment_date', problem: 'must not be before deadline_date' },
      taken(
        'statements',
        't.lead_provider_id = r.lead_provider_id and t.cohort_id = r.cohort_id and t.year = r.year and t.month = r.month and t.public_id <> r.id',
        'month',
        'is the month of another statement of the provider and cohort',
      ),
    ],
    insert: [
      `insert into statements (public_id, lead_provider_id, cohort_id, year, month, deadline_date, payment_date, output_fee, reconcile_amount, state,
         marked_as_paid_at, created_at, updated_at)
       select id, lead_provider_id, cohort_id, year, month, deadline_date, payment_date, coalesce(output_fee, true), reconcile_amount,
         coalesce(state, 'open'), marked_as_paid_at, ${stamps}
       from resolved r on conflict (public_id) do nothing returning id, public_id`,
      ...contracts(),
      `insert into adjustments (statement_id, description, amount)
       select i.id, s.description, s.amount from resolved r join inserted i on i.public_id = r.id
         cross join lateral jsonb_to_recordset(r.adjustments) as s(description text, amount numeric)`,
    ],
  },
  declaration: {
    references: [
      byId('application_row', 'applications', 'application_id'),
      provider,
      cohort,
      byId('partner', 'delivery_partners', 'delivery_partner_id'),
      byId('secondary_partner', 'delivery_partners', 'secondary_delivery_partner_id'),
    ],
    checks: [
      idTwice,
      {
        fails: `r.superseded_by_id is not null and not exists (select from resolved o where o.id = r.superseded_by_id)
          and not exists (select from declarations t where t.public_id = r.superseded_by_id)`,
        at: 'superseded_by_id',
        problem: 'refers to a declaration that does not exist',
      },
      {
        fails: `r.state in ('submitted', 'eligible', 'payable', 'paid') and (exists (select from resolved o where o.application_id = r.application_id
            and o.declaration_type = r.declaration_type and o.number < r.number and o.id <> r.id and o.state in ('submitted', 'eligible', 'payable', 'paid'))
          or exists (select from declarations t where t.application_id = r.application_row and t.declaration_type = r.declaration_type
            and t.public_id <> r.id and t.state in ('submitted', 'eligible', 'payable', 'paid')))`,
        at: 'state',
        problem: 'makes a second live declaration of its type on the application',
      },
      {
        fails: `exists (select from jsonb_to_recordset(r.items) as s(statement_id uuid)
          where not exists (select from statements t where t.public_id = s.statement_id))`,
        at: 'items',
        problem: 'name a statement that does not exist',
      },
    ],
    insert: [
      `insert into declarations (public_id, application_id, lead_provider_id, cohort_id, declaration_type, declaration_date, state, state_reason,
         delivery_partner_id, secondary_delivery_partner_id, created_at, updated_at)
       select id, application_row, lead_provider_id, cohort_id, declaration_type, declaration_date, state, state_reason, partner, secondary_partner, ${stamps}
       from resolved r order by r.created_at on conflict (public_id) do nothing returning id, public_id`,
      `update declarations d set superseded_by_id = original.id from resolved r join inserted i on i.public_id = r.id
         join declarations original on original.public_id = r.superseded_by_id where d.id = i.id`,
      `insert into statement_items (statement_id, declaration_id, state, created_at, updated_at)
       select t.id, i.id, s.state, coalesce(s.created_at, now()), coalesce(s.created_at, now()) from resolved r join inserted i on i.public_id = r.id
         cross join lateral jsonb_to_recordset(r.items) as s(statement_id uuid, state text, created_at timestamptz)
         join statements t on t.public_id = s.statement_id`,
      `insert into outcomes (public_id, declaration_id, state, completion_date, created_at, updated_at)
       select s.id, i.id, s.state, s.completion_date, s.created_at, s.created_at from resolved r join inserted i on i.public_id = r.id
         cross join lateral jsonb_to_recordset(r.outcomes) as s(id uuid, state text, completion_date date, created_at timestamptz)
       order by r.number, s.created_at`,
    ],
  },
}

function contracts(): string[] {
  const terms =
    'recruitment_target, per_participant, number_of_payment_periods, output_payment_percentage, service_fee_percentage, service_fee_installments, monthly_service_fee, targeted_delivery_funding_per_participant, special_course'
  const from = `resolved r join inserted i on i.public_id = r.id
     cross join lateral jsonb_to_recordset(r.contracts) as s(course_identifier text, recruitment_target integer, per_participant numeric,
       number_of_payment_periods integer, output_payment_percentage integer, service_fee_percentage integer, service_fee_installments integer,
       monthly_service_fee numeric, targeted_delivery_funding_per_participant numeric, special_course boolean)`
  const values = qualified('s', terms).replace('s.special_course', 'coalesce(s.special_course, false)')
  return [
    `insert into contract_templates (${terms}) select distinct ${values} from ${from}
     where not exists (select from contract_templates t where (${qualified('t', terms)}) is not distinct from (${values}))`,
    `insert into contracts (statement_id, course_id, contract_template_id)
     select i.id, c.id, (select min(t.id) from contract_templates t where (${qualified('t', terms)}) is not distinct from (${values}))
     from ${from} join courses c on c.identifier = s.course_identifier`,
  ]
}

function qualified(alias: string, members: string): string {
  return members
    .split(', ')
    .map((member) => `${alias}.${member}`)
    .join(', ')
}
