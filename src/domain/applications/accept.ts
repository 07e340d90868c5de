import { utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { timeOf } from '../../db/time.ts'
import { type Act, change } from '../history.ts'
import { queueJob, queueMail } from '../outbox.ts'
import { distinct, done, judge, type Refusal, type Rule, refuse, thenRefuse, type Verdict } from '../rules.ts'
import { acceptedOnce, acceptedOnceRefusal } from './accepted-once.ts'
import type { Application } from './application.ts'
import { defaultSchedule, type ScheduleRule } from './default-schedule.ts'
import { brokenInvariants } from './invariants.ts'
import { type Locked, lockApplication } from './lock.ts'
import { mailAbout } from './mail.ts'
import { touchUser } from './touch-user.ts'
import { recordTrainingState } from './training-state.ts'

export type Accept = Act & {
  providerId: number
  /** public id */
  applicationId: string
  /** as it was sent, so that a text is told from a boolean */
  fundedPlace: unknown
  scheduleIdentifier: string | undefined
}

type Schedule = RowOf<'schedules'>

export type Facts = {
  application: Pick<Application, 'lead_provider_approval_status' | 'eligible_for_funding'>
  cohort: Pick<RowOf<'cohorts'>, 'funding'> | null
  fundedPlace: unknown
  scheduleIdentifier: string | undefined
  /** the named schedule, or the default one; undefined where there is none */
  schedule: Pick<Schedule, 'course_group_id'> | undefined
  course: Pick<RowOf<'courses'>, 'course_group_id'>
  /** the person has another accepted application for the course in the cohort */
  acceptedElsewhere: boolean
}

/** A provider takes an application on: the participant may now be trained (02 section 10). */
export async function accept(db: Database, command: Accept): Promise<Verdict> {
  return acceptedOnce(() =>
    db.transaction().execute(async (trx) => {
      const locked = await lockApplication(trx, command)
      if (!locked) return { refusals: [{ title: 'application', detail: 'The application does not exist any more.' }] }
      const gathered = await gather(trx, command, locked)
      const refusals = judge(rules, gathered)
      if (scheduleUndetermined(gathered)) await alertOperators(trx, locked.application)
      if (refusals.length > 0) return { refusals }
      return write(trx, command, locked, gathered)
    }),
  )
}

export const rules: Rule<Facts>[] = [
  thenRefuse(placeNotStated, 'funded_place', 'Set #/funded_place to true or false: places in this cohort are limited.'),
  refuse(placeInUnfundedCohort, 'funded_place', 'Set #/funded_place to false: this cohort has no funding.'),
  refuse(acceptedBefore, 'application', 'This application has been accepted already.'),
  refuse(rejectedBefore, 'application', 'This application has been rejected. A rejected application cannot change its state.'),
  refuse(({ acceptedElsewhere }) => acceptedElsewhere, acceptedOnceRefusal.title, acceptedOnceRefusal.detail),
  thenRefuse(
    placeForIneligible,
    'application',
    'The participant is not eligible for funding, so #/funded_place cannot be true. Send false, or get in touch with us if this is wrong.',
  ),
  refuse(
    namedScheduleMissing,
    'schedule_identifier',
    'The application’s cohort has no schedule with this #/schedule_identifier. Name one that it has, or leave it out.',
  ),
  refuse(
    scheduleUndetermined,
    'schedule',
    'No schedule could be determined for this application. Name one in #/schedule_identifier, or get in touch with us.',
  ),
  thenRefuse(
    scheduleOfAnotherGroup,
    'schedule_identifier',
    'The schedule in #/schedule_identifier is not one for this course. Name a schedule of the course’s own group.',
  ),
]

function placeNotStated({ cohort, fundedPlace }: Facts) {
  return cohort?.funding === 'capped' && typeof fundedPlace !== 'boolean'
}
function placeInUnfundedCohort({ cohort, fundedPlace }: Facts) {
  return cohort?.funding === 'zero' && fundedPlace !== false
}
function acceptedBefore({ application }: Facts) {
  return application.lead_provider_approval_status === 'accepted'
}
function rejectedBefore({ application }: Facts) {
  return application.lead_provider_approval_status === 'rejected'
}
function placeForIneligible({ cohort, fundedPlace, application }: Facts) {
  return cohort?.funding === 'capped' && fundedPlace === true && !application.eligible_for_funding
}
function namedScheduleMissing({ scheduleIdentifier, schedule }: Facts) {
  return scheduleIdentifier !== undefined && schedule === undefined
}
function scheduleUndetermined({ scheduleIdentifier, schedule }: Facts) {
  return scheduleIdentifier === undefined && schedule === undefined
}
function scheduleOfAnotherGroup({ scheduleIdentifier, schedule, course }: Facts) {
  return scheduleIdentifier !== undefined && schedule?.course_group_id !== course.course_group_id
}

async function gather(trx: Transacting, command: Accept, locked: Locked) {
  const { application } = locked
  const course = await trx
    .selectFrom('courses')
    .innerJoin('course_groups', 'course_groups.id', 'courses.course_group_id')
    .select(['courses.name', 'courses.course_group_id', 'course_groups.schedule_rules'])
    .where('courses.id', '=', application.course_id)
    .executeTakeFirstOrThrow()
  const cohort = (await trx.selectFrom('cohorts').selectAll().where('id', '=', application.cohort_id).executeTakeFirst()) ?? null
  const schedules = await trx.selectFrom('schedules').selectAll().where('cohort_id', '=', application.cohort_id).execute()
  const { scheduleIdentifier, fundedPlace } = command
  const schedule = scheduleIdentifier
    ? schedules.find(({ identifier }) => identifier === scheduleIdentifier)
    : cohort &&
      defaultSchedule(
        course.schedule_rules as ScheduleRule[],
        cohort,
        utcDate(command.now),
        schedules.filter(({ course_group_id }) => course_group_id === course.course_group_id),
      )
  return {
    application,
    cohort,
    course,
    fundedPlace,
    scheduleIdentifier,
    schedule: schedule ?? undefined,
    acceptedElsewhere: await acceptedElsewhere(trx, locked),
  }
}

/** Accepted and not withdrawn, by any provider, of this record or of one with the same verified TRN. */
async function acceptedElsewhere(trx: Transacting, { application, user, sameTrnUserIds }: Locked): Promise<boolean> {
  if (application.cohort_id === null) return false
  const people = user.trn_verified ? [user.id, ...sameTrnUserIds] : [user.id]
  const other = await trx
    .selectFrom('applications')
    .select('id')
    .where('user_id', 'in', people)
    .where('cohort_id', '=', application.cohort_id)
    .where('course_family', '=', application.course_family)
    .where('lead_provider_approval_status', '=', 'accepted')
    .where('training_status', 'is distinct from', 'withdrawn')
    .where('id', '<>', application.id)
    // 00, decision 21: an application that a merge moved in is not counted
    .where((eb) => eb.or([eb('merged_from_user_id', 'is', null), eb('user_id', '<>', user.id)]))
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

async function write(
  trx: Transacting,
  command: Accept,
  { application, user }: Locked,
  { cohort, course, schedule, fundedPlace }: Awaited<ReturnType<typeof gather>>,
): Promise<Verdict> {
  const values = {
    lead_provider_approval_status: 'accepted',
    training_status: 'active',
    accepted_at: await timeOf(trx, command),
    schedule_id: schedule?.id ?? null,
    ...(cohort?.funding === 'capped' && { funded_place: fundedPlace === true }),
  } as const
  const siblings = await lockSiblings(trx, application)
  const broken: Refusal[] = [
    ...brokenInvariants({ application: { ...application, ...values }, cohort, schedule: schedule ?? null, course }),
    ...(await brokenSiblings(trx, siblings, cohort)),
  ]
  if (broken.length > 0) return { refusals: distinct(broken) }

  await rejectSiblings(trx, command, siblings)
  await change(trx, command, 'applications', application, values)
  await recordTrainingState(trx, command, application, 'active', null)
  await touchUser(trx, command, user)
  if (user.trn === null && user.provider === 'teacher_auth') {
    await queueJob(trx, { kind: 'allocate TRN', payload: { userId: user.id }, key: `allocate TRN ${user.id}` })
  }
  await queueMail(trx, await mailAbout(trx, 'application accepted', application, user))
  return done
}

/** Other applications of this record for the very course in the cohort; those rejected before keep their reason. */
async function lockSiblings(trx: Transacting, application: Application): Promise<Application[]> {
  if (application.cohort_id === null) return []
  return trx
    .selectFrom('applications')
    .selectAll()
    .where('user_id', '=', application.user_id)
    .where('cohort_id', '=', application.cohort_id)
    .where('course_id', '=', application.course_id)
    .where('id', '<>', application.id)
    .where('lead_provider_approval_status', 'is distinct from', 'rejected')
    .orderBy('id')
    .forUpdate()
    .execute()
}

const rejection = { lead_provider_approval_status: 'rejected', reason_for_rejection: 'other_application_in_this_cohort_accepted' } as const

async function brokenSiblings(trx: Transacting, siblings: Application[], cohort: RowOf<'cohorts'> | null): Promise<Refusal[]> {
  const broken: Refusal[] = []
  for (const sibling of siblings) {
    const schedule = (await trx.selectFrom('schedules').selectAll().where('id', '=', sibling.schedule_id).executeTakeFirst()) ?? null
    const course = await trx.selectFrom('courses').selectAll().where('id', '=', sibling.course_id).executeTakeFirstOrThrow()
    broken.push(...brokenInvariants({ application: { ...sibling, ...rejection }, cohort, schedule, course }))
  }
  return broken
}

async function rejectSiblings(trx: Transacting, command: Accept, siblings: Application[]) {
  for (const sibling of siblings) await change(trx, command, 'applications', sibling, rejection)
}

function alertOperators(trx: Transacting, application: Application) {
  return queueJob(trx, {
    kind: 'alert operators',
    payload: { message: 'No default schedule could be determined', applicationId: application.public_id },
    key: `no schedule ${application.public_id}`,
  })
}
