import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { type Rule, refuse } from '../rules.ts'
import type { IdChangeView } from './participant.ts'

/** The newest change from this id whose holder is a participant of the provider. */
export function findVisibleIdChange(db: Database, providerId: number, fromId: string): Promise<IdChangeView | undefined> {
  return newestIdChange(db, fromId)
    .where('user_id', 'in', (eb) => eb.selectFrom('participations').select('participations.user_id').where('lead_provider_id', '=', providerId))
    .executeTakeFirst()
}

/** The newest change from this id, whoever holds it. */
export function findIdChange(db: Database, fromId: string): Promise<IdChangeView | undefined> {
  return newestIdChange(db, fromId).executeTakeFirst()
}

function newestIdChange(db: Database, fromId: string) {
  return idChanges(db).where('from_participant_id', '=', fromId).limit(1)
}

/** The id changes that these people hold, newest first; with `fromIds`, those from these ids alone. */
export async function idChangesOf(db: Database, userIds: number[], fromIds: string[] | undefined): Promise<Map<number, IdChangeView[]>> {
  let query = idChanges(db).select('user_id').where('user_id', '=', sql<number>`any(${userIds}::bigint[])`)
  if (fromIds) query = query.where('from_participant_id', '=', sql<string>`any(${fromIds}::uuid[])`)
  return Map.groupBy(await query.execute(), ({ user_id }) => user_id)
}

function idChanges(db: Database) {
  return db
    .selectFrom('participant_id_changes')
    .select(['from_participant_id', 'to_participant_id', 'created_at', 'updated_at'])
    .orderBy('id', 'desc')
}

/** Refuses an id that a person had before, and names the one to use. */
export function refuseReplacedId<Facts extends { participantId: string; idChange: { to_participant_id: string } | undefined }>(): Rule<Facts> {
  return refuse(
    ({ idChange }) => idChange !== undefined,
    'participant_id',
    ({ participantId, idChange }) => replacedDetail(participantId, idChange?.to_participant_id),
  )
}

/** What is said to those who send an id that a person had before. */
export function replacedDetail(from: string | undefined, to: string | undefined): string {
  return `The #/participant_id ${from} was replaced by ${to}. Use ${to} from now on.`
}
