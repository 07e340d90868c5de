import { type OutcomeCourseIdentifier, outcomeCourseIdentifiers } from '../../words.ts'
import { refuseReplacedId } from '../participants/replaced-id.ts'
import { type Rules, refuse } from '../rules.ts'

export type ReportOutcomeFacts = {
  participantId: string
  idChange: { to_participant_id: string } | undefined
  courseIdentifier: string | undefined
  state: string | undefined
  dateSent: boolean
  /** undefined where what was sent is no date */
  date: Temporal.PlainDate | undefined
  today: Temporal.PlainDate
  /** there is a completed declaration that can take the outcome */
  completed: boolean
  /** the provider has an accepted application of the person */
  visible: boolean
}

const reportable = ['passed', 'failed'] as const

/** A state that a provider can report; an outcome is voided with its declaration. */
export function isReportable(state: string | undefined): state is (typeof reportable)[number] {
  return reportable.some((known) => known === state)
}

function takesOutcomes(course: string | undefined): course is OutcomeCourseIdentifier {
  return outcomeCourseIdentifiers.some((known) => known === course)
}

export const reportOutcomeRules: Rules<ReportOutcomeFacts> = [
  refuseReplacedId(),
  refuse(
    'course_without_outcomes',
    ({ courseIdentifier }) => !takesOutcomes(courseIdentifier),
    'course_identifier',
    'The #/course_identifier is not one of a course that the participant can pass. See the API documentation for the course identifiers.',
  ),
  refuse(
    'course_identifier_missing',
    ({ courseIdentifier }) => courseIdentifier === undefined,
    'course_identifier',
    'Give the course in #/course_identifier.',
  ),
  refuse(
    'state_unknown',
    ({ state }) => !isReportable(state),
    'state',
    'The #/state can only be passed or failed. To void an outcome, void the completed declaration that it belongs to.',
  ),
  refuse('state_missing', ({ state }) => state === undefined, 'state', 'The #/state is missing: send passed or failed.'),
  refuse('completion_date_missing', ({ dateSent }) => !dateSent, 'completion_date', 'The #/completion_date is missing.'),
  refuse(
    'completion_date_malformed',
    ({ date }) => date === undefined,
    'completion_date',
    'Send #/completion_date as a real date in the form yyyy-mm-dd, such as 2026-02-10.',
  ),
  refuse(
    'completion_not_declared',
    ({ completed }) => !completed,
    'base',
    'There is no completed declaration of the participant for this course, so an outcome cannot be recorded. Declare the completion first.',
  ),
  refuse(
    'completion_date_in_future',
    ({ date, today }) => date !== undefined && Temporal.PlainDate.compare(date, today) > 0,
    'completion_date',
    'The #/completion_date cannot be in the future.',
  ),
  refuse(
    'participant_unknown',
    ({ visible }) => !visible,
    'participant_id',
    'None of your participants has this #/participant_id. Check the details and try again.',
  ),
]
