import { sql } from 'kysely'
import { momentOf, systemClock } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { CohortFunding, CourseIdentifier, DeclarationType, ScheduleIdentifier } from '../../words.ts'
import type { ScheduleRule } from '../applications/default-schedule.ts'
import { author } from '../author.ts'
import { copyPartnerships } from '../delivery-partners/copy-partnerships.ts'

type CourseFact = {
  identifier: CourseIdentifier
  id: string
  course_group: string
  family: string
  name: string
  short_name: string
  short_code: string | null
  position: number
  display: boolean
  outcomes_permitted: boolean
}
type CourseGroupFact = {
  name: string
  contract_defaults: { number_of_payment_periods: number; service_fee_percentage: number; output_payment_percentage: number }
  schedule_rules: ScheduleRule[]
}
type CohortFact = { start_year: number; suffix: string; funding: CohortFunding; registration_start_date: string; description: string }
type ScheduleFact = {
  cohort: string
  identifier: ScheduleIdentifier
  name: string
  course_group: string
  live: boolean
  applies_from: string
  applies_to: string
  allowed_declaration_types: DeclarationType[]
  policy_descriptor: number | null
  acceptance_window_start: string | null
  acceptance_window_end: string | null
  milestones: { declaration_type: DeclarationType; milestone_date: string; payment_date: string; seed_statement_month: string | null }[]
}
type ProviderFact = { name: string; id: string }
type OfferingFacts = { profiles: Record<string, Record<string, string[]>>; cohorts: Record<string, string> }

/** The facts in `reference/`, as the files hold them. */
export type ReferenceFacts = {
  courses: CourseFact[]
  groups: CourseGroupFact[]
  cohorts: CohortFact[]
  schedules: ScheduleFact[]
  providers: ProviderFact[]
  offerings: OfferingFacts
}

/**
 * Loads the reference facts; loading again changes nothing that did not change in them.
 * What operators may edit afterwards (cohorts, schedules, offerings) is added where missing and left alone where present.
 * Schedules that no live cohort uses are loaded outside production only.
 */
export async function loadReference(db: Database, facts: ReferenceFacts, options: { production: boolean }): Promise<void> {
  await transact(db, async (trx) => {
    await loadCourses(trx, facts)
    await loadCohorts(trx, facts)
    await loadSchedules(trx, facts, options.production)
    await loadProviders(trx, facts)
    await loadOfferings(trx, facts)
  })
}

async function loadCourses(trx: Transacting, { groups, courses }: ReferenceFacts) {
  await trx
    .insertInto('course_groups')
    .values(
      groups.map(({ name, schedule_rules, contract_defaults }) => ({
        name,
        schedule_rules: JSON.stringify(schedule_rules),
        contract_defaults: JSON.stringify(contract_defaults),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({
          schedule_rules: (eb) => eb.ref('excluded.schedule_rules'),
          contract_defaults: (eb) => eb.ref('excluded.contract_defaults'),
          updated_at: sql`now()`,
        })
        .where(
          sql<boolean>`(course_groups.schedule_rules, course_groups.contract_defaults) is distinct from (excluded.schedule_rules, excluded.contract_defaults)`,
        ),
    )
    .execute()
  const groupIds = await idsBy(trx, 'course_groups', 'name')
  for (const { id, course_group, ...course } of courses) {
    const values = { ...course, public_id: id, course_group_id: found(groupIds, course_group) }
    await trx
      .insertInto('courses')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .column('identifier')
          .doUpdateSet({ ...values, updated_at: sql`now()` })
          .where(
            sql<boolean>`to_jsonb(courses) - 'id' - 'created_at' - 'updated_at' is distinct from to_jsonb(excluded) - 'id' - 'created_at' - 'updated_at'`,
          ),
      )
      .execute()
  }
}

/** A cohort that is new takes over the delivery partnerships of the one before it, as it does when an operator makes it. */
async function loadCohorts(trx: Transacting, { cohorts }: ReferenceFacts) {
  const added = await trx
    .insertInto('cohorts')
    .values(cohorts.map((cohort) => ({ ...cohort, registration_start_date: Temporal.Instant.from(`${cohort.registration_start_date}T00:00:00Z`) })))
    .onConflict((conflict) => conflict.columns(['start_year', 'suffix']).doNothing())
    .returning(['id', 'identifier'])
    .execute()
  const act = { ...momentOf(systemClock), author: author.job('load reference facts') }
  for (const { id } of added.sort((one, other) => one.identifier.localeCompare(other.identifier))) await copyPartnerships(trx, act, id)
}

async function loadSchedules(trx: Transacting, { schedules }: ReferenceFacts, production: boolean) {
  const cohortIds = await idsBy(trx, 'cohorts', 'identifier')
  const groupIds = await idsBy(trx, 'course_groups', 'name')
  const date = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))
  const rows = schedules
    .filter((schedule) => schedule.live || !production)
    .map(({ cohort, course_group, live: _, milestones: __, ...schedule }) => ({
      ...schedule,
      cohort_id: found(cohortIds, cohort),
      course_group_id: found(groupIds, course_group),
      applies_from: Temporal.PlainDate.from(schedule.applies_from),
      applies_to: Temporal.PlainDate.from(schedule.applies_to),
      acceptance_window_start: date(schedule.acceptance_window_start),
      acceptance_window_end: date(schedule.acceptance_window_end),
    }))
  await trx
    .insertInto('schedules')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['identifier', 'cohort_id']).doNothing())
    .execute()
}

async function loadProviders(trx: Transacting, { providers }: ReferenceFacts) {
  await trx
    .insertInto('lead_providers')
    .values(providers.map(({ name, id }) => ({ name, public_id: id })))
    .onConflict((conflict) =>
      conflict
        .column('public_id')
        .doUpdateSet({ name: (eb) => eb.ref('excluded.name'), updated_at: sql`now()` })
        .whereRef('lead_providers.name', 'is distinct from', 'excluded.name'),
    )
    .execute()
}

async function loadOfferings(trx: Transacting, { offerings }: ReferenceFacts) {
  const cohortIds = await idsBy(trx, 'cohorts', 'identifier')
  const courseIds = await idsBy(trx, 'courses', 'identifier')
  const providerIds = await idsBy(trx, 'lead_providers', 'name')
  const rows = Object.entries(offerings.cohorts).flatMap(([cohort, profile]) =>
    Object.entries(offerings.profiles[profile] ?? {}).flatMap(([course, providers]) =>
      providers.map((provider) => ({
        cohort_id: found(cohortIds, cohort),
        course_id: found(courseIds, course),
        lead_provider_id: found(providerIds, provider),
      })),
    ),
  )
  await trx
    .insertInto('offerings')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

type Named = { course_groups: 'name'; cohorts: 'identifier'; courses: 'identifier'; lead_providers: 'name' }

async function idsBy<T extends keyof Named>(trx: Transacting, table: T, column: Named[T]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; name: string }>`select id, ${sql.ref(column)} as name from ${sql.table(table)}`.execute(trx)
  return new Map(rows.map(({ id, name }) => [name, id]))
}

function found(ids: Map<string, number>, name: string): number {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`The reference facts speak of ${name}, which they do not hold.`)
  return id
}
