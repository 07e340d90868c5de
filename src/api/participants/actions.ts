import { type TSchema, Type } from 'typebox'
import { applicationInvariants } from '../../domain/applications/invariants.ts'
import { type ChangeSchedule, changeSchedule } from '../../domain/participants/change-schedule.ts'
import { changeScheduleRules } from '../../domain/participants/change-schedule-rules.ts'
import { defer, deferRules } from '../../domain/participants/defer.ts'
import { resume, resumeRules } from '../../domain/participants/resume.ts'
import { type TrainingCommand, trainingRules } from '../../domain/participants/training.ts'
import { withdraw, withdrawRules } from '../../domain/participants/withdraw.ts'
import { type PossibleRefusal, possibleRefusals, type Verdict } from '../../domain/rules.ts'
import { notFound, wrongStructure } from '../../http/problems.ts'
import { courseIdentifiers, deferralReasons, earlierWithdrawalReasons, scheduleIdentifiers, withdrawalReasons } from '../../words.ts'
import { type Attributes, readAttributes, textAttribute } from '../body.ts'
import type { Call, JsonEndpoint } from '../endpoint.ts'
import { exampleMoments } from '../examples.ts'
import { broken } from '../problems.ts'
import { Choice, Nullable, Text } from '../representation.ts'
import { perVersion, type Version, versions } from '../versions.ts'
import { shown, single } from './show.ts'

const names = ['course_identifier', 'reason', 'schedule_identifier', 'cohort'] as const
type Name = (typeof names)[number]

type Action = {
  name: 'defer' | 'resume' | 'withdraw' | 'change-schedule'
  component: string
  operationId: string
  summary: string
  description: string
  /** what the action reads besides the course */
  attributes: (version: Version) => Record<string, TSchema>
  example: Record<string, unknown>
  /** what it makes of the attributes in the example of its answer */
  makes: Record<string, unknown>
  refusals: readonly PossibleRefusal[]
  carryOut: (call: Call, command: TrainingCommand, attributes: Attributes<Name>) => Promise<Verdict>
}

const actions: Action[] = [
  {
    name: 'defer',
    component: 'ParticipantDeferRequest',
    operationId: 'deferParticipant',
    summary: 'Defer a participant',
    description: 'Pause a participant’s training on a course. You need at least one declaration for it.',
    attributes: () => ({ reason: { ...Choice(deferralReasons), description: 'Why the training is paused.' } }),
    example: { reason: 'parental-leave' },
    makes: {
      training_status: 'deferred',
      deferral: { reason: 'parental-leave', date: exampleMoments.deferred },
      updated_at: exampleMoments.deferred,
    },
    refusals: possibleRefusals(deferRules),
    carryOut: ({ db }, command, { reason }) => defer(db, { ...command, reason: textAttribute(reason) }),
  },
  {
    name: 'resume',
    component: 'ParticipantResumeRequest',
    operationId: 'resumeParticipant',
    summary: 'Resume a participant',
    description: 'Report that a participant who was deferred or withdrawn is back in training on a course.',
    attributes: () => ({}),
    example: {},
    makes: { updated_at: exampleMoments.changed },
    refusals: possibleRefusals(resumeRules),
    carryOut: ({ db }, command) => resume(db, command),
  },
  {
    name: 'withdraw',
    component: 'ParticipantWithdrawRequest',
    operationId: 'withdrawParticipant',
    summary: 'Withdraw a participant',
    description: 'End a participant’s training on a course. You need a `started` declaration for it.',
    attributes: (version) => ({ reason: { ...Choice(reasonsOf(version)), description: 'Why the participant withdraws.' } }),
    example: { reason: 'change-in-school-circumstances' },
    makes: {
      training_status: 'withdrawn',
      withdrawal: { reason: 'change-in-school-circumstances', date: exampleMoments.changed },
      updated_at: exampleMoments.changed,
    },
    refusals: possibleRefusals(withdrawRules),
    carryOut: ({ db, version }, command, { reason }) => withdraw(db, { ...command, reason: textAttribute(reason), reasons: reasonsOf(version) }),
  },
  {
    name: 'change-schedule',
    component: 'ParticipantChangeScheduleRequest',
    operationId: 'changeParticipantSchedule',
    summary: 'Change a participant’s schedule',
    description: 'Move a participant’s training on a course to another schedule, in the same cohort or in that of another year.',
    attributes: () => ({
      schedule_identifier: { ...Choice(scheduleIdentifiers), description: 'The new schedule.' },
      cohort: Type.Optional({
        ...Nullable(Text),
        description: 'The start year of the schedule’s cohort. Without one, the year stays as it is.',
        examples: ['2026'],
      }),
    }),
    example: { schedule_identifier: 'npq-leadership-spring', cohort: '2026' },
    makes: { schedule_identifier: 'npq-leadership-spring', updated_at: exampleMoments.changed },
    refusals: possibleRefusals(changeScheduleRules, applicationInvariants),
    carryOut: ({ db }, command, attributes) => changeSchedule(db, { ...command, ...newSchedule(attributes) }),
  },
]

export const participantActions: readonly JsonEndpoint[] = actions.map((action) => ({
  format: 'json',
  method: 'PUT',
  path: `/participants/npq/{id}/${action.name}`,
  versions,
  tag: 'NPQ Participants',
  operationId: action.operationId,
  summary: action.summary,
  description: action.description,
  body: (version) => ({
    name: action.component,
    type: `participant-${action.name}`,
    attributes: Type.Object({
      course_identifier: { ...Choice(courseIdentifiers), description: 'The course that the participant trains for.' },
      ...action.attributes(version),
    }),
    required: true,
    example: { course_identifier: 'npq-headship', ...action.example },
  }),
  answer: single,
  refusals: action.refusals,
  problems: () => [wrongStructure(), notFound(), broken(trainingRules, 'course_identifier')],
  makes: action.makes,
  handle: (call) => carriedOut(call, action),
}))

/** First the body (400), then the participant (404), then the rules (422). */
async function carriedOut(call: Call, { carryOut }: Action) {
  const attributes = readAttributes(call.body, names, 'required')
  const courseIdentifier = textAttribute(attributes.course_identifier)
  const command = { ...call.act, providerId: call.provider.id, participantId: call.id, courseIdentifier }
  return shown(call, await carryOut(call, command, attributes))
}

const reasonsOf = perVersion<readonly (typeof withdrawalReasons)[number][]>({
  v1: earlierWithdrawalReasons,
  v2: earlierWithdrawalReasons,
  v3: withdrawalReasons,
})

function newSchedule({ schedule_identifier, cohort }: Attributes<Name>): Pick<ChangeSchedule, 'scheduleIdentifier' | 'cohort'> {
  return { scheduleIdentifier: textAttribute(schedule_identifier), cohort: textAttribute(cohort) }
}
