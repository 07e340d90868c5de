import { wireInstant } from '../../clock.ts'
import type { OutcomeView } from '../../domain/outcomes/records.ts'
import { outcomeCourseIdentifiers, outcomeStates } from '../../words.ts'
import { exampleIds, exampleMoments } from '../examples.ts'
import { Choice, DateTime, is, represent, shownBy, Text, Uuid } from '../representation.ts'

const fromV3 = shownBy({ v1: false, v2: false, v3: true })

export const outcome = represent<OutcomeView>('participant-outcome', {
  state: is(Choice(outcomeStates), (o) => o.state, 'Whether the participant passed; voided once the completed declaration is.'),
  // a date in the clothes of a moment, with an offset where others have a Z
  completion_date: is(
    Text,
    (o) => `${o.completion_date}T00:00:00+00:00`,
    'The date of the assessment’s outcome, at midnight.',
    '2026-10-12T00:00:00+00:00',
  ),
  course_identifier: is<OutcomeView, typeof Text>(
    { ...Choice(outcomeCourseIdentifiers) },
    (o) => o.course_identifier,
    'The course that the participant completed.',
    'npq-leading-literacy',
  ),
  participant_id: is(Uuid, (o) => o.participant_id, 'The id of the participant.', exampleIds.participant),
  created_at: is(DateTime, (o) => wireInstant(o.created_at), 'When the outcome was recorded.', exampleMoments.declared),
  updated_at: fromV3(is(DateTime, (o) => wireInstant(o.updated_at), 'When the outcome last changed.', exampleMoments.declared)),
})
