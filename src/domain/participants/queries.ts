import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { TrainingStatus } from '../../words.ts'
import { enrolmentsOf } from './enrolments.ts'
import { idChangesOf } from './id-changes.ts'
import type { ParticipantView } from './participant.ts'

export type ParticipantFilter = {
  providerId: number
  updatedSince?: Temporal.Instant | undefined
  /** people with an enrolment in this status; their other enrolments are left out */
  trainingStatus?: TrainingStatus | undefined
  /** people who had one of these ids, their other id changes being left out; an empty list matches nobody */
  fromParticipantIds?: string[] | undefined
}
export type SortKey = { key: 'created_at' | 'updated_at'; descending: boolean }
export type Page = { limit: number; offset: number }

const oldestFirst: SortKey[] = [{ key: 'created_at', descending: false }]

/** One page of a provider's participants in three queries: the people, their enrolments, their id changes. */
export function listParticipants(db: Database, filter: ParticipantFilter, page: Page, sort: SortKey[] = oldestFirst): Promise<ParticipantView[]> {
  let keys = keysOf(db, filter)
  for (const { key, descending } of sort) keys = keys.orderBy(`participations.${key}`, descending ? 'desc' : 'asc')
  keys = keys.orderBy('participations.user_id').limit(page.limit).offset(page.offset)
  return viewed(db, keys, filter, sort)
}

/** A provider's participant by the public id; undefined where there is none, or none of this provider's. */
export async function findParticipant(db: Database, providerId: number, publicId: string): Promise<ParticipantView | undefined> {
  const key = keysOf(db, { providerId }).where('participations.user_id', 'in', withPublicId(db, publicId))
  const [found] = await viewed(db, key, { providerId }, [])
  return found
}

/** Whether the person with this public id is a participant of the provider. */
export async function isParticipant(db: Database, providerId: number, publicId: string): Promise<boolean> {
  const row = await keysOf(db, { providerId }).where('participations.user_id', 'in', withPublicId(db, publicId)).executeTakeFirst()
  return row !== undefined
}

function withPublicId(db: Database, publicId: string) {
  return db.selectFrom('users').select('users.id').where('users.public_id', '=', publicId)
}

function matching(db: Database, filter: ParticipantFilter) {
  const { providerId, updatedSince, trainingStatus, fromParticipantIds } = filter
  let query = db.selectFrom('participations').where('participations.lead_provider_id', '=', providerId)
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

type Keys = ReturnType<typeof keysOf>
function keysOf(db: Database, filter: ParticipantFilter) {
  return matching(db, filter).select(['participations.user_id', 'participations.created_at', 'participations.updated_at', 'changed_at'])
}

async function viewed(db: Database, keys: Keys, filter: ParticipantFilter, sort: SortKey[]): Promise<ParticipantView[]> {
  let people = db
    .selectFrom(keys.as('page'))
    .innerJoin('users', 'users.id', 'page.user_id')
    .select(['users.id', 'users.public_id', 'users.full_name', 'users.previous_names', 'users.email', 'users.trn', 'users.trn_verified'])
    .select(['users.significantly_updated_at', 'page.changed_at'])
  for (const { key, descending } of sort) people = people.orderBy(`page.${key}`, descending ? 'desc' : 'asc')
  const rows = await people.orderBy('page.user_id').execute()

  const ids = rows.map(({ id }) => id)
  const enrolments = await enrolmentsOf(db, filter, ids)
  const changes = await idChangesOf(db, ids, filter.fromParticipantIds)
  const narrowed = filter.trainingStatus !== undefined || filter.fromParticipantIds !== undefined
  return rows.map(({ id, ...person }) => ({
    ...person,
    enrolments: enrolments.get(id) ?? [],
    id_changes: changes.get(id) ?? [],
    narrowed,
  }))
}
