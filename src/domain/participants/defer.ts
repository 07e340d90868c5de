import type { Database } from '../../db/connect.ts'
import { deferralReasons } from '../../words.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'
import { hasDeclaration } from './declared.ts'
import { isDeferred, isWithdrawn, lockTraining, setTraining, type TrainingCommand, type TrainingFacts, trainingRules } from './training.ts'

export type Defer = TrainingCommand & { reason: string | undefined }

export type Facts = TrainingFacts & {
  reason: string | undefined
  /** the application has a declaration of any type, in any state, by any provider */
  declared: boolean
}

/** A provider pauses a participant's training (03 section 9.1). */
export async function defer(db: Database, command: Defer): Promise<Verdict> {
  return db.transaction().execute(async (trx) => {
    const { facts, user } = await lockTraining(trx, command)
    const { application } = facts
    const declared = application !== undefined && (await hasDeclaration(trx, application.id))
    const refusals = judge(rules, { ...facts, reason: command.reason, declared })
    if (refusals.length > 0 || !application || !user) return { refusals }

    await setTraining(trx, command, { application, user }, 'deferred', command.reason ?? null)
    return done
  })
}

export const rules: Rule<Facts>[] = [
  ...trainingRules,
  refuse(({ reason }) => !deferralReasons.some((known) => known === reason), 'reason', `The #/reason must be one of ${deferralReasons.join(', ')}.`),
  refuse(isDeferred, 'participant_id', 'The training of the participant in #/participant_id is deferred already.'),
  refuse(isWithdrawn, 'participant_id', 'The participant in #/participant_id is withdrawn. Resume the training before you defer it.'),
  refuse(
    ({ application, declared }) => application !== undefined && !declared,
    'participant_id',
    'Nothing was declared for the participant in #/participant_id on this course yet, so the training cannot be deferred.',
  ),
]
