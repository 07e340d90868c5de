import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../src/db/connect.ts'
import type { NewRowOf, RowOf, StatementItemState, Tables } from '../../src/db/schema.ts'
import { hashToken, makeToken } from '../../src/domain/tokens/token.ts'
import type { CohortFunding, CourseIdentifier, ScheduleIdentifier } from '../../src/words.ts'
import { tokenKey } from './app.ts'

// Rows with valid defaults: each test states only what it is about.

let count = 0
const instant = Temporal.Instant.from('2026-10-01T09:00:00Z')

/** A cohort of the reference facts, by its identifier such as `2026b`. */
export async function cohortNamed(db: Database, identifier: string) {
  return db.selectFrom('cohorts').selectAll().where('identifier', '=', identifier).executeTakeFirstOrThrow()
}

/** A lead provider of the reference facts: the first, or the one with this name. */
export async function provider(db: Database, name = 'Ambition Institute') {
  return db.selectFrom('lead_providers').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
}

export async function course(db: Database, identifier: CourseIdentifier = 'npq-headship') {
  return db.selectFrom('courses').selectAll().where('identifier', '=', identifier).executeTakeFirstOrThrow()
}

export async function scheduleNamed(db: Database, cohort: string, identifier: ScheduleIdentifier) {
  const { id } = await cohortNamed(db, cohort)
  return db.selectFrom('schedules').selectAll().where('cohort_id', '=', id).where('identifier', '=', identifier).executeTakeFirstOrThrow()
}

export async function user(db: Database, values: Partial<NewRowOf<'users'>> = {}): Promise<RowOf<'users'>> {
  count++
  return insert(db, 'users', {
    full_name: `Person ${count}`,
    email: `person.${count}@school.example`,
    trn: String(1_000_000 + count),
    trn_verified: true,
    created_at: instant,
    updated_at: instant,
    significantly_updated_at: instant,
    ...values,
  })
}

/** An id that a person had before. */
export async function idChange(db: Database, of: { user: RowOf<'users'> } & Partial<NewRowOf<'participant_id_changes'>>) {
  const { user: holder, ...values } = of
  return insert(db, 'participant_id_changes', {
    user_id: holder.id,
    from_participant_id: randomUUID(),
    to_participant_id: holder.public_id,
    created_at: instant,
    updated_at: instant,
    ...values,
  })
}

/** What an application is about, by natural keys: the rest by column. */
export type ApplicationFacts = Partial<NewRowOf<'applications'>> & {
  cohort?: string | null
  course?: CourseIdentifier
  provider?: string
  schedule?: ScheduleIdentifier
  user?: { id: number }
}

/** A pending application of a new person for headship in cohort 2023a (no limit of places) with Ambition Institute. */
export async function application(db: Database, facts: ApplicationFacts = {}): Promise<RowOf<'applications'>> {
  const { cohort = '2023a', course: courseIdentifier, provider: providerName, schedule, user: person, ...values } = facts
  return insert(db, 'applications', {
    user_id: (person ?? (await user(db))).id,
    course_id: (await course(db, courseIdentifier)).id,
    lead_provider_id: (await provider(db, providerName)).id,
    cohort_id: cohort === null ? null : (await cohortNamed(db, cohort)).id,
    schedule_id: schedule && cohort ? (await scheduleNamed(db, cohort, schedule)).id : null,
    lead_provider_approval_status: 'pending',
    eligible_for_funding: true,
    created_at: instant,
    updated_at: instant,
    ...values,
  })
}

/** So many more applications that differ from this one in their ids alone. */
export async function copies(db: Database, { id }: { id: number }, howMany: number): Promise<void> {
  await sql`insert into applications (user_id, course_id, lead_provider_id, cohort_id, lead_provider_approval_status, created_at, updated_at)
    select user_id, course_id, lead_provider_id, cohort_id, lead_provider_approval_status, created_at, updated_at
    from applications, generate_series(1, ${howMany}) where id = ${id}`.execute(db)
}

/** An accepted, active application on its cohort's autumn leadership schedule. */
export async function acceptedApplication(db: Database, facts: ApplicationFacts = {}): Promise<RowOf<'applications'>> {
  const made = await application(db, {
    schedule: 'npq-leadership-autumn',
    lead_provider_approval_status: 'accepted',
    training_status: 'active',
    accepted_at: instant,
    ...facts,
  })
  await insert(db, 'application_states', {
    application_id: made.id,
    lead_provider_id: made.lead_provider_id,
    state: made.training_status ?? 'active',
    created_at: instant,
    updated_at: instant,
  })
  return made
}

export async function declaration(
  db: Database,
  of: { application: RowOf<'applications'> } & Partial<NewRowOf<'declarations'>>,
): Promise<RowOf<'declarations'>> {
  const { application: declared, ...values } = of
  return insert(db, 'declarations', {
    application_id: declared.id,
    lead_provider_id: declared.lead_provider_id,
    cohort_id: declared.cohort_id ?? (await cohortNamed(db, '2023a')).id,
    declaration_type: 'started',
    declaration_date: Temporal.Instant.from('2023-11-01T10:00:00Z'),
    state: 'submitted',
    created_at: instant,
    updated_at: instant,
    ...values,
  })
}

/** What a statement is about, by natural keys: the rest by column. */
export type StatementFacts = Partial<NewRowOf<'statements'>> & { cohort?: string; provider?: string; courses?: CourseIdentifier[] }

/** An open output statement of November 2026 for cohort 2023a, with contracts for these courses; for headship unless told otherwise. */
export async function statement(db: Database, facts: StatementFacts = {}): Promise<RowOf<'statements'>> {
  const { cohort: identifier = '2023a', provider: providerName, courses = ['npq-headship'], ...values } = facts
  const made = await insert(db, 'statements', {
    lead_provider_id: (await provider(db, providerName)).id,
    cohort_id: (await cohortNamed(db, identifier)).id,
    year: 2026,
    month: 11,
    deadline_date: Temporal.PlainDate.from('2026-11-30'),
    payment_date: Temporal.PlainDate.from('2026-12-25'),
    ...values,
  })
  for (const identifier of courses) await contract(db, { statement: made, course: identifier })
  return made
}

export async function contract(
  db: Database,
  of: { statement: { id: number }; course?: CourseIdentifier } & Partial<NewRowOf<'contract_templates'>>,
): Promise<RowOf<'contracts'>> {
  const { statement: held, course: identifier, ...terms } = of
  const template = await insert(db, 'contract_templates', {
    recruitment_target: 100,
    per_participant: '800',
    number_of_payment_periods: 4,
    service_fee_installments: 19,
    ...terms,
  })
  return insert(db, 'contracts', { statement_id: held.id, course_id: (await course(db, identifier)).id, contract_template_id: template.id })
}

/** A declaration on a statement, in the state of the item there. */
export async function item(
  db: Database,
  of: { declaration: { id: number; state: string }; statement: { id: number } } & Partial<NewRowOf<'statement_items'>>,
): Promise<RowOf<'statement_items'>> {
  const {
    declaration: { id, state },
    statement: held,
    ...values
  } = of
  return insert(db, 'statement_items', { statement_id: held.id, declaration_id: id, state: state as StatementItemState, ...values })
}

/** A delivery partner of the provider in these cohorts. */
export async function deliveryPartner(
  db: Database,
  facts: Partial<NewRowOf<'delivery_partners'>> & { provider?: string; cohorts?: string[] } = {},
): Promise<RowOf<'delivery_partners'>> {
  const { provider: providerName, cohorts = ['2023a'], ...values } = facts
  count++
  const made = await insert(db, 'delivery_partners', { name: `Partner ${count}`, ...values })
  for (const identifier of cohorts) {
    await insert(db, 'delivery_partnerships', {
      delivery_partner_id: made.id,
      lead_provider_id: (await provider(db, providerName)).id,
      cohort_id: (await cohortNamed(db, identifier)).id,
    })
  }
  return made
}

export async function cohort(db: Database, values: { start_year: number; suffix?: string; funding?: CohortFunding }): Promise<RowOf<'cohorts'>> {
  const { start_year, suffix = 'a', funding = 'full' } = values
  return insert(db, 'cohorts', {
    start_year,
    suffix,
    funding,
    description: `Made for a test ${start_year}${suffix}`,
    registration_start_date: Temporal.Instant.from(`${start_year}-04-03T00:00:00Z`),
  })
}

export async function outcome(db: Database, of: { declaration: RowOf<'declarations'> } & Partial<NewRowOf<'outcomes'>>): Promise<RowOf<'outcomes'>> {
  const { declaration: completed, ...values } = of
  return insert(db, 'outcomes', {
    declaration_id: completed.id,
    state: 'passed',
    completion_date: Temporal.PlainDate.from('2026-02-10'),
    created_at: instant,
    updated_at: instant,
    ...values,
  })
}

/** A token's clear text, issued to a provider. */
export async function token(db: Database, providerName?: string): Promise<string> {
  const text = makeToken('test')
  await insert(db, 'api_tokens', {
    hashed_token: hashToken(text, tokenKey),
    label: 'for a test',
    issued_by: 'Command test',
    lead_provider_id: (await provider(db, providerName)).id,
  })
  return text
}

export async function insert<T extends keyof Tables>(db: Database, table: T, values: NewRowOf<T>): Promise<RowOf<T>> {
  return (await db
    .insertInto(table as keyof Tables)
    .values(values as never)
    .returningAll()
    .executeTakeFirstOrThrow()) as RowOf<T>
}
