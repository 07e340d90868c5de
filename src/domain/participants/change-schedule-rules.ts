import type { RowOf } from '../../db/schema.ts'
import type { DeclarationType } from '../../words.ts'
import { type Refusal, type Rules, refuse } from '../rules.ts'
import { isWithdrawn, type TrainingFacts, trainingRules } from './training.ts'

type Cohort = Pick<RowOf<'cohorts'>, 'id' | 'funding'>

export type ChangeScheduleFacts = TrainingFacts & {
  scheduleIdentifier: string | undefined
  /** the schedule to change to and its cohort; undefined where there is none of that name and year */
  target: { schedule: Pick<RowOf<'schedules'>, 'id' | 'applies_from' | 'allowed_declaration_types' | 'course_group_id'>; cohort: Cohort } | undefined
  /** what the application brings along; undefined where there is no application */
  move: MoveFacts | undefined
}

export type MoveFacts = {
  course: { course_group_id: number }
  /** the application's own */
  cohort: Cohort | null
  schedule: { id: number; cohort_id: number } | null
  /** the provider has a contract for the course in the target's cohort */
  contracted: boolean
  live: { declaration_type: DeclarationType; declaration_date: Temporal.Instant }[]
  /** the person has another accepted application for the course in the target's cohort */
  acceptedThere: boolean
}

type Moving = { target: NonNullable<ChangeScheduleFacts['target']>; move: MoveFacts }

/** A rule about an application and the schedule that it would go on; silent where there is not both. */
function moving(fails: (moving: Moving) => boolean) {
  return ({ target, move }: ChangeScheduleFacts): boolean => target !== undefined && move !== undefined && fails({ target, move })
}

export const courseHeldThere: Refusal = {
  code: 'course_accepted_elsewhere',
  title: 'cohort',
  detail: 'The participant has an accepted application for this course in the schedule’s cohort already. Send another #/cohort.',
}
const scheduleMissing = 'Name a schedule in #/schedule_identifier that the cohort has. See the API documentation for the schedules.'
const declarationsBar =
  'Declarations made so far would not be valid on the schedule in #/schedule_identifier. Void them first, then change the schedule.'

export const changeScheduleRules: Rules<ChangeScheduleFacts> = [
  ...trainingRules,
  refuse('schedule_identifier_missing', ({ scheduleIdentifier }) => scheduleIdentifier === undefined, 'schedule_identifier', scheduleMissing),
  refuse('schedule_unknown', ({ target }) => target === undefined, 'schedule_identifier', scheduleMissing),
  [
    refuse(
      'not_contracted',
      moving(({ move }) => !move.contracted),
      'cohort',
      'You have no contract for this course in the #/cohort of the schedule. Get in touch with us.',
    ),
  ],
  refuse(
    'participant_withdrawn',
    isWithdrawn,
    'participant_id',
    'The participant in #/participant_id is withdrawn already. Resume the training first.',
  ),
  refuse('declared_type_not_in_schedule', moving(declaredTypeNotAllowed), 'schedule_identifier', declarationsBar),
  refuse('declared_before_schedule', moving(declaredBeforeScheduleStart), 'schedule_identifier', declarationsBar),
  refuse(
    'schedule_unchanged',
    moving(({ target, move }) => move.schedule?.id === target.schedule.id),
    'schedule_identifier',
    'The participant is on the schedule in #/schedule_identifier already.',
  ),
  [
    refuse(
      'schedule_of_another_course',
      moving(({ target, move }) => target.schedule.course_group_id !== move.course.course_group_id),
      'schedule_identifier',
      'The schedule in #/schedule_identifier is not one for this course. Name a schedule of the course’s own group.',
    ),
  ],
  [
    refuse(
      'cohort_held_by_declarations',
      moving(({ target, move }) => move.live.length > 0 && move.schedule?.cohort_id !== target.cohort.id),
      'cohort',
      'Declarations that are submitted, eligible, payable or paid hold the participant in their #/cohort. Void them first, then change the schedule.',
    ),
  ],
  refuse(
    'cohort_places_not_limited',
    moving(({ target, move }) => target.cohort.funding === 'full' && move.cohort?.funding === 'capped'),
    'cohort',
    'The participant cannot move from a #/cohort with limited funded places to one without a limit.',
  ),
  refuse(
    'cohort_funded',
    moving(({ target, move }) => target.cohort.funding !== 'zero' && move.cohort?.funding === 'zero'),
    'cohort',
    'The participant cannot move from a #/cohort without funding to one with funding.',
  ),
  [{ ...courseHeldThere, fails: moving(({ target, move }) => move.acceptedThere && move.cohort?.id !== target.cohort.id) }],
]

function declaredTypeNotAllowed({ target, move }: Moving) {
  return move.live.some(({ declaration_type }) => !target.schedule.allowed_declaration_types.includes(declaration_type))
}
/** Midnight of the first day counts as before, though a declaration may be made for it. */
function declaredBeforeScheduleStart({ target, move }: Moving) {
  const start = target.schedule.applies_from.toZonedDateTime('UTC').toInstant()
  return move.live.some(({ declaration_date }) => Temporal.Instant.compare(declaration_date, start) <= 0)
}
