import type { Transacting } from '../../db/connect.ts'
import { courseIdentifiers, type TrainingStatus } from '../../words.ts'
import { queueLetter } from '../applications/letter.ts'
import { type Application, type LockedApplication, lockEnrolments, settingOf } from '../applications/records.ts'
import { recordTrainingState } from '../applications/training-state.ts'
import { type Act, change } from '../history.ts'
import type { MailTemplate } from '../outbox.ts'
import { type Rules, refuse } from '../rules.ts'
import { findIdChange, lockPerson } from './records.ts'
import { refuseReplacedId } from './replaced-id.ts'

/** What every action on a participant's training names: whose, and which course's. */
export type TrainingCommand = Act & {
  providerId: number
  /** public id */
  participantId: string
  courseIdentifier: string | undefined
}

export type TrainingFacts = {
  participantId: string
  idChange: { to_participant_id: string } | undefined
  courseIdentifier: string | undefined
  /** the provider has an accepted application of the person */
  visible: boolean
  application: Pick<Application, 'training_status'> | undefined
}

/** What is asked first, whatever the action (03 section 8.3). */
export const trainingRules: Rules<TrainingFacts> = [
  refuseReplacedId(),
  refuse(
    'course_identifier_unknown',
    ({ courseIdentifier }) => !courseIdentifiers.some((known) => known === courseIdentifier),
    'course_identifier',
    'The #/course_identifier is not one of a course that the participant could be on. See the API documentation for the course identifiers.',
  ),
  refuse(
    'participant_unknown',
    ({ visible }) => !visible,
    'participant_id',
    'None of your participants has this #/participant_id. Check the details and try again.',
  ),
  [
    refuse(
      'not_on_course',
      ({ application }) => application === undefined,
      'participant_id',
      'You have no accepted application of this #/participant_id for the course in #/course_identifier.',
    ),
  ],
]

export function isDeferred({ application }: TrainingFacts): boolean {
  return application?.training_status === 'deferred'
}
export function isWithdrawn({ application }: TrainingFacts): boolean {
  return application?.training_status === 'withdrawn'
}

/** What the first rules ask about, and the enrolment that it is about: locked, as its person is, the newest for the course. */
export async function lockTraining(
  trx: Transacting,
  command: TrainingCommand,
): Promise<{ facts: TrainingFacts; enrolment: LockedApplication | undefined }> {
  const { providerId, participantId, courseIdentifier } = command
  const person = await lockPerson(trx, participantId)
  const enrolments = person ? await lockEnrolments(person, providerId) : []
  const enrolment = enrolments.find((one) => one.courseIdentifier === courseIdentifier)
  const idChange = await findIdChange(trx, participantId)
  return {
    enrolment,
    facts: { participantId, courseIdentifier, idChange, visible: enrolments.length > 0, application: enrolment?.application },
  }
}

const letters = { active: 'resumed', deferred: 'deferred', withdrawn: 'withdrawn' } as const satisfies Record<TrainingStatus, MailTemplate>

/** Sets the training's new status, keeps it in the training's history and tells the participant. */
export async function setTraining(enrolment: LockedApplication, act: Act, status: TrainingStatus, reason: string | null): Promise<void> {
  const { trx, application } = enrolment
  await change(trx, act, 'applications', application, { training_status: status })
  await recordTrainingState(enrolment, act, status, reason)
  await queueLetter(enrolment, await settingOf(enrolment), letters[status])
}
