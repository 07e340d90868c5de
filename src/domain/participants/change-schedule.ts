import type { Database, Transacting } from '../../db/connect.ts'
import type { CohortFunding } from '../../words.ts'
import { acceptedOnce } from '../applications/accepted-once.ts'
import type { Application } from '../applications/application.ts'
import { brokenInvariants } from '../applications/invariants.ts'
import { change } from '../history.ts'
import { done, judge, type Verdict } from '../rules.ts'
import { findTarget, gatherMove, type Target } from './change-schedule-facts.ts'
import { courseHeldThere, type MoveFacts, rules } from './change-schedule-rules.ts'
import { lockTraining, type TrainingCommand } from './training.ts'

export type ChangeSchedule = TrainingCommand & {
  scheduleIdentifier: string | undefined
  /** a start year as it was sent; undefined for that of the application's present schedule */
  cohort: string | undefined
}

/** A provider puts a participant on another schedule, which may be one of another cohort (03 section 10). */
export async function changeSchedule(db: Database, command: ChangeSchedule): Promise<Verdict> {
  return acceptedOnce(
    () =>
      db.transaction().execute(async (trx) => {
        const { facts } = await lockTraining(trx, command)
        const { application } = facts
        const target = await findTarget(trx, command, application)
        const move = application && (await gatherMove(trx, command, application, target))
        const refusals = judge(rules, { ...facts, scheduleIdentifier: command.scheduleIdentifier, target, move })
        if (refusals.length > 0 || !application || !target || !move) return { refusals }
        return write(trx, command, application, target, move)
      }),
    courseHeldThere,
  )
}

async function write(
  trx: Transacting,
  command: ChangeSchedule,
  application: Application,
  { schedule, cohort }: Target,
  { cohort: from, course }: MoveFacts,
): Promise<Verdict> {
  const values = { schedule_id: schedule.id, cohort_id: cohort.id, funded_place: fundedPlaceAfter(application, from, cohort) }
  const refusals = brokenInvariants({ application: { ...application, ...values }, cohort, schedule, course })
  if (refusals.length > 0) return { refusals }
  await change(trx, command, 'applications', application, values)
  return done
}

/** No place in an unfunded cohort; a place for whoever is eligible on the way into one with limited places; else as it was (03 section 10.3). */
export function fundedPlaceAfter(
  application: Pick<Application, 'funded_place' | 'eligible_for_funding'>,
  from: { funding: CohortFunding } | null,
  to: { funding: CohortFunding },
): boolean | null {
  if (to.funding === 'zero') return false
  const enters = to.funding === 'capped' && from?.funding !== 'capped'
  return enters ? application.eligible_for_funding : application.funded_place
}
