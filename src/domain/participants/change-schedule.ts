import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { CohortFunding } from '../../words.ts'
import { acceptedOnce } from '../applications/accepted-once.ts'
import { brokenInvariants } from '../applications/invariants.ts'
import { type Application, acceptedElsewhere, type LockedApplication, type Setting, settingOf } from '../applications/records.ts'
import { liveDeclarations } from '../declarations/records.ts'
import { change } from '../history.ts'
import { findSchedule, registeringYear, type ScheduleInCohort } from '../reference/schedules.ts'
import { done, judge, type Verdict } from '../rules.ts'
import { isContracted } from '../statements/contracts.ts'
import { changeScheduleRules, courseHeldThere, type MoveFacts } from './change-schedule-rules.ts'
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
      transact(db, async (trx) => {
        const { facts, enrolment } = await lockTraining(trx, command)
        const setting = enrolment && (await settingOf(enrolment))
        const target = await findTarget(trx, command, setting)
        const move = enrolment && setting && (await gatherMove(enrolment, setting, target))
        const refusals = judge(changeScheduleRules, { ...facts, scheduleIdentifier: command.scheduleIdentifier, target, move })
        if (refusals.length > 0 || !enrolment || !target || !move) return { refusals }

        const { application } = enrolment
        const { schedule, cohort } = target
        const values = { schedule_id: schedule.id, cohort_id: cohort.id, funded_place: fundedPlaceAfter(application, move.cohort, cohort) }
        const broken = brokenInvariants({ application: { ...application, ...values }, cohort, schedule, course: move.course })
        if (broken.length > 0) return { refusals: broken }
        await change(trx, command, 'applications', application, values)
        return done
      }),
    courseHeldThere,
  )
}

/** The named schedule in the year that was sent, else in that of the present schedule, else of the cohort that registers now (03 section 10.1). */
async function findTarget(
  trx: Transacting,
  { scheduleIdentifier, cohort, now }: ChangeSchedule,
  setting: Setting | undefined,
): Promise<ScheduleInCohort | undefined> {
  if (scheduleIdentifier === undefined) return undefined
  const present = setting?.schedule ? setting.cohort?.start_year : undefined
  const year = cohort === undefined ? (present ?? (await registeringYear(trx, now))) : readYear(cohort)
  return year === undefined ? undefined : findSchedule(trx, scheduleIdentifier, year)
}

/** Undefined for a text that is no year. */
function readYear(text: string): number | undefined {
  return /^\d{4}$/.test(text.trim()) ? Number(text) : undefined
}

/** What the application brings along to its new schedule. */
async function gatherMove(enrolment: LockedApplication, setting: Setting, target: ScheduleInCohort | undefined): Promise<MoveFacts> {
  const { trx, application } = enrolment
  const { lead_provider_id: providerId, course_id: courseId } = application
  const cohortId = target?.cohort.id
  return {
    ...setting,
    contracted: cohortId !== undefined && (await isContracted(trx, { providerId, cohortId, courseId })),
    live: await liveDeclarations(enrolment),
    acceptedThere: cohortId !== undefined && (await acceptedElsewhere(enrolment, { cohortId, sameTrn: false })),
  }
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
