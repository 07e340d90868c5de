import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { deferralReasons } from '../../words.ts'
import { hasDeclaration } from '../declarations/records.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { isDeferred, isWithdrawn, lockTraining, setTraining, type TrainingCommand, type TrainingFacts, trainingRules } from './training.ts'

export type Defer = TrainingCommand & { reason: string | undefined }

export type DeferFacts = TrainingFacts & {
  reason: string | undefined
  /** the application has a declaration of any type, in any state, by any provider */
  declared: boolean
}

/** A provider pauses a participant's training (03 section 9.1). */
export async function defer(db: Database, command: Defer): Promise<Verdict> {
  return transact(db, async (trx) => {
    const { facts, enrolment } = await lockTraining(trx, command)
    const declared = enrolment !== undefined && (await hasDeclaration(enrolment))
    const refusals = judge(deferRules, { ...facts, reason: command.reason, declared })
    if (refusals.length > 0 || !enrolment) return { refusals }

    await setTraining(enrolment, command, 'deferred', command.reason ?? null)
    return done
  })
}

export const deferRules: Rules<DeferFacts> = [
  ...trainingRules,
  refuse(
    'reason_unknown',
    ({ reason }) => !deferralReasons.some((known) => known === reason),
    'reason',
    `The #/reason must be one of ${deferralReasons.join(', ')}.`,
  ),
  refuse('participant_already_deferred', isDeferred, 'participant_id', 'The training of the participant in #/participant_id is deferred already.'),
  refuse(
    'participant_withdrawn',
    isWithdrawn,
    'participant_id',
    'The participant in #/participant_id is withdrawn. Resume the training before you defer it.',
  ),
  refuse(
    'nothing_declared',
    ({ application, declared }) => application !== undefined && !declared,
    'participant_id',
    'Nothing was declared for the participant in #/participant_id on this course yet, so the training cannot be deferred.',
  ),
]
