import { utcDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { timeOf } from '../../db/time.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change } from '../history.ts'
import { queueJob } from '../outbox.ts'
import { type Schedule, schedulesOf } from '../reference/schedules.ts'
import { distinct, done, judge, type Refusal, type Rules, refuse, type Verdict } from '../rules.ts'
import { acceptedOnce, acceptedOnceRefusal } from './accepted-once.ts'
import { noSuchApplication } from './application.ts'
import { defaultSchedule } from './default-schedule.ts'
import { brokenInvariants } from './invariants.ts'
import { queueLetter } from './letter.ts'
import {
  type Application,
  acceptedElsewhere,
  type LockedApplication,
  lockOwnApplication,
  lockSiblings,
  type OwnApplication,
  type Setting,
  settingOf,
} from './records.ts'
import { touchUser } from './touch-user.ts'
import { recordTrainingState } from './training-state.ts'

export type Accept = Act &
  OwnApplication & {
    /** as it was sent, so that a text is told from a boolean */
    fundedPlace: unknown
    scheduleIdentifier: string | undefined
  }

export type AcceptFacts = {
  application: Pick<Application, 'lead_provider_approval_status' | 'eligible_for_funding'>
  cohort: Pick<NonNullable<Setting['cohort']>, 'funding'> | null
  fundedPlace: unknown
  scheduleIdentifier: string | undefined
  /** the named schedule, or the default one; undefined where there is none */
  schedule: Pick<Schedule, 'course_group_id'> | undefined
  course: Pick<Setting['course'], 'course_group_id'>
  /** the person has another accepted application for the course in the cohort */
  acceptedElsewhere: boolean
}

/** A provider takes an application on: the participant may now be trained (02 section 10). */
export async function accept(db: Database, command: Accept): Promise<Verdict> {
  return acceptedOnce(() =>
    transact(db, async (trx) => {
      const locked = await lockOwnApplication(trx, command)
      if (!locked) return noSuchApplication
      const { application } = locked
      const setting = await settingOf(locked)
      const schedules = await schedulesOf(trx, application.cohort_id)
      const schedule = chooseSchedule(command, setting, schedules)
      const elsewhere = await acceptedElsewhere(locked, { cohortId: application.cohort_id, sameTrn: true })
      const facts = { ...command, ...setting, application, schedule, acceptedElsewhere: elsewhere }
      const refusals = judge(acceptRules, facts)
      if (scheduleUndetermined(facts)) await alertOperators(locked)
      if (refusals.length > 0) return { refusals }

      const values = {
        lead_provider_approval_status: 'accepted',
        training_status: 'active',
        accepted_at: await timeOf(trx, command),
        schedule_id: schedule?.id ?? null,
        ...(setting.cohort?.funding === 'capped' && { funded_place: command.fundedPlace === true }),
      } as const
      const siblings = await lockSiblings(locked)
      const broken = brokenBy(setting, schedules, [{ ...application, ...values }, ...siblings.map((sibling) => ({ ...sibling, ...rejection }))])
      if (broken.length > 0) return { refusals: broken }

      for (const sibling of siblings) await change(trx, command, 'applications', sibling, rejection)
      await change(trx, command, 'applications', application, values)
      await recordTrainingState(locked, command, 'active', null)
      await touchUser(locked, command)
      await allocateTrn(locked)
      await queueLetter(locked, setting, 'application accepted')
      return done
    }),
  )
}

export const acceptRules: Rules<AcceptFacts> = [
  refuse('funded_place_missing', placeNotStated, 'funded_place', 'Set #/funded_place to true or false: places in this cohort are limited.'),
  refuse('funded_place_in_unfunded_cohort', placeInUnfundedCohort, 'funded_place', 'Set #/funded_place to false: this cohort has no funding.'),
  refuse('application_already_accepted', acceptedBefore, 'application', 'This application has been accepted already.'),
  refuse(
    'application_already_rejected',
    rejectedBefore,
    'application',
    'This application has been rejected. A rejected application cannot change its state.',
  ),
  { ...acceptedOnceRefusal, fails: ({ acceptedElsewhere }) => acceptedElsewhere },
  [
    refuse(
      'not_eligible_for_funding',
      placeForIneligible,
      'application',
      'The participant is not eligible for funding, so #/funded_place cannot be true. Send false, or get in touch with us if this is wrong.',
    ),
  ],
  refuse(
    'schedule_unknown',
    namedScheduleMissing,
    'schedule_identifier',
    'The application’s cohort has no schedule with this #/schedule_identifier. Name one that it has, or leave it out.',
  ),
  refuse(
    'schedule_undetermined',
    scheduleUndetermined,
    'schedule',
    'No schedule could be determined for this application. Name one in #/schedule_identifier, or get in touch with us.',
  ),
  [
    refuse(
      'schedule_of_another_course',
      scheduleOfAnotherGroup,
      'schedule_identifier',
      'The schedule in #/schedule_identifier is not one for this course. Name a schedule of the course’s own group.',
    ),
  ],
]

function placeNotStated({ cohort, fundedPlace }: AcceptFacts) {
  return cohort?.funding === 'capped' && typeof fundedPlace !== 'boolean'
}
function placeInUnfundedCohort({ cohort, fundedPlace }: AcceptFacts) {
  return cohort?.funding === 'zero' && fundedPlace !== false
}
function acceptedBefore({ application }: AcceptFacts) {
  return application.lead_provider_approval_status === 'accepted'
}
function rejectedBefore({ application }: AcceptFacts) {
  return application.lead_provider_approval_status === 'rejected'
}
function placeForIneligible({ cohort, fundedPlace, application }: AcceptFacts) {
  return cohort?.funding === 'capped' && fundedPlace === true && !application.eligible_for_funding
}
function namedScheduleMissing({ scheduleIdentifier, schedule }: AcceptFacts) {
  return scheduleIdentifier !== undefined && schedule === undefined
}
function scheduleUndetermined({ scheduleIdentifier, schedule }: AcceptFacts) {
  return scheduleIdentifier === undefined && schedule === undefined
}
function scheduleOfAnotherGroup({ scheduleIdentifier, schedule, course }: AcceptFacts) {
  return scheduleIdentifier !== undefined && schedule?.course_group_id !== course.course_group_id
}

/** The named schedule of the cohort, else the one that its day and the course's group give. */
function chooseSchedule({ scheduleIdentifier, now }: Accept, { cohort, course }: Setting, schedules: Schedule[]): Schedule | undefined {
  if (scheduleIdentifier) return schedules.find(({ identifier }) => identifier === scheduleIdentifier)
  const ofGroup = schedules.filter(({ course_group_id }) => course_group_id === course.course_group_id)
  return cohort ? defaultSchedule(course.schedule_rules, cohort, utcDate(now), ofGroup) : undefined
}

const rejection = { lead_provider_approval_status: 'rejected', reason_for_rejection: 'other_application_in_this_cohort_accepted' } as const

/** What would not hold of applications for one course in one cohort, were they stored so. */
function brokenBy({ cohort, course }: Setting, schedules: Schedule[], applications: Application[]): Refusal[] {
  return distinct(
    applications.flatMap((application) => {
      const schedule = schedules.find(({ id }) => id === application.schedule_id) ?? null
      return brokenInvariants({ application, cohort, schedule, course })
    }),
  )
}

/** Who signed in without a TRN is given one. */
async function allocateTrn({ trx, user }: LockedApplication) {
  if (user.trn !== null || user.provider !== 'teacher_auth') return
  await queueJob(trx, { kind: 'allocate TRN', payload: { userId: user.id }, key: `allocate TRN ${user.id}` })
}

function alertOperators({ trx, application }: LockedApplication) {
  return queueJob(trx, {
    kind: 'alert operators',
    payload: { message: 'No default schedule could be determined', applicationId: application.public_id },
    key: `no schedule ${application.public_id}`,
  })
}
