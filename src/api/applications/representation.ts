import { wireInstant } from '../../clock.ts'
import { eligibleForFunding, ineligibleForFundingReason, inUkCatchment } from '../../domain/applications/application.ts'
import type { ApplicationView } from '../../domain/applications/records.ts'
import {
  approvalStatuses,
  courseIdentifiers,
  fundingChoices,
  headteacherStatuses,
  rejectionReasons,
  scheduleIdentifiers,
  sencoAnswers,
} from '../../words.ts'
import { exampleIds, exampleMoments } from '../examples.ts'
import { Choice, DateTime, Flag, is, Nullable, PlainDate, represent, shownBy, Text, Uuid } from '../representation.ts'

const untilV2 = shownBy({ v1: true, v2: true, v3: false })
const fromV3 = shownBy({ v1: false, v2: false, v3: true })

export const application = represent<ApplicationView>('npq_application', {
  course_identifier: is(Choice(courseIdentifiers), (a) => a.course_identifier, 'The course that the participant applied for.', 'npq-headship'),
  email: is(
    Nullable(Text),
    (a) => a.email,
    'Email address of the participant; null for a person whose record was archived.',
    'isabelle.macdonald@moorland-primary.example',
  ),
  email_validated: is(Flag, () => true, 'Whether the email address was checked. Always true.', true),
  employer_name: is(
    Nullable(Text),
    (a) => a.employer_name,
    'Employer, as the applicant wrote it, where the workplace is no school or nursery.',
    null,
  ),
  employment_role: is(Nullable(Text), (a) => a.employment_role, 'The applicant’s role there, as written.', null),
  full_name: is(Text, (a) => a.full_name, 'Full name of the participant.', 'Isabelle MacDonald'),
  funding_choice: is(Nullable(Choice(fundingChoices)), (a) => a.funding_choice, 'How the participant said the course would be paid for.', null),
  headteacher_status: is(
    Nullable(Choice(headteacherStatuses)),
    (a) => a.headteacher_status,
    'Whether, and for how long, the participant has been a headteacher.',
    'yes_in_first_two_years',
  ),
  ineligible_for_funding_reason: is(
    Nullable(Choice(['previously-funded', 'establishment-ineligible'])),
    ineligibleForFundingReason,
    'Why the participant is not eligible for funding.',
    null,
  ),
  participant_id: is(Uuid, (a) => a.participant_id, 'The participant’s id, the same in every application of the person.', exampleIds.participant),
  private_childcare_provider_urn: is(
    Nullable(Text),
    (a) => a.private_childcare_provider_urn,
    'URN of the private childcare provider where the participant works.',
    null,
  ),
  teacher_reference_number: [
    untilV2(is(Nullable(Text), (a) => a.trn, 'Teacher reference number (TRN), validated or not.', '1234567')),
    fromV3(is(Nullable(Text), (a) => (a.trn_verified ? a.trn : null), 'Teacher reference number (TRN); null until it is validated.', '1234567')),
  ],
  teacher_reference_number_validated: is(Flag, (a) => a.trn_verified, 'Whether the TRN was matched to the person.', true),
  school_urn: is(Nullable(Text), (a) => a.school_urn, 'URN of the school where the participant works.', '106286'),
  school_ukprn: is(Nullable(Text), (a) => a.ukprn, 'UK provider reference number (UKPRN) of the workplace.', '10079319'),
  status: is(
    Nullable(Choice(approvalStatuses)),
    (a) => a.lead_provider_approval_status,
    'Where the application stands with its provider.',
    'accepted',
  ),
  reason_for_rejection: is(Nullable(Choice(rejectionReasons)), (a) => a.reason_for_rejection, 'Why the application was rejected.', null),
  works_in_school: is(Nullable(Flag), (a) => a.works_in_school, 'Whether the participant works in a school.', true),
  cohort: is(
    Nullable(Text),
    (a) => (a.cohort_start_year === null ? null : String(a.cohort_start_year)),
    'The year in which the application’s cohort starts, such as 2026.',
    '2026',
  ),
  cohort_suffix: fromV3(is(Nullable(Text), (a) => a.cohort_suffix, 'Tells the cohorts of one year apart: a, b and so on.', 'b')),
  eligible_for_funding: is(Flag, eligibleForFunding, 'Whether the participant’s place can be funded.', true),
  targeted_delivery_funding_eligibility: is(
    Nullable(Flag),
    (a) => a.targeted_delivery_funding_eligibility,
    'Whether the participant qualifies for targeted delivery funding.',
    false,
  ),
  teacher_catchment: is(Nullable(Flag), inUkCatchment, 'Whether the participant works in the United Kingdom or the Crown dependencies.', true),
  teacher_catchment_country: is(
    Nullable(Text),
    (a) => a.teacher_catchment_country,
    'The country where the participant works.',
    'United Kingdom of Great Britain and Northern Ireland',
  ),
  teacher_catchment_iso_country_code: is(
    Nullable(Text),
    (a) => a.teacher_catchment_iso_country_code,
    'The same country by its three-letter ISO 3166 code.',
    'GBR',
  ),
  itt_provider: is(Nullable(Text), (a) => a.itt_provider, 'Legal name of the initial teacher training provider, for lead mentors.', null),
  lead_mentor: is(Nullable(Flag), (a) => a.lead_mentor, 'Whether the participant is a lead mentor for a teacher training provider.', false),
  funded_place: is(
    Nullable(Flag),
    (a) => a.funded_place,
    'Whether the place is funded; set when an application is accepted in a cohort with limited places.',
    true,
  ),
  created_at: is(DateTime, (a) => wireInstant(a.created_at), 'When the application was made.', exampleMoments.applied),
  updated_at: is(DateTime, (a) => wireInstant(a.shown_updated_at), 'When the application or its participant last changed.', exampleMoments.accepted),
  schedule_identifier: fromV3(
    is(Nullable(Choice(scheduleIdentifiers)), (a) => a.schedule_identifier, 'The schedule of an accepted application.', 'npq-leadership-autumn'),
  ),
  works_as_senco: fromV3(
    is(
      Nullable(Choice(sencoAnswers)),
      (a) => a.senco_in_role,
      'Whether the participant is, or plans to be, a special educational needs co-ordinator.',
      null,
    ),
  ),
  senco_start_date: fromV3(
    is(Nullable(PlainDate), (a) => a.senco_start_date?.toString() ?? null, 'When the participant became one: the first of a month.', null),
  ),
})
