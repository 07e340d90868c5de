import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { acceptedOnce } from '../applications/accepted-once.ts'
import { acceptedElsewhere } from '../applications/records.ts'
import { done, judge, type Refusal, type Rules, refuse, type Verdict } from '../rules.ts'
import { isWithdrawn, lockTraining, setTraining, type TrainingCommand, type TrainingFacts, trainingRules } from './training.ts'

export type ResumeFacts = TrainingFacts & {
  /** the person has another accepted application for the course in the cohort */
  acceptedElsewhere: boolean
}

/** A provider takes up a participant's training again (03 section 9.2). */
export async function resume(db: Database, command: TrainingCommand): Promise<Verdict> {
  return acceptedOnce(
    () =>
      transact(db, async (trx) => {
        const { facts, enrolment } = await lockTraining(trx, command)
        const cohortId = enrolment?.application.cohort_id ?? null
        const elsewhere = enrolment !== undefined && (await acceptedElsewhere(enrolment, { cohortId, sameTrn: false }))
        const refusals = judge(resumeRules, { ...facts, acceptedElsewhere: elsewhere })
        if (refusals.length > 0 || !enrolment) return { refusals }

        await setTraining(enrolment, command, 'active', null)
        return done
      }),
    resumedElsewhere,
  )
}

const resumedElsewhere: Refusal = {
  code: 'course_accepted_elsewhere',
  title: 'participant_id',
  detail: 'Another application of the participant in #/participant_id for this course is accepted, so this one cannot be resumed.',
}

export const resumeRules: Rules<ResumeFacts> = [
  ...trainingRules,
  refuse(
    'participant_already_active',
    ({ application }) => application?.training_status === 'active',
    'participant_id',
    'The training of the participant in #/participant_id is active already.',
  ),
  [{ ...resumedElsewhere, fails: (facts) => isWithdrawn(facts) && facts.acceptedElsewhere }],
]
