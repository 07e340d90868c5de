import type { Kind } from './dataset.ts'
import { byId, cohort, held, idTwice, inOrder, provider, type Reference, type Step, stamps, taken, twice, unknownProviderIn } from './step.ts'

const course: Reference = { column: 'course_id', table: 'courses', on: 'course_id.identifier = r.course_identifier', given: 'course_identifier' }

export const peopleSteps = {
  user: {
    known: 'users t where t.public_id = r.id',
    indexes: ['id', 'lower(email)', 'uid'],
    references: [],
    checks: [
      idTwice,
      {
        fails: 'r.email is null and (r.archived_email is null or r.archived_at is null)',
        at: 'email',
        problem: 'is needed for everyone who is not archived',
      },
      { fails: "r.trn_verified and coalesce(r.trn, '') = ''", at: 'trn', problem: 'is needed where trn_verified is true' },
      twice('lower(@.email)', 'email', 'is the address of an earlier record too'),
      taken('users', 't.email = lower(r.email)', 'email', 'is the address of another person'),
      twice('@.uid', 'uid', 'is the uid of an earlier record too'),
      taken('users', 't.uid = r.uid', 'uid', 'is the uid of another person'),
    ],
    insert: [
      `insert into users (public_id, full_name, preferred_name, previous_names, email, trn, trn_verified, trn_auto_verified, trn_lookup_status,
         date_of_birth, provider, uid, archived_email, archived_at, significantly_updated_at, created_at, updated_at)
       select id, full_name, preferred_name, coalesce(previous_names, '{}'), lower(email), trn, coalesce(trn_verified, false), coalesce(trn_auto_verified, false),
         trn_lookup_status, date_of_birth, provider, uid, archived_email, archived_at,
         coalesce(significantly_updated_at, r.updated_at, r.created_at, now()), ${stamps}
       from resolved r ${inOrder} on conflict (public_id) do nothing`,
    ],
  },
  participant_id_change: {
    known:
      'participant_id_changes t where t.user_id = user_id.id and t.from_participant_id = r.from_participant_id and t.to_participant_id = r.to_participant_id',
    references: [byId('user_id', 'users', 'participant_id')],
    // a merge adds changes of the person whom it holds
    lock: 'select from users where id in (select user_id from resolved) order by id for no key update',
    checks: [
      twice('@.user_id, @.from_participant_id, @.to_participant_id', 'to_participant_id', 'repeats the change of an earlier record'),
      taken(
        'participant_id_changes',
        't.user_id = r.user_id and t.created_at > coalesce(r.created_at, now())',
        'created_at',
        'is before a change of the person that is there already: only what came later can be added',
      ),
    ],
    insert: [
      `insert into participant_id_changes (user_id, from_participant_id, to_participant_id, created_at, updated_at)
       select user_id, from_participant_id, to_participant_id, ${stamps} from resolved r ${inOrder}`,
    ],
  },
  application: {
    known: 'applications t where t.public_id = r.id',
    indexes: ['id', 'user_id'],
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
              where o.user_id = r.user_id and o.cohort_id = r.cohort_id and oc.family = c.family and o.number < r.number
                and o.lead_provider_approval_status = 'accepted' and o.training_status is distinct from 'withdrawn' and o.merged_from_user_id is null)
            or exists (select from applications t join courses c on c.id = r.course_id
              where t.user_id = r.user_id and t.cohort_id = r.cohort_id and t.course_family = c.family
                and t.lead_provider_approval_status = 'accepted' and t.training_status is distinct from 'withdrawn' and t.merged_from_user_id is null))`,
        at: 'lead_provider_approval_status',
        problem: 'cannot be accepted: the person has another accepted application for the course in the cohort',
      },
      unknownProviderIn('states'),
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
       from resolved r ${inOrder} on conflict (public_id) do nothing returning id, public_id`,
      `insert into application_states (application_id, lead_provider_id, state, reason, created_at, updated_at)
       select a.id, coalesce(p.id, a.lead_provider_id), s.state, s.reason, s.created_at, s.created_at
       from resolved r join inserted i on i.public_id = r.id join applications a on a.id = i.id
         ${held('states', 'state text, reason text, lead_provider text, created_at timestamptz')}
         left join provider_names p on p.name = lower(s.lead_provider)
       order by r.number, s.created_at, s.ordinality`,
    ],
  },
  legacy_passed_outcome: {
    known: 'legacy_passed_outcomes t where t.trn = r.trn and t.course_short_code = r.course_short_code and t.completion_date = r.completion_date',
    references: [],
    checks: [],
    insert: [
      `insert into legacy_passed_outcomes (trn, course_short_code, completion_date)
       select trn, course_short_code, completion_date from resolved r group by 1, 2, 3 order by min(number)`,
    ],
  },
} satisfies Partial<Record<Kind, Step>>
