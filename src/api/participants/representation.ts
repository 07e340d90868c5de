import { Type } from 'typebox'
import { type InstantText, wireInstant } from '../../clock.ts'
import { pause, shownUpdatedAt } from '../../domain/participants/participant.ts'
import type { EnrolmentView, IdChangeView, ParticipantView } from '../../domain/participants/records.ts'
import { courseIdentifiers, deferralReasons, scheduleIdentifiers, trainingStatuses, withdrawalReasons } from '../../words.ts'
import { exampleIds, exampleMoments } from '../examples.ts'
import { Choice, DateTime, Flag, is, listed, Nullable, represent, representPart, shownBy, Text, Uuid } from '../representation.ts'

const inV1 = shownBy({ v1: true, v2: false, v3: false })
const inV2 = shownBy({ v1: false, v2: true, v3: false })
const fromV2 = shownBy({ v1: false, v2: true, v3: true })
const fromV3 = shownBy({ v1: false, v2: false, v3: true })

const idChange = representPart<IdChangeView>({
  from_participant_id: is(Uuid, (c) => c.from_participant_id, 'The id that is no longer in use.', '23dd8d66-e11f-4139-9001-86b4f9abcb02'),
  to_participant_id: is(Uuid, (c) => c.to_participant_id, 'The id to use instead.', exampleIds.participant),
  changed_at: is(DateTime, (c) => wireInstant(c.created_at), 'When the id changed.', '2026-09-21T14:00:00Z'),
})

const fundedPlace = representPart<EnrolmentView>({
  npq_course: is(Choice(courseIdentifiers), (e) => e.course_identifier, 'The course.', 'npq-headship'),
  funded_place: is(Nullable(Flag), (e) => e.funded_place, 'Whether the place is funded; null where places are not limited.', true),
  npq_application_id: is(Uuid, (e) => e.public_id, 'The id of the application.', exampleIds.application),
})

export const enrolment = representPart<EnrolmentView>({
  email: fromV3(
    is(
      Nullable(Text),
      (e) => e.email,
      'Email address of the participant; null once another person uses it.',
      'isabelle.macdonald@moorland-primary.example',
    ),
  ),
  course_identifier: is(Choice(courseIdentifiers), (e) => e.course_identifier, 'The course.', 'npq-headship'),
  schedule_identifier: is(
    Nullable(Choice(scheduleIdentifiers)),
    (e) => e.schedule_identifier,
    'The schedule of the training.',
    'npq-leadership-autumn',
  ),
  cohort: is(
    Nullable(Text),
    (e) => (e.cohort_start_year === null ? null : String(e.cohort_start_year)),
    'The year in which the cohort starts, such as 2026.',
    '2026',
  ),
  cohort_suffix: fromV3(is(Nullable(Text), (e) => e.cohort_suffix, 'Tells the cohorts of one year apart: a, b and so on.', 'b')),
  npq_application_id: is(Uuid, (e) => e.public_id, 'The id of the application.', exampleIds.application),
  eligible_for_funding: is(Flag, (e) => e.eligible_for_funding, 'Whether the application is eligible for funding.', true),
  // whoever was accepted before training had a status is in training
  training_status: is(Choice(trainingStatuses), (e) => e.training_status ?? 'active', 'Where the training stands.', 'active'),
  school_urn: is(Nullable(Text), (e) => e.school_urn, 'URN of the school where the participant works.', '106286'),
  targeted_delivery_funding_eligibility: is(
    Flag,
    (e) => e.targeted_delivery_funding_eligibility ?? false,
    'Whether the participant qualifies for targeted delivery funding.',
    false,
  ),
  withdrawal: fromV3(
    is(Nullable(pauseSchema(withdrawalReasons)), (e) => wirePause(e, 'withdrawn'), 'Why and since when the participant is withdrawn.', null),
  ),
  deferral: fromV3(is(Nullable(pauseSchema(deferralReasons)), (e) => wirePause(e, 'deferred'), 'Why and since when the training is deferred.', null)),
  created_at: fromV3(
    is(Nullable(DateTime), (e) => e.accepted_at && wireInstant(e.accepted_at), 'When the application was accepted.', exampleMoments.accepted),
  ),
  funded_place: is(Nullable(Flag), (e) => e.funded_place, 'Whether the place is funded; null where places are not limited.', true),
})

export const participant = represent<ParticipantView>(
  'npq-participant',
  {
    participant_id: inV1(is(Uuid, (p) => p.public_id, 'The id of the participant.', exampleIds.participant)),
    email: inV2(emailField()),
    full_name: is(Text, (p) => p.full_name, 'Full name.', 'Isabelle MacDonald'),
    previous_names: fromV3(is(Type.Array(Text), (p) => p.previous_names, 'Names that the participant had before.', ['Isabelle Marchetti'])),
  },
  {
    email: inV1(emailField()),
    npq_courses: inV1(
      is(Type.Array(Choice(courseIdentifiers)), (p) => p.enrolments.map((e) => e.course_identifier), 'The courses of accepted applications.', [
        'npq-headship',
      ]),
    ),
    funded_places: inV1(listed(fundedPlace, (p) => p.enrolments, 'Whether their places are funded.')),
    teacher_reference_number: is(
      Nullable(Text),
      (p) => (p.trn_verified ? p.trn : null),
      'Teacher reference number (TRN); null until it is validated.',
      '1234567',
    ),
    updated_at: is(
      DateTime,
      (p) => wireInstant(shownUpdatedAt(p)),
      'When the participant, an application or an id of theirs last changed.',
      exampleMoments.accepted,
    ),
    npq_enrolments: fromV2(listed(enrolment, (p) => p.enrolments, 'Your accepted applications of the participant, in the order of their making.')),
    participant_id_changes: fromV3(listed(idChange, (p) => p.id_changes, 'Ids that the participant had before, newest first.')),
  },
)

type IdChange = Pick<IdChangeView, 'from_participant_id' | 'to_participant_id'> & { created_at: InstantText | Temporal.Instant }

export const exampleIdChange: IdChange = {
  from_participant_id: '23dd8d66-e11f-4139-9001-86b4f9abcb02',
  to_participant_id: exampleIds.participant,
  created_at: Temporal.Instant.from('2026-09-21T14:00:00Z'),
}

/** A change of id as the wire has it. */
export function wireIdChange(change: IdChange) {
  const { from_participant_id, to_participant_id, created_at } = change
  return { from_participant_id, to_participant_id, changed_at: wireInstant(created_at) }
}

function emailField() {
  return is<ParticipantView, ReturnType<typeof Nullable<typeof Text>>>(
    Nullable(Text),
    (p) => p.email,
    'Email address; null once another person uses it.',
    'isabelle.macdonald@moorland-primary.example',
  )
}

function pauseSchema(reasons: readonly string[]) {
  const reason = { ...Nullable(Choice(reasons)), description: 'The reason that was given.' }
  return Type.Object({ reason, date: { ...DateTime, description: 'Since when.' } })
}

function wirePause(e: EnrolmentView, status: 'deferred' | 'withdrawn') {
  const found = pause(e, status)
  return found && { reason: found.reason, date: wireInstant(found.date) }
}
