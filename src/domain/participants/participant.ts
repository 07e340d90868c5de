import { later } from '../../clock.ts'
import type { RowOf } from '../../db/schema.ts'
import type { CourseIdentifier, ScheduleIdentifier, TrainingStatus } from '../../words.ts'

/** A person as one provider sees them: with their accepted applications there, and the ids that they had before. */
export type ParticipantView = Pick<
  RowOf<'users'>,
  'public_id' | 'full_name' | 'previous_names' | 'email' | 'trn' | 'trn_verified' | 'significantly_updated_at'
> & {
  /** the latest change of the person, of any of their applications at any provider and of any of their id changes */
  changed_at: Temporal.Instant
  enrolments: EnrolmentView[]
  /** newest first */
  id_changes: IdChangeView[]
  /** a filter left out some of the enrolments or id changes */
  narrowed: boolean
}

/** An accepted application with the provider that looks at it. */
export type EnrolmentView = Pick<
  RowOf<'applications'>,
  'public_id' | 'eligible_for_funding' | 'targeted_delivery_funding_eligibility' | 'funded_place' | 'accepted_at' | 'updated_at'
> & {
  email: string | null
  course_identifier: CourseIdentifier
  schedule_identifier: ScheduleIdentifier | null
  cohort_start_year: number | null
  cohort_suffix: string | null
  school_urn: string | null
  training_status: TrainingStatus | null
  /** the newest state of the training that this provider recorded, where it is the present one and no longer active */
  state_reason: string | null
  state_date: Temporal.Instant | null
}

export type IdChangeView = Pick<RowOf<'participant_id_changes'>, 'from_participant_id' | 'to_participant_id' | 'created_at' | 'updated_at'>

/** When the participant last changed. With a filter only what it left over counts (03 sections 4.1, 5.1). */
export function shownUpdatedAt(participant: ParticipantView): Temporal.Instant {
  const { narrowed, significantly_updated_at, changed_at, enrolments, id_changes } = participant
  if (!narrowed) return changed_at
  return [...enrolments, ...id_changes].reduce((latest, { updated_at }) => later(latest, updated_at), significantly_updated_at)
}

/** Why and since when the training is deferred or withdrawn; null while it is not, or where another provider recorded it. */
export function pause(enrolment: EnrolmentView, status: 'deferred' | 'withdrawn'): { reason: string | null; date: Temporal.Instant } | null {
  if (enrolment.training_status !== status || enrolment.state_date === null) return null
  return { reason: enrolment.state_reason, date: enrolment.state_date }
}
