import { utcDate } from '../clock.ts'
import type { Transacting } from '../db/connect.ts'
import type { RowOf } from '../db/schema.ts'
import type { ScheduleRule } from '../domain/applications/default-schedule.ts'
import { referenceFacts } from '../reference-files.ts'
import type { DeclarationType, ScheduleIdentifier } from '../words.ts'
import { elsewhere } from './elsewhere.ts'
import { daysAfter, isAfter } from './moments.ts'

export type Provider = Pick<RowOf<'lead_providers'>, 'id' | 'name'>
export type Cohort = RowOf<'cohorts'>
export type Course = RowOf<'courses'> & { group: string; rules: ScheduleRule[]; terms: RowOf<'course_groups'>['contract_defaults'] }
export type Schedule = RowOf<'schedules'>

/** What the made-up data must agree with. */
export type Facts = Awaited<ReturnType<typeof gatherFacts>>

/** Courses that came later than the first cohort: before that year nobody studied them. */
const firstYears: Record<string, number> = { 'npq-leading-primary-mathematics': 2023, 'npq-senco': 2024 }
/** Providers that came later than the first cohort. */
const firstCohorts: Record<string, number> = { 'National Institute of Teaching': 2022 }
/** The last cohort of a provider that offers nothing any more. */
const lastCohortOfRetired = 2023

export async function gatherFacts(trx: Transacting, now: Temporal.Instant) {
  const others = trx.selectFrom('lead_providers').select(['id', 'name']).where('public_id', '<>', elsewhere.id)
  const providers = await others.orderBy('name').execute()
  const allCohorts = await trx.selectFrom('cohorts').selectAll().orderBy('start_year').orderBy('suffix').execute()
  const cohorts = allCohorts.filter((cohort) => !isAfter(daysAfter(cohort.registration_start_date, 14), now))
  const courses: Course[] = await trx
    .selectFrom('courses')
    .innerJoin('course_groups', 'course_groups.id', 'course_group_id')
    .selectAll('courses')
    .select(['course_groups.name as group', 'contract_defaults as terms'])
    .select(({ ref }) => ref('schedule_rules').$castTo<ScheduleRule[]>().as('rules'))
    .orderBy('position')
    .execute()
  const schedules = await trx.selectFrom('schedules').selectAll().orderBy('cohort_id').orderBy('applies_from').orderBy('identifier').execute()
  const offerings = await trx.selectFrom('offerings').select(['course_id', 'cohort_id', 'lead_provider_id']).execute()
  const milestones = await expectedMilestones(allCohorts, schedules)

  const retired = (provider: Provider) => offerings.every(({ lead_provider_id }) => lead_provider_id !== provider.id)
  const hasBegun = ({ identifier }: Course, { start_year }: Cohort) => start_year >= (firstYears[identifier] ?? 0)

  return {
    now,
    today: utcDate(now),
    providers,
    allCohorts,
    /** those for which people have had time to apply */
    cohorts,
    courses,
    /** Whether anybody studied the course in the cohort at all. */
    hasBegun,

    /** Whether the provider has statements for the cohort at all. */
    contracted: (provider: Provider, cohort: Cohort) => cohort.start_year >= (firstCohorts[provider.name] ?? 0),

    /** The cohorts in which a provider has had participants, oldest first. */
    cohortsOf(provider: Provider): Cohort[] {
      const first = firstCohorts[provider.name] ?? 0
      const last = retired(provider) ? lastCohortOfRetired : Number.POSITIVE_INFINITY
      return cohorts.filter(({ start_year }) => first <= start_year && start_year <= last)
    },

    /** What people study with a provider in a cohort: what it offers, or what they brought along when they changed to it. */
    coursesOf(provider: Provider, cohort: Cohort): Course[] {
      const here = offerings.filter(({ cohort_id }) => cohort_id === cohort.id)
      const own = here.filter(({ lead_provider_id }) => lead_provider_id === provider.id)
      const ids = new Set((own.length > 0 ? own : here).map(({ course_id }) => course_id))
      return courses.filter((course) => ids.has(course.id) && hasBegun(course, cohort))
    },

    schedulesFor(cohort: Cohort, course: Course): Schedule[] {
      return schedules.filter(({ cohort_id, course_group_id }) => cohort_id === cohort.id && course_group_id === course.course_group_id)
    },

    /** What a cohort's payment runs of a month expect. */
    expectedIn: (cohort: Cohort, month: Temporal.PlainYearMonth) => milestones.get(`${cohort.identifier} ${month}`) ?? [],
  }
}

/** The declarations of the schedules that there are, by cohort and by the month in which they were expected. */
async function expectedMilestones(cohorts: Cohort[], schedules: Schedule[]) {
  const there = new Set(schedules.map(({ cohort_id, identifier }) => `${cohort_id} ${identifier}`))
  const months = new Map<string, { schedule_identifier: ScheduleIdentifier; declaration_type: DeclarationType }[]>()
  for (const { cohort, identifier: schedule_identifier, milestones } of (await referenceFacts()).schedules) {
    const id = cohorts.find(({ identifier }) => identifier === cohort)?.id
    if (!there.has(`${id} ${schedule_identifier}`)) continue
    for (const { declaration_type, seed_statement_month: month } of milestones) {
      months.getOrInsert(`${cohort} ${month}`, []).push({ schedule_identifier, declaration_type })
    }
  }
  return months
}
