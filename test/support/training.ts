import type { Database } from '../../src/db/connect.ts'
import type { RowOf } from '../../src/db/schema.ts'
import type { ChangeSchedule } from '../../src/domain/participants/change-schedule.ts'
import type { TrainingCommand } from '../../src/domain/participants/training.ts'
import type { Withdraw } from '../../src/domain/participants/withdraw.ts'
import { withdrawalReasons } from '../../src/words.ts'
import { now } from './app.ts'

/** A command about an application's training as its provider gives it, with what any of the actions needs. */
export async function trainingOf(
  db: Database,
  application: RowOf<'applications'>,
): Promise<TrainingCommand & Pick<Withdraw, 'reason' | 'reasons'> & Pick<ChangeSchedule, 'scheduleIdentifier' | 'cohort'>> {
  const { participant, course } = await db
    .selectFrom('users')
    .innerJoin('courses', (join) => join.on('courses.id', '=', application.course_id))
    .select(['users.public_id as participant', 'courses.identifier as course'])
    .where('users.id', '=', application.user_id)
    .executeTakeFirstOrThrow()
  return {
    now,
    author: `Lead provider ${application.lead_provider_id}`,
    providerId: application.lead_provider_id,
    participantId: participant,
    courseIdentifier: course,
    reason: 'other',
    reasons: withdrawalReasons,
    scheduleIdentifier: 'npq-leadership-spring',
    cohort: undefined,
  }
}
