import { type InstantText, later } from '../../clock.ts'
import type { EnrolmentView, ParticipantView } from './records.ts'

/** When the participant last changed. With a filter only what it left over counts (03 sections 4.1, 5.1). */
export function shownUpdatedAt(participant: ParticipantView): InstantText | Temporal.Instant {
  const { narrowed, significantly_updated_at, changed_at, enrolments, id_changes } = participant
  if (!narrowed) return changed_at
  const moments = [significantly_updated_at, ...[...enrolments, ...id_changes].map(({ updated_at }) => updated_at)]
  return moments.map((text) => Temporal.Instant.from(text)).reduce(later)
}

/** Why and since when the training is deferred or withdrawn; null while it is not, or where another provider recorded it. */
export function pause(enrolment: EnrolmentView, status: 'deferred' | 'withdrawn'): { reason: string | null; date: InstantText } | null {
  if (enrolment.training_status !== status || enrolment.state_date === null) return null
  return { reason: enrolment.state_reason, date: enrolment.state_date }
}
