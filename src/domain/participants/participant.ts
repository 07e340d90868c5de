import { later } from '../../clock.ts'
import type { EnrolmentView, ParticipantView } from './records.ts'

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
