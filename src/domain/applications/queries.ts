import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { Tables } from '../../db/schema.ts'
import { type ApplicationView, liveDeclarationStates } from './application.ts'

export type ApplicationFilter = {
  providerId: number
  /** start years; an empty list matches nothing */
  cohorts?: number[] | undefined
  updatedSince?: Temporal.Instant | undefined
  /** public ids; an empty list matches nothing */
  participantIds?: string[] | undefined
  /** enrolments alone */
  accepted?: true
}
export type SortKey = { key: 'created_at' | 'updated_at'; descending: boolean }
export type Page = { limit: number; offset: number }

const oldestFirst: SortKey[] = [{ key: 'created_at', descending: false }]

/** One page of a provider's applications: its keys from an index alone, then their rows. */
export function listApplications(db: Database, filter: ApplicationFilter, page: Page, sort: SortKey[] = oldestFirst): Promise<ApplicationView[]> {
  let keys = matching(db, filter).select(['applications.id', 'applications.created_at', 'applications.updated_at'])
  for (const { key, descending } of sort) keys = keys.orderBy(`applications.${key}`, descending ? 'desc' : 'asc')
  keys = keys.orderBy('applications.id').limit(page.limit).offset(page.offset)

  let rows = viewed(db.selectFrom(keys.as('page')).innerJoin('applications', 'applications.id', 'page.id'))
  for (const { key, descending } of sort) rows = rows.orderBy(`page.${key}`, descending ? 'desc' : 'asc')
  return rows.orderBy('page.id').execute()
}

/** Every matching application, oldest first, read in batches so that memory stays bounded whatever their number. */
export async function* eachApplication(db: Database, filter: ApplicationFilter, batchSize = 1000): AsyncGenerator<ApplicationView> {
  let last: { created_at: Temporal.Instant; id: number } | undefined
  for (;;) {
    let keys = matching(db, filter).select(['applications.id', 'applications.created_at'])
    if (last) keys = keys.where(sql<boolean>`(applications.created_at, applications.id) > (${last.created_at.toString()}::timestamptz, ${last.id})`)
    keys = keys.orderBy('applications.created_at').orderBy('applications.id').limit(batchSize)
    const rows = await viewed(db.selectFrom(keys.as('page')).innerJoin('applications', 'applications.id', 'page.id'))
      .select('applications.id')
      .orderBy('page.created_at')
      .orderBy('page.id')
      .execute()
    yield* rows
    last = rows.at(-1)
    if (rows.length < batchSize) return
  }
}

/** A provider's application by its public id; undefined where it does not exist or belongs to another provider. */
export function findApplication(db: Database, providerId: number, publicId: string): Promise<ApplicationView | undefined> {
  return viewed(db.selectFrom('applications'))
    .where('applications.lead_provider_id', '=', providerId)
    .where('applications.public_id', '=', publicId)
    .executeTakeFirst()
}

/** Whether the application has a declaration that holds it where it is. */
export async function hasLiveDeclaration(db: Database, applicationId: number): Promise<boolean> {
  const row = await db
    .selectFrom('declarations')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('state', 'in', liveDeclarationStates)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function matching(db: Database, filter: ApplicationFilter) {
  let query = db.selectFrom('applications').where('applications.lead_provider_id', '=', filter.providerId)
  const { cohorts, updatedSince, participantIds, accepted } = filter
  if (accepted) query = query.where('applications.lead_provider_approval_status', '=', 'accepted')
  if (cohorts) {
    query = query.where('applications.cohort_id', 'in', (eb) =>
      eb.selectFrom('cohorts').select('cohorts.id').where('start_year', '=', sql<number>`any(${cohorts}::integer[])`),
    )
  }
  if (participantIds) {
    query = query.where('applications.user_id', 'in', (eb) =>
      eb.selectFrom('users').select('users.id').where('public_id', '=', sql<string>`any(${participantIds}::uuid[])`),
    )
  }
  // Two index searches instead of one scan: changed itself, or its participant changed significantly.
  if (updatedSince) {
    query = query.where('applications.id', 'in', (eb) =>
      eb
        .selectFrom('applications as changed')
        .select('changed.id')
        .where('changed.lead_provider_id', '=', filter.providerId)
        .where('changed.updated_at', '>=', updatedSince)
        .union(
          eb
            .selectFrom('users')
            .innerJoin('applications as touched', 'touched.user_id', 'users.id')
            .select('touched.id')
            .where('touched.lead_provider_id', '=', filter.providerId)
            .where('users.significantly_updated_at', '>=', updatedSince),
        ),
    )
  }
  return query
}

/** Previously funded: another accepted, eligible and not unfunded application of the person for the course (02 section 8.1). */
export const previouslyFunded = sql<boolean>`exists (
  select from applications earlier
  where earlier.user_id = applications.user_id and earlier.course_family = applications.course_family
    and earlier.lead_provider_approval_status = 'accepted' and earlier.eligible_for_funding
    and earlier.funded_place is not false and earlier.id <> applications.id)`

function viewed<T extends Tables, TB extends keyof T, O>(query: SelectQueryBuilder<T, TB | 'applications', O>) {
  // The joins add only tables whose names no caller uses, so the query is seen as one over all tables.
  return (query as unknown as SelectQueryBuilder<Tables & { page: PageKeys }, 'applications' | 'page', O>)
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .leftJoin('private_childcare_providers', 'private_childcare_providers.id', 'applications.private_childcare_provider_id')
    .leftJoin('itt_providers', 'itt_providers.id', 'applications.itt_provider_id')
    .select([
      'applications.public_id',
      'applications.lead_provider_approval_status',
      'applications.training_status',
      'applications.reason_for_rejection',
      'applications.eligible_for_funding',
      'applications.funding_eligibility_status_code',
      'applications.funded_place',
      'applications.funding_choice',
      'applications.headteacher_status',
      'applications.employer_name',
      'applications.employment_role',
      'applications.works_in_school',
      'applications.ukprn',
      'applications.teacher_catchment',
      'applications.teacher_catchment_country',
      'applications.teacher_catchment_iso_country_code',
      'applications.lead_mentor',
      'applications.targeted_delivery_funding_eligibility',
      'applications.senco_in_role',
      'applications.senco_start_date',
      'applications.created_at',
      'applications.updated_at',
      'courses.identifier as course_identifier',
      'users.public_id as participant_id',
      'users.full_name',
      'users.email',
      'users.trn',
      'users.trn_verified',
      'users.updated_at as user_updated_at',
      'users.significantly_updated_at',
      'cohorts.start_year as cohort_start_year',
      'cohorts.suffix as cohort_suffix',
      'schedules.identifier as schedule_identifier',
      'schools.urn as school_urn',
      'private_childcare_providers.provider_urn as private_childcare_provider_urn',
      'itt_providers.legal_name as itt_provider',
      previouslyFunded.as('previously_funded'),
    ])
}
type PageKeys = { id: number; created_at: Temporal.Instant; updated_at: Temporal.Instant }
