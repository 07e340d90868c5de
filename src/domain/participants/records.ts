import { type InferResult, sql } from 'kysely'
import type { InstantText } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { anyOf, prepared } from '../../db/prepared.ts'
import { plannedForItsValues } from '../../db/preparing-client.ts'
import type { RowOf } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import type { TrainingStatus } from '../../words.ts'
import { oldestFirst, type Page, type SortKey } from '../page.ts'

export type User = RowOf<'users'>

/** A person who is locked until the transaction ends, with every record that shares the TRN. Only locking makes one. */
export type LockedPerson = Readonly<{
  trx: Transacting
  user: User
  /** the other records with the person's TRN */
  sameTrn: readonly User[]
  [personLock]: true
}>
const personLock: unique symbol = Symbol('person')

/** Locks a person, by internal or public id. Undefined where nobody has the id. */
export async function lockPerson(trx: Transacting, id: number | string): Promise<LockedPerson | undefined> {
  const [person] = await lockPeople(trx, [id])
  return person
}

/**
 * Locks people and every record that shares a TRN with one of them, lowest id first: who works on many must lock them all
 * before the first of their records. In the order of the ids, internal or public ones; undefined where nobody has the id.
 */
export async function lockPeople(trx: Transacting, ids: readonly (number | string)[]): Promise<(LockedPerson | undefined)[]> {
  const internal = ids.filter((id) => typeof id === 'number')
  const publicIds = ids.filter((id) => typeof id === 'string').filter(isUuid)
  const asked = trx
    .selectFrom('users as asked')
    .where(({ eb, or }) => or([eb('asked.id', '=', anyOf(internal)), eb('asked.public_id', '=', sql<string>`any(${publicIds}::uuid[])`)]))
  const users = await trx
    .selectFrom('users')
    .selectAll()
    .where(({ eb, or }) =>
      // arrays, so that both come from an index
      or([
        eb('id', '=', sql<number>`any(array(${asked.select('asked.id')}))`),
        eb('trn', '=', sql<string>`any(array(${asked.select('asked.trn')}))`),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const byId = new Map<number | string, User>(users.flatMap((user) => [[user.id, user] as const, [user.public_id, user] as const]))
  const byTrn = Map.groupBy(users, ({ trn }) => trn)
  return ids.map((id) => {
    const user = byId.get(typeof id === 'string' ? id.toLowerCase() : id)
    const sameTrn = user?.trn ? (byTrn.get(user.trn) ?? []).filter((other) => other.id !== user.id) : []
    return user && { trx, user, sameTrn, [personLock]: true }
  })
}

export type ParticipantFilter = {
  providerId: number
  updatedSince?: Temporal.Instant | undefined
  /** people with an enrolment in this status; their other enrolments are left out */
  trainingStatus?: TrainingStatus | undefined
  /** people who had one of these ids, their other id changes being left out; an empty list matches nobody */
  fromParticipantIds?: string[] | undefined
}

/** One page of a provider's participants in three queries: the people, their enrolments, their id changes. */
export async function listParticipants(db: Database, filter: ParticipantFilter, page: Page, sort: readonly SortKey[] = oldestFirst) {
  let keys = participationsOf(db, filter)
  for (const { key, descending } of sort) keys = keys.orderBy(`participations.${key}`, descending ? 'desc' : 'asc')
  let people = peopleOf(db, keys.orderBy('participations.user_id').limit(page.limit).offset(page.offset))
  for (const { key, descending } of sort) people = people.orderBy(`page.${key}`, descending ? 'desc' : 'asc')
  return participantsView(db, await people.orderBy('page.user_id').modifyEnd(plannedForItsValues).execute(), filter)
}

/** A provider's participant by the public id; undefined where there is none, or none of this provider's. */
export async function findParticipant(db: Database, providerId: number, publicId: string): Promise<ParticipantView | undefined> {
  const [found] = await participantsView(db, await personByPublicId(db, { providerId, publicId }), { providerId })
  return found
}

const personByPublicId = prepared((db, { providerId, publicId }: { providerId: number; publicId: string }) =>
  peopleOf(db, participationOf(db, providerId, publicId)),
)

/** Whether the person with this public id is a participant of the provider. */
export async function isParticipant(db: Database, providerId: number, publicId: string): Promise<boolean> {
  return (await participationOf(db, providerId, publicId).executeTakeFirst()) !== undefined
}

function participationOf(db: Database, providerId: number, publicId: string) {
  return participationsOf(db, { providerId }).where('participations.user_id', 'in', (eb) =>
    eb.selectFrom('users').select('users.id').where('users.public_id', '=', publicId),
  )
}

type Keys = ReturnType<typeof participationsOf>
function participationsOf(db: Database, { providerId, updatedSince, trainingStatus, fromParticipantIds }: ParticipantFilter) {
  let query = db
    .selectFrom('participations')
    .select(['participations.user_id', 'participations.created_at', 'participations.updated_at', 'changed_at'])
    .where('participations.lead_provider_id', '=', providerId)
  if (updatedSince) query = query.where('changed_at', '>=', updatedSince)
  if (trainingStatus) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('applications')
          .select('applications.id')
          .whereRef('applications.user_id', '=', 'participations.user_id')
          .where('applications.lead_provider_id', '=', providerId)
          .where('lead_provider_approval_status', '=', 'accepted')
          .where('training_status', '=', trainingStatus),
      ),
    )
  }
  if (fromParticipantIds) {
    query = query.where('participations.user_id', 'in', (eb) =>
      eb
        .selectFrom('participant_id_changes')
        .select('participant_id_changes.user_id')
        .where('from_participant_id', '=', sql<string>`any(${fromParticipantIds}::uuid[])`),
    )
  }
  return query
}

type Person = InferResult<ReturnType<typeof peopleOf>>[number]
function peopleOf(db: Database, keys: Keys) {
  return db
    .selectFrom(keys.as('page'))
    .innerJoin('users', 'users.id', 'page.user_id')
    .select(['users.id', 'users.public_id', 'users.full_name', 'users.previous_names', 'users.email', 'users.trn', 'users.trn_verified'])
    .select((eb) => [
      eb.cast<InstantText>('users.significantly_updated_at', 'text').as('significantly_updated_at'),
      // the latest change of the person, of any of their applications at any provider and of any of their id changes
      eb.cast<InstantText>('page.changed_at', 'text').as('changed_at'),
    ])
}

/** A person as one provider sees them: with their accepted applications there, and the ids that they had before. */
export type ParticipantView = Awaited<ReturnType<typeof participantsView>>[number]
async function participantsView(db: Database, people: Person[], { providerId, trainingStatus, fromParticipantIds }: ParticipantFilter) {
  if (people.length === 0) return []
  const ids = people.map(({ id }) => id)
  const seen = { providerId, trainingStatus: trainingStatus ?? null, ids }
  const enrolments = Map.groupBy(await enrolmentsOf(db, seen), ({ user_id }) => user_id)
  const changes = Map.groupBy(await idChangesOf(db, { ids, fromIds: fromParticipantIds ?? null }), ({ user_id }) => user_id)
  /** a filter left out some of the enrolments or id changes */
  const narrowed = trainingStatus !== undefined || fromParticipantIds !== undefined
  return people.map((person) => ({ ...person, enrolments: enrolments.get(person.id) ?? [], id_changes: changes.get(person.id) ?? [], narrowed }))
}

/** An accepted application with the provider that looks at it, in the order in which they were made. */
export type EnrolmentView = Awaited<ReturnType<typeof enrolmentsOf>>[number]
type Enrolled = { providerId: number; trainingStatus: TrainingStatus | null; ids: number[] }
const enrolmentsOf = prepared((db, { providerId, trainingStatus, ids }: Enrolled) =>
  db
    .selectFrom('applications')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('application_states')
          .select(['application_states.reason', 'application_states.created_at'])
          .whereRef('application_states.application_id', '=', 'applications.id')
          .whereRef('application_states.state', '=', 'applications.training_status')
          .where('application_states.lead_provider_id', '=', providerId)
          .where('applications.training_status', '<>', 'active')
          .orderBy('application_states.id', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select((eb) => [
      'applications.user_id',
      'applications.public_id',
      'applications.eligible_for_funding',
      'applications.targeted_delivery_funding_eligibility',
      'applications.funded_place',
      eb.cast<InstantText | null>('applications.accepted_at', 'text').as('accepted_at'),
      eb.cast<InstantText>('applications.updated_at', 'text').as('updated_at'),
      'applications.training_status',
      'users.email',
      'courses.identifier as course_identifier',
      'cohorts.start_year as cohort_start_year',
      'cohorts.suffix as cohort_suffix',
      'schedules.identifier as schedule_identifier',
      'schools.urn as school_urn',
      // the newest state of the training that this provider recorded, where it is the present one and no longer active
      'latest.reason as state_reason',
      eb.cast<InstantText | null>('latest.created_at', 'text').as('state_date'),
    ])
    // by the person, or a plan goes through all of a small provider's applications
    .where('users.id', '=', anyOf(ids))
    .where('applications.lead_provider_id', '=', providerId)
    .where('applications.lead_provider_approval_status', '=', 'accepted')
    .where(sql<boolean>`(${trainingStatus}::text is null or applications.training_status = ${trainingStatus})`)
    .orderBy('applications.created_at')
    .orderBy('applications.id'),
)

/** The newest change from this id whose holder is a participant of the provider. */
export function findVisibleIdChange(db: Database, providerId: number, fromId: string): Promise<IdChangeView | undefined> {
  return idChangesFrom(db, fromId)
    .where('user_id', 'in', (eb) => eb.selectFrom('participations').select('participations.user_id').where('lead_provider_id', '=', providerId))
    .executeTakeFirst()
}

/** The newest change from this id, whoever holds it. */
export function findIdChange(db: Database, fromId: string): Promise<IdChangeView | undefined> {
  return idChangesFrom(db, fromId).executeTakeFirst()
}

/** Whether one id is known to have become the other. */
export async function isIdChangeKnown(db: Database, fromId: string, toId: string): Promise<boolean> {
  return (await idChangesFrom(db, fromId).where('to_participant_id', '=', toId).executeTakeFirst()) !== undefined
}

/** The rows of the id changes that a person holds, in the order in which they were made. */
export function heldIdChanges({ trx, user }: LockedPerson): Promise<RowOf<'participant_id_changes'>[]> {
  return trx.selectFrom('participant_id_changes').selectAll().where('user_id', '=', user.id).orderBy('id').execute()
}

/** The id changes that these people hold, newest first; with `fromIds`, those from these ids alone. */
const idChangesOf = prepared((db, { ids, fromIds }: { ids: number[]; fromIds: string[] | null }) =>
  idChangesView(db)
    .where('user_id', '=', anyOf(ids))
    .where(sql<boolean>`(${fromIds}::uuid[] is null or from_participant_id = any(${fromIds}::uuid[]))`),
)

function idChangesFrom(db: Database, fromId: string) {
  return idChangesView(db).where('from_participant_id', '=', fromId).limit(1)
}

export type IdChangeView = InferResult<ReturnType<typeof idChangesView>>[number]
function idChangesView(db: Database) {
  return db
    .selectFrom('participant_id_changes')
    .select(['user_id', 'from_participant_id', 'to_participant_id'])
    .select((eb) => [eb.cast<InstantText>('created_at', 'text').as('created_at'), eb.cast<InstantText>('updated_at', 'text').as('updated_at')])
    .orderBy('id', 'desc')
}

/** Whether anybody has this public id. */
export async function isPerson(db: Database, publicId: string): Promise<boolean> {
  if (!isUuid(publicId)) return false
  return (await db.selectFrom('users').select('id').where('public_id', '=', publicId).executeTakeFirst()) !== undefined
}

/** Whether anybody has this email address. */
export async function isEmailTaken(db: Database, email: string): Promise<boolean> {
  return (await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()) !== undefined
}
