import type { Database } from '../../db/connect.ts'
import { acceptedElsewhere, acceptedOnce } from '../applications/accepted-once.ts'
import { done, judge, type Refusal, type Rule, refuse, thenRefuse, type Verdict } from '../rules.ts'
import { isWithdrawn, lockTraining, setTraining, type TrainingCommand, type TrainingFacts, trainingRules } from './training.ts'

export type Facts = TrainingFacts & {
  /** the person has another accepted application for the course in the cohort */
  acceptedElsewhere: boolean
}

/** A provider takes up a participant's training again (03 section 9.2). */
export async function resume(db: Database, command: TrainingCommand): Promise<Verdict> {
  return acceptedOnce(
    () =>
      db.transaction().execute(async (trx) => {
        const { facts, user } = await lockTraining(trx, command)
        const { application } = facts
        const elsewhere = application !== undefined && (await acceptedElsewhere(trx, application, application.cohort_id))
        const refusals = judge(rules, { ...facts, acceptedElsewhere: elsewhere })
        if (refusals.length > 0 || !application || !user) return { refusals }

        await setTraining(trx, command, { application, user }, 'active', null)
        return done
      }),
    resumedElsewhere,
  )
}

const resumedElsewhere: Refusal = {
  title: 'participant_id',
  detail: 'Another application of the participant in #/participant_id for this course is accepted, so this one cannot be resumed.',
}

export const rules: Rule<Facts>[] = [
  ...trainingRules,
  refuse(
    ({ application }) => application?.training_status === 'active',
    'participant_id',
    'The training of the participant in #/participant_id is active already.',
  ),
  thenRefuse((facts) => isWithdrawn(facts) && facts.acceptedElsewhere, resumedElsewhere.title, resumedElsewhere.detail),
]
