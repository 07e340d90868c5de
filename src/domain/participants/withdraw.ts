import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { hasDeclaration } from '../declarations/records.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { isWithdrawn, lockTraining, setTraining, type TrainingCommand, type TrainingFacts, trainingRules } from './training.ts'

export type Withdraw = TrainingCommand & {
  reason: string | undefined
  /** the reasons that the channel knows */
  reasons: readonly string[]
}

export type WithdrawFacts = TrainingFacts & {
  reason: string | undefined
  reasons: readonly string[]
  /** the application has a `started` declaration, in any state, by any provider */
  started: boolean
}

/** A provider ends a participant's training before its time (03 section 9.3). */
export async function withdraw(db: Database, command: Withdraw): Promise<Verdict> {
  return transact(db, async (trx) => {
    const { facts, enrolment } = await lockTraining(trx, command)
    const { reason, reasons } = command
    const started = enrolment !== undefined && (await hasDeclaration(enrolment, 'started'))
    const refusals = judge(withdrawRules, { ...facts, reason, reasons, started })
    if (refusals.length > 0 || !enrolment) return { refusals }

    await setTraining(enrolment, command, 'withdrawn', reason ?? null)
    return done
  })
}

export const withdrawRules: Rules<WithdrawFacts> = [
  ...trainingRules,
  refuse(
    'reason_unknown',
    ({ reason, reasons }) => !reasons.some((known) => known === reason),
    'reason',
    'The #/reason is not one of the reasons for a withdrawal. See the API documentation for them.',
  ),
  refuse('participant_already_withdrawn', isWithdrawn, 'participant_id', 'The participant in #/participant_id is withdrawn already.'),
  [
    refuse(
      'start_not_declared',
      ({ started }) => !started,
      'participant_id',
      'No start was declared for the participant in #/participant_id on this course, so they cannot be withdrawn. Get in touch with us.',
    ),
  ],
]
