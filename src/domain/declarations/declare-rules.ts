import { type DeclarationState, type DeclarationType, declarationTypes } from '../../words.ts'
import type { Setting } from '../applications/records.ts'
import { refuseReplacedId } from '../participants/replaced-id.ts'
import type { Course } from '../reference/courses.ts'
import { distinct, judge, possibleRefusals, type Refusal, type Rule, type Rules, refuse, type Verdict } from '../rules.ts'
import { cohortClosedDetail } from './declaration.ts'
import type { DeclarationDate } from './declaration-date.ts'
import { type PartnerFacts, partnerRules } from './partner-rules.ts'

type Schedule = NonNullable<Setting['schedule']>

/** What was sent, and what it names of that which is there whoever asks. */
export type SentFacts = {
  /** the course that was sent; undefined where there is none */
  course: Pick<Course, 'outcomes_permitted'> | undefined
  date: DeclarationDate
  dateSent: boolean
  type: string | undefined
  hasPassed: unknown
  /** a partner was sent that does not exist */
  primaryUnknown: boolean
  secondaryUnknown: boolean
}

/** When the application's training may be declared for. */
type TimeFacts = Pick<SentFacts, 'date' | 'dateSent'> & {
  /** when the participant's training was withdrawn, where the caller's newest word is that it was */
  withdrawnAt: Temporal.Instant | undefined
  /** the application's */
  schedule: Schedule | null
}

/** What was declared, and the schedule that has such milestones or not. */
export type Milestone = { type: DeclarationType; moment: Temporal.Instant; schedule: Schedule }

/** What a milestone that was declared meets: nothing here is missing. */
export type DeclareFacts = SentFacts &
  PartnerFacts & {
    now: Temporal.Instant
    milestone: Milestone
    /** the caller has a contract for the course that was sent, on any statement of the schedule's cohort */
    contracted: boolean
    fundable: boolean
    /** the live declaration of the participant that this one repeats to the letter */
    match: DeclarationState | undefined
    /** the caller's statement that takes an item of the schedule's cohort */
    statement: { id: number } | undefined
    /** the state of the application's live declaration of the type, whoever made it */
    live: DeclarationState | undefined
  }

export const participantMissing: Refusal = {
  code: 'participant_id_missing',
  title: 'participant_id',
  detail: 'Give the participant’s id in #/participant_id.',
}
export const participantUnknown: Refusal = {
  code: 'participant_unknown',
  title: 'participant_id',
  detail: 'None of your participants has this #/participant_id. Check the details and try again.',
}
export const notOnCourse: Refusal = {
  code: 'not_on_course',
  title: 'course_identifier',
  detail: 'You have no accepted application of the participant for the course in #/course_identifier.',
}
const scheduleMissing: Refusal = {
  code: 'application_without_schedule',
  title: 'application',
  detail: 'The participant’s application has no schedule. Set one with the change-schedule request, then declare again.',
}
/** A milestone is declared for an application once at a time. */
export const declaredOnceRefusal: Refusal = {
  code: 'already_declared',
  title: 'base',
  detail: 'This milestone has been declared for the participant already, and the declaration stands. Void it before you declare the milestone again.',
}

const dateMissing: Rule<SentFacts> = refuse(
  'declaration_date_missing',
  ({ date }) => date.moment === undefined,
  'declaration_date',
  'Give the date and time of the milestone in #/declaration_date.',
)
const typeMissing: Rule<SentFacts> = refuse(
  'declaration_type_missing',
  ({ type }) => type === undefined,
  'declaration_type',
  'Give a milestone in #/declaration_type.',
)
const typeUnknown: Rule<SentFacts> = refuse(
  'declaration_type_unknown',
  ({ type }) => knownType(type) === undefined,
  'declaration_type',
  `The #/declaration_type must be one of ${declarationTypes.join(', ')}.`,
)
const resultMissing: Rule<SentFacts> = refuse(
  'has_passed_missing',
  ({ type, course, hasPassed }) => type === 'completed' && course?.outcomes_permitted === true && !/^(?:true|false)$/.test(String(hasPassed)),
  'has_passed',
  'Say in #/has_passed whether the participant passed: true or false.',
)
const primaryUnknown: Rule<SentFacts> = refuse(
  'delivery_partner_unknown',
  (sent) => sent.primaryUnknown,
  'delivery_partner_id',
  'There is no delivery partner with this #/delivery_partner_id.',
)
const secondaryUnknown: Rule<SentFacts> = refuse(
  'secondary_delivery_partner_unknown',
  (sent) => sent.secondaryUnknown,
  'secondary_delivery_partner_id',
  'There is no delivery partner with this #/secondary_delivery_partner_id.',
)

/** What is asked of that which was sent, whatever else is wrong (04 section 9.3, rules 7 to 9, 14, 16 and 17). */
const sentRules: Rules<SentFacts> = [dateMissing, typeMissing, typeUnknown, resultMissing, primaryUnknown, secondaryUnknown]

/** What was not found, or may not be, and beside it all that is wrong with what was sent. */
export function refusedBeside(sent: SentFacts, ...refusals: Refusal[]): Verdict {
  return { refusals: distinct([...refusals, ...judge(sentRules, sent)]) }
}

/** The milestone that was declared for an application, or why it cannot be told. */
export function readMilestone(facts: SentFacts & TimeFacts): Milestone | Verdict {
  const untimely = judge(timeRules, facts)
  if (untimely.length > 0) return refusedBeside(facts, ...untimely)
  const type = knownType(facts.type)
  const { moment } = facts.date
  if (!type || !moment) return refusedBeside(facts)
  if (!facts.schedule) return refusedBeside(facts, scheduleMissing)
  return { type, moment, schedule: facts.schedule }
}

function knownType(type: string | undefined): DeclarationType | undefined {
  return declarationTypes.find((known) => known === type)
}

/** Rules 4 and 6 of 04 section 9.3. */
const timeRules: Rules<TimeFacts> = [
  refuse(
    'declaration_after_withdrawal',
    ({ withdrawnAt, date }) => withdrawnAt !== undefined && date.moment !== undefined && Temporal.Instant.compare(withdrawnAt, date.moment) <= 0,
    'participant_id',
    ({ withdrawnAt }) =>
      `The participant in #/participant_id was withdrawn at ${withdrawnAt?.toString({ smallestUnit: 'second', roundingMode: 'floor' })}. Send a #/declaration_date before that, or resume the participant first.`,
  ),
  [
    refuse(
      'declaration_date_malformed',
      ({ dateSent, date }) => dateSent && !date.wellFormed,
      'declaration_date',
      'Send #/declaration_date as an RFC 3339 date and time, such as 2026-02-03T09:15:00Z.',
    ),
    refuse(
      'declaration_before_schedule',
      beforeSchedule,
      'declaration_date',
      ({ schedule }) => `The #/declaration_date is before ${schedule?.applies_from}, the first day of the participant’s schedule.`,
    ),
  ],
]

/** Rules 11 to 18 of 04 section 9.3. */
export const declareRules: Rules<DeclareFacts> = [
  refuse(
    'declaration_type_not_in_schedule',
    ({ milestone }) => !milestone.schedule.allowed_declaration_types.includes(milestone.type),
    'declaration_type',
    'The participant’s schedule has no milestone of the kind in #/declaration_type.',
  ),
  [
    refuse(
      'not_contracted',
      ({ contracted }) => !contracted,
      'cohort',
      'You hold no contract for the course in #/course_identifier in this cohort. Get in touch with the department.',
    ),
  ],
  [refuse('cohort_closed', cohortClosed, 'cohort', ({ milestone }) => cohortClosedDetail(milestone.schedule.start_year))],
  resultMissing,
  [{ ...declaredOnceRefusal, fails: ({ live }) => live !== undefined }],
  primaryUnknown,
  secondaryUnknown,
  [
    refuse(
      'declaration_date_in_future',
      ({ milestone, now }) => Temporal.Instant.compare(milestone.moment, now) > 0,
      'declaration_date',
      'The #/declaration_date lies in the future. Declare a milestone once it has been reached.',
    ),
    ...partnerRules,
  ],
]

function beforeSchedule({ schedule, date }: TimeFacts): boolean {
  if (!schedule || !date.moment) return false
  return Temporal.Instant.compare(date.moment, schedule.applies_from.toZonedDateTime('UTC').toInstant()) < 0
}

/** What would be paid needs a statement, and so does what repeats a declaration that is; the repeat of a submitted one is refused as such. */
function cohortClosed({ statement, match, fundable }: DeclareFacts): boolean {
  if (statement || match === 'submitted') return false
  return fundable || match !== undefined
}

/** All that a declaration can be refused with, in whichever step it is found. */
export const declareRefusals = possibleRefusals(
  [participantMissing, participantUnknown, refuseReplacedId(), notOnCourse, scheduleMissing],
  sentRules,
  timeRules,
  declareRules,
)
