import type { RowOf } from '../../db/schema.ts'
import { type DeclarationState, declarationTypes } from '../../words.ts'
import { replacedDetail } from '../participants/id-changes.ts'
import { judge, type Refusal, type Rule, refuse, thenRefuse } from '../rules.ts'
import type { DeclarationDate } from './declaration-date.ts'
import { type PartnerFacts, partnerRules } from './partner-rules.ts'

export type DeclareFacts = PartnerFacts & {
  now: Temporal.Instant
  /** as it was sent; undefined where nothing but blanks was */
  participantId: string | undefined
  /** the id is one that a visible participant had before */
  replacement: { from: string; to: string } | undefined
  /** the participant has an accepted application with the caller */
  known: boolean
  /** one of these is for the course that was sent, or for its twin */
  onCourse: boolean
  /** when the participant's training was withdrawn, where the caller's newest word is that it was */
  withdrawnAt: Temporal.Instant | undefined
  date: DeclarationDate
  dateSent: boolean
  type: string | undefined
  /** the application's */
  schedule: Pick<RowOf<'schedules'>, 'applies_from' | 'allowed_declaration_types'> | undefined
  /** the start year of the schedule's cohort */
  startYear: number | undefined
  /** the caller has a contract for the course that was sent, on any statement of the schedule's cohort */
  contracted: boolean
  fundable: boolean
  /** the live declaration of the participant that this one repeats to the letter */
  match: DeclarationState | undefined
  /** a statement of the caller can take an item of the schedule's cohort */
  statementOpen: boolean
  /** the course that was sent ends with a pass or a fail */
  courseHasOutcome: boolean
  hasPassed: unknown
  /** the state of the application's live declaration of the type, whoever made it */
  live: DeclarationState | undefined
  primaryUnknown: boolean
  secondaryUnknown: boolean
}

/** Every refusal of a new declaration (04 section 9.3); the record's own rules are asked once nothing else is wrong. */
export function judgeDeclaration(facts: DeclareFacts): Refusal[] {
  const refusals = judge(rules, facts)
  return refusals.length > 0 ? refusals : judge(recordRules, facts)
}

/** A milestone is declared for an application once at a time. */
export const declaredOnceRefusal: Refusal = {
  title: 'base',
  detail: 'This milestone has been declared for the participant already, and the declaration stands. Void it before you declare the milestone again.',
}

const rules: Rule<DeclareFacts>[] = [
  refuse(({ participantId }) => participantId === undefined, 'participant_id', 'Give the participant’s id in #/participant_id.'),
  refuse(
    ({ replacement }) => replacement !== undefined,
    'participant_id',
    ({ replacement }) => replacedDetail(replacement?.from, replacement?.to),
  ),
  thenRefuse(({ known }) => !known, 'participant_id', 'None of your participants has this #/participant_id. Check the details and try again.'),
  thenRefuse(
    withdrawnByThen,
    'participant_id',
    ({ withdrawnAt }) =>
      `The participant in #/participant_id was withdrawn at ${withdrawnAt?.toString({ smallestUnit: 'second', roundingMode: 'floor' })}. Send a #/declaration_date before that, or resume the participant first.`,
  ),
  thenRefuse(
    ({ onCourse }) => !onCourse,
    'course_identifier',
    'You have no accepted application of the participant for the course in #/course_identifier.',
  ),
  thenRefuse(
    ({ dateSent, date }) => dateSent && !date.wellFormed,
    'declaration_date',
    'Send #/declaration_date as an RFC 3339 date and time, such as 2026-02-03T09:15:00Z.',
  ),
  // asked beside the rule above, and like it only when nothing before failed: without an application there is no schedule
  refuse(
    (facts) => beforeSchedule(facts) && !withdrawnByThen(facts),
    'declaration_date',
    ({ schedule }) => `The #/declaration_date is before ${schedule?.applies_from}, the first day of the participant’s schedule.`,
  ),
  refuse(({ date }) => date.moment === undefined, 'declaration_date', 'Give the date and time of the milestone in #/declaration_date.'),
  refuse(({ type }) => type === undefined, 'declaration_type', 'Give a milestone in #/declaration_type.'),
  refuse(
    ({ type }) => !declarationTypes.some((known) => known === type),
    'declaration_type',
    `The #/declaration_type must be one of ${declarationTypes.join(', ')}.`,
  ),
  thenRefuse(
    ({ schedule }) => schedule === undefined,
    'application',
    'The participant’s application has no schedule. Set one with the change-schedule request, then declare again.',
  ),
  thenRefuse(
    ({ schedule, type }) => !schedule?.allowed_declaration_types.some((allowed) => allowed === type),
    'declaration_type',
    'The participant’s schedule has no milestone of the kind in #/declaration_type.',
  ),
  thenRefuse(
    ({ contracted }) => !contracted,
    'cohort',
    'You hold no contract for the course in #/course_identifier in this cohort. Get in touch with the department.',
  ),
  thenRefuse(cohortClosed, 'cohort', ({ startYear }) => cohortClosedDetail(startYear)),
  refuse(
    ({ type, courseHasOutcome, hasPassed }) => type === 'completed' && courseHasOutcome && !/^(?:true|false)$/.test(String(hasPassed)),
    'has_passed',
    'Say in #/has_passed whether the participant passed: true or false.',
  ),
  thenRefuse(({ live }) => live !== undefined, declaredOnceRefusal.title, declaredOnceRefusal.detail),
  refuse(({ primaryUnknown }) => primaryUnknown, 'delivery_partner_id', 'There is no delivery partner with this #/delivery_partner_id.'),
  refuse(
    ({ secondaryUnknown }) => secondaryUnknown,
    'secondary_delivery_partner_id',
    'There is no delivery partner with this #/secondary_delivery_partner_id.',
  ),
]

const recordRules: Rule<DeclareFacts>[] = [
  refuse(
    ({ date, now }) => date.moment !== undefined && Temporal.Instant.compare(date.moment, now) > 0,
    'declaration_date',
    'The #/declaration_date lies in the future. Declare a milestone once it has been reached.',
  ),
  ...partnerRules,
]

export function cohortClosedDetail(startYear: number | undefined): string {
  return `Contracts for the ${startYear} cohort have ended, so its declarations can no longer be submitted or clawed back. Get in touch with us if you need to.`
}

function withdrawnByThen({ withdrawnAt, date }: DeclareFacts): boolean {
  return withdrawnAt !== undefined && date.moment !== undefined && Temporal.Instant.compare(withdrawnAt, date.moment) <= 0
}

function beforeSchedule({ schedule, date }: DeclareFacts): boolean {
  if (!schedule || !date.moment) return false
  return Temporal.Instant.compare(date.moment, schedule.applies_from.toZonedDateTime('UTC').toInstant()) < 0
}

/** What would be paid needs a statement, and so does what repeats a declaration that is; the repeat of a submitted one is refused as such. */
function cohortClosed({ statementOpen, match, fundable }: DeclareFacts): boolean {
  if (statementOpen || match === 'submitted') return false
  return fundable || match !== undefined
}
