import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { courseIdentifiers, type TrainingStatus } from '../../words.ts'
import type { Application } from '../applications/application.ts'
import { lockPerson } from '../applications/lock.ts'
import { mailAbout } from '../applications/mail.ts'
import { recordTrainingState } from '../applications/training-state.ts'
import { type Act, change } from '../history.ts'
import { type MailTemplate, queueMail } from '../outbox.ts'
import { type Rule, refuse, thenRefuse } from '../rules.ts'
import { findIdChange, refuseReplacedId } from './id-changes.ts'

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
export const trainingRules: Rule<TrainingFacts>[] = [
  refuseReplacedId(),
  refuse(
    ({ courseIdentifier }) => !courseIdentifiers.some((known) => known === courseIdentifier),
    'course_identifier',
    'The #/course_identifier is not one of a course that the participant could be on. See the API documentation for the course identifiers.',
  ),
  refuse(({ visible }) => !visible, 'participant_id', 'None of your participants has this #/participant_id. Check the details and try again.'),
  thenRefuse(
    ({ application }) => application === undefined,
    'participant_id',
    'You have no accepted application of this #/participant_id for the course in #/course_identifier.',
  ),
]

export function isDeferred({ application }: TrainingFacts): boolean {
  return application?.training_status === 'deferred'
}
export function isWithdrawn({ application }: TrainingFacts): boolean {
  return application?.training_status === 'withdrawn'
}

export type Enrolled = { facts: TrainingFacts & { application: Application | undefined }; user: RowOf<'users'> | undefined }

/** Locks the person and then the newest accepted application for the course, and finds what the first rules ask about. */
export async function lockTraining(trx: Transacting, command: TrainingCommand): Promise<Enrolled> {
  const { providerId, participantId, courseIdentifier } = command
  const seen = await trx.selectFrom('users').select('id').where('public_id', '=', participantId).executeTakeFirst()
  const user = seen && (await lockPerson(trx, seen.id)).find(({ id }) => id === seen.id)
  const accepted = trx
    .selectFrom('applications')
    .where('user_id', '=', user?.id ?? null)
    .where('applications.lead_provider_id', '=', providerId)
    .where('lead_provider_approval_status', '=', 'accepted')
  const application = await accepted
    .selectAll('applications')
    .where('course_id', '=', (eb) =>
      eb
        .selectFrom('courses')
        .select('courses.id')
        .where('identifier', '=', sql<never>`${courseIdentifier ?? null}`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  const visible = (await accepted.select('id').limit(1).executeTakeFirst()) !== undefined
  return { user, facts: { participantId, courseIdentifier, application, visible, idChange: await findIdChange(trx, participantId) } }
}

const letters = { active: 'resumed', deferred: 'deferred', withdrawn: 'withdrawn' } as const satisfies Record<TrainingStatus, MailTemplate>

/** Sets the training's new status, keeps it in the training's history and tells the participant. */
export async function setTraining(
  trx: Transacting,
  act: Act,
  enrolled: { application: Application; user: RowOf<'users'> },
  status: TrainingStatus,
  reason: string | null,
): Promise<void> {
  const { application, user } = enrolled
  await change(trx, act, 'applications', application, { training_status: status })
  await recordTrainingState(trx, act, application, status, reason)
  await queueMail(trx, await mailAbout(trx, letters[status], application, user))
}
