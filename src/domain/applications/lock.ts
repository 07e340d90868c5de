import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import type { Application } from './application.ts'

export type Locked = { application: Application; user: RowOf<'users'>; sameTrnUserIds: number[] }

/**
 * Locks a provider's application for a decision, in the order that every verb keeps: first the person, with every record
 * that shares the TRN, lowest id first; then the application. Whoever holds the person may decide on all of the person's
 * applications. Undefined where the provider has no such application (any more).
 */
export async function lockApplication(trx: Transacting, own: { providerId: number; applicationId: string }): Promise<Locked | undefined> {
  const owned = () => trx.selectFrom('applications').where('public_id', '=', own.applicationId).where('lead_provider_id', '=', own.providerId)
  const seen = await owned().select('user_id').executeTakeFirst()
  if (!seen) return undefined

  const users = await lockPerson(trx, seen.user_id)
  const application = await owned().selectAll().forUpdate().executeTakeFirst()
  if (!application) return undefined
  // A merge moved it to another person while we waited: lock that one instead.
  const user = users.find(({ id }) => id === application.user_id)
  if (!user) return lockApplication(trx, own)
  return { application, user, sameTrnUserIds: users.map(({ id }) => id).filter((id) => id !== user.id) }
}

/** Locks a person and every record that shares the TRN, lowest id first, and returns them. */
export function lockPerson(trx: Transacting, userId: number): Promise<RowOf<'users'>[]> {
  return lockPeople(trx, [userId])
}

/** The same for many people at once: who works on many must lock them all before the first of their records. */
export function lockPeople(trx: Transacting, userIds: readonly number[]): Promise<RowOf<'users'>[]> {
  const asked = sql<number>`any(${userIds}::bigint[])`
  return trx
    .selectFrom('users')
    .selectAll()
    .where((eb) =>
      eb.or([eb('id', '=', asked), eb('trn', '=', sql<string>`any(array(select person.trn from users person where person.id = ${asked}))`)]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}
