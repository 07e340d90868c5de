import { type InferResult, sql } from 'kysely'
import type { InstantText } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { anyOf, prepared } from '../../db/prepared.ts'
import { plannedForItsValues } from '../../db/preparing-client.ts'
import type { RowOf } from '../../db/schema.ts'
import { inBatches, oldestFirst, type Page, type Place, rowsOf, type SortKey } from '../page.ts'
import { type LockedPerson, lockPerson } from '../participants/records.ts'
import type { ScheduleRule } from './default-schedule.ts'

export type Application = RowOf<'applications'>

/** An application that is locked until the transaction ends, as its person is. Only locking makes one. */
export type LockedApplication = LockedPerson & Readonly<{ application: Application; [applicationLock]: true }>
const applicationLock: unique symbol = Symbol('application')

/** A locked application that a provider accepted, with its course and with what the person was funded for before. */
export type LockedEnrolment = LockedApplication & Readonly<{ courseIdentifier: string; previouslyFunded: boolean }>

/** Locks an application of a locked person, by internal id. Undefined where it is not this person's (any more). */
export async function lockApplication(person: LockedPerson, id: number): Promise<LockedApplication | undefined> {
  const application = await person.trx
    .selectFrom('applications')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', person.user.id)
    .forUpdate()
    .executeTakeFirst()
  return application && { ...person, application, [applicationLock]: true }
}

export type OwnApplication = {
  providerId: number
  /** public id */
  applicationId: string
}

/** Locks a provider's application, and its person before it. Undefined where the provider has no such application (any more). */
export async function lockOwnApplication(trx: Transacting, { providerId, applicationId }: OwnApplication): Promise<LockedApplication | undefined> {
  for (;;) {
    const seen = await trx
      .selectFrom('applications')
      .select(['id', 'user_id'])
      .where('public_id', '=', applicationId)
      .where('lead_provider_id', '=', providerId)
      .executeTakeFirst()
    if (!seen) return undefined
    const person = await lockPerson(trx, seen.user_id)
    const locked = person && (await lockApplication(person, seen.id))
    if (locked?.application.lead_provider_id === providerId) return locked
    // a merge moved it to another person while we waited, or it went to another provider: look again
  }
}

/** Locks all applications of a locked person. */
export async function lockApplications(person: LockedPerson): Promise<LockedApplication[]> {
  const applications = await person.trx
    .selectFrom('applications')
    .selectAll()
    .where('user_id', '=', person.user.id)
    .orderBy('id')
    .forUpdate()
    .execute()
  return applications.map((application) => ({ ...person, application, [applicationLock]: true }))
}

/** Locks a person's accepted applications with a provider, the newest first. */
export async function lockEnrolments(person: LockedPerson, providerId: number): Promise<LockedEnrolment[]> {
  const enrolments = await person.trx
    .selectFrom('applications')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .selectAll('applications')
    .select(['courses.identifier as courseIdentifier', previouslyFunded.as('previouslyFunded')])
    .where('applications.user_id', '=', person.user.id)
    .where('applications.lead_provider_id', '=', providerId)
    .where('applications.lead_provider_approval_status', '=', 'accepted')
    .orderBy('applications.created_at', 'desc')
    .orderBy('applications.id', 'desc')
    .forUpdate('applications')
    .execute()
  return enrolments.map(({ courseIdentifier, previouslyFunded, ...application }) => ({
    ...person,
    application,
    courseIdentifier,
    previouslyFunded,
    [applicationLock]: true,
  }))
}

/** Locks the person's other applications for the very course in the cohort; those rejected before are left as they are. */
export function lockSiblings({ trx, application }: LockedApplication): Promise<Application[]> {
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

/** What an application stands on, and the name of a provider: its own unless another is asked for. */
export type Setting = Awaited<ReturnType<typeof settingOf>>
export async function settingOf({ trx, application }: LockedApplication, providerId = application.lead_provider_id) {
  const row = await trx
    .selectFrom('applications')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .innerJoin('course_groups', 'course_groups.id', 'courses.course_group_id')
    .innerJoin('lead_providers', (join) => join.on('lead_providers.id', '=', providerId))
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .select(['courses.name as course_name', 'courses.course_group_id', 'courses.outcomes_permitted', 'course_groups.schedule_rules'])
    .select(['cohorts.id as cohort_id', 'cohorts.identifier as cohort_identifier', 'cohorts.start_year', 'cohorts.funding'])
    .select(['schedules.id as schedule_id', 'schedules.cohort_id as schedule_cohort_id', 'schedules.course_group_id as schedule_group_id'])
    .select(['schedules.applies_from', 'schedules.allowed_declaration_types', 'schools.urn', 'lead_providers.name as provider_name'])
    .where('applications.id', '=', application.id)
    .executeTakeFirstOrThrow()
  return {
    provider: { name: row.provider_name },
    course: {
      name: row.course_name,
      course_group_id: row.course_group_id,
      outcomes_permitted: row.outcomes_permitted,
      schedule_rules: row.schedule_rules as ScheduleRule[],
    },
    cohort: joined({ id: row.cohort_id, identifier: row.cohort_identifier, start_year: row.start_year, funding: row.funding }),
    /** one of the cohort's */
    schedule: joined({
      id: row.schedule_id,
      cohort_id: row.schedule_cohort_id,
      start_year: row.start_year,
      course_group_id: row.schedule_group_id,
      applies_from: row.applies_from,
      allowed_declaration_types: row.allowed_declaration_types,
    }),
    school: joined({ urn: row.urn }),
  }
}

/** The columns of a joined row; null where there was none to join. */
function joined<Columns extends Record<string, unknown>>(columns: Columns) {
  const found = Object.values(columns).every((value) => value !== null)
  return found ? (columns as { [Name in keyof Columns]: NonNullable<Columns[Name]> }) : null
}

/**
 * Whether the person has another application for the course in the cohort that is accepted, not withdrawn and not moved in by a
 * merge (00, decision 21). With `sameTrn` those of other records with the same TRN count too, where it is verified.
 */
export async function acceptedElsewhere(
  { trx, application, user, sameTrn }: LockedApplication,
  where: { cohortId: number | null; sameTrn: boolean },
): Promise<boolean> {
  const others = where.sameTrn && user.trn_verified ? sameTrn : []
  const other = await trx
    .selectFrom('applications')
    .select('id')
    .where('user_id', '=', anyOf([user.id, ...others.map(({ id }) => id)]))
    .where('cohort_id', '=', where.cohortId)
    .where('course_family', '=', application.course_family)
    .where('lead_provider_approval_status', '=', 'accepted')
    .where('training_status', 'is distinct from', 'withdrawn')
    .where((eb) => eb.or([eb('merged_from_user_id', 'is', null), eb('user_id', '<>', user.id)]))
    .where('id', '<>', application.id)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

/** Whether a person has applied at all. */
export async function hasApplication({ trx, user }: LockedPerson): Promise<boolean> {
  return (await trx.selectFrom('applications').select('id').where('user_id', '=', user.id).limit(1).executeTakeFirst()) !== undefined
}

/** When a provider withdrew the application's training, where that is the newest it recorded. */
export async function withdrawnAt({ trx, application }: LockedApplication, providerId: number): Promise<Temporal.Instant | undefined> {
  const newest = await trx
    .selectFrom('application_states')
    .select(['state', 'created_at'])
    .where('application_id', '=', application.id)
    .where('lead_provider_id', '=', providerId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.state === 'withdrawn' ? newest.created_at : undefined
}

export type ApplicationFilter = {
  providerId: number
  /** start years; an empty list matches nothing */
  cohorts?: number[] | undefined
  updatedSince?: Temporal.Instant | undefined
  /** public ids; an empty list matches nothing */
  ids?: string[] | undefined
  participantIds?: string[] | undefined
  /** enrolments alone */
  accepted?: true
  /** what comes after this one, the oldest first */
  after?: Place | undefined
}

/** One page of a provider's applications: its keys from an index alone, then their rows. */
export async function listApplications(
  db: Database,
  filter: ApplicationFilter,
  page: Page,
  sort: readonly SortKey[] = oldestFirst,
): Promise<ApplicationView[]> {
  let query = applicationsOf(db, filter)
  for (const { key, descending } of sort) query = query.orderBy(`applications.${key}`, descending ? 'desc' : 'asc')
  const keys = await query.orderBy('applications.id').limit(page.limit).offset(page.offset).modifyEnd(plannedForItsValues).execute()
  return rowsOf(keys, (ids) => applicationsByIds(db, { providerId: filter.providerId, ids }))
}

/** Every matching application, oldest first, in batches. */
export function eachApplication(db: Database, filter: ApplicationFilter, batchSize = 1000): AsyncGenerator<ApplicationView[]> {
  return inBatches(batchSize, (after, page) => listApplications(db, { ...filter, after }, page))
}

/** A provider's application by its public id; undefined where it does not exist or belongs to another provider. */
export async function findApplication(db: Database, providerId: number, publicId: string): Promise<ApplicationView | undefined> {
  const [found] = await applicationByPublicId(db, { providerId, publicId })
  return found
}

/** The provider that an application is with, whoever it is. */
export async function providerOfApplication(db: Database, publicId: string): Promise<number | undefined> {
  const found = await db.selectFrom('applications').select('lead_provider_id').where('public_id', '=', publicId).executeTakeFirst()
  return found?.lead_provider_id
}

function applicationsOf(db: Database, { providerId, cohorts, updatedSince, ids, participantIds, accepted, after }: ApplicationFilter) {
  let query = db.selectFrom('applications').select('applications.id').where('applications.lead_provider_id', '=', providerId)
  if (accepted) query = query.where('applications.lead_provider_approval_status', '=', 'accepted')
  if (cohorts) {
    query = query.where('applications.cohort_id', 'in', (eb) =>
      eb.selectFrom('cohorts').select('cohorts.id').where('start_year', '=', sql<number>`any(${cohorts}::integer[])`),
    )
  }
  if (ids) query = query.where('applications.public_id', '=', sql<string>`any(${ids}::uuid[])`)
  if (participantIds) {
    query = query.where('applications.user_id', 'in', (eb) =>
      eb.selectFrom('users').select('users.id').where('public_id', '=', sql<string>`any(${participantIds}::uuid[])`),
    )
  }
  if (updatedSince) query = query.where('applications.shown_updated_at', '>=', updatedSince)
  if (after) query = query.where(sql<boolean>`(applications.created_at, applications.id) > (${after.created_at}::timestamptz, ${after.id})`)
  return query
}

/** Previously funded: another accepted, eligible and not unfunded application of the person for the course (02 section 8.1). */
export const previouslyFunded = sql<boolean>`exists (
  select from applications earlier
  where earlier.user_id = applications.user_id and earlier.course_family = applications.course_family
    and earlier.lead_provider_approval_status = 'accepted' and earlier.eligible_for_funding
    and earlier.funded_place is not false and earlier.id <> applications.id)`

const applicationsByIds = prepared((db, { providerId, ids }: { providerId: number; ids: number[] }) =>
  applicationsView(db).where('applications.id', '=', anyOf(ids)).where('applications.lead_provider_id', '=', providerId),
)

const applicationByPublicId = prepared((db, { providerId, publicId }: { providerId: number; publicId: string }) =>
  applicationsView(db).where('applications.public_id', '=', publicId).where('applications.lead_provider_id', '=', providerId),
)

/** An application as it is read: its own columns with those of what it belongs to. */
export type ApplicationView = InferResult<ReturnType<typeof applicationsView>>[number]
function applicationsView(db: Database) {
  return db
    .selectFrom('applications')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .leftJoin('private_childcare_providers', 'private_childcare_providers.id', 'applications.private_childcare_provider_id')
    .leftJoin('itt_providers', 'itt_providers.id', 'applications.itt_provider_id')
    .select((eb) => [
      'applications.id',
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
      eb.cast<InstantText>('applications.created_at', 'text').as('created_at'),
      // of the application or its participant: any change, and one that providers are shown
      eb.cast<InstantText>(eb.fn('greatest', ['applications.updated_at', 'users.updated_at']), 'text').as('updated_at'),
      eb.cast<InstantText>('applications.shown_updated_at', 'text').as('shown_updated_at'),
      'courses.identifier as course_identifier',
      'users.public_id as participant_id',
      'users.full_name',
      'users.email',
      'users.trn',
      'users.trn_verified',
      'cohorts.start_year as cohort_start_year',
      'cohorts.suffix as cohort_suffix',
      'schedules.identifier as schedule_identifier',
      'schools.urn as school_urn',
      'private_childcare_providers.provider_urn as private_childcare_provider_urn',
      'itt_providers.legal_name as itt_provider',
      previouslyFunded.as('previously_funded'),
    ])
}
