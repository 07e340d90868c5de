import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'

/**
 * Locks the people with these public ids and all records that share a TRN with them, lowest id first, as every verb does.
 * Returns those that were asked for, in that order; an id that nobody has gives undefined.
 */
export async function lockParticipants(trx: Transacting, publicIds: readonly string[]): Promise<(RowOf<'users'> | undefined)[]> {
  const wanted = publicIds.map((id) => id.trim().toLowerCase())
  const asked = trx.selectFrom('users as asked').where('asked.public_id', '=', sql<string>`any(${wanted.filter(isUuid)}::uuid[])`)
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
  return wanted.map((id) => users.find(({ public_id }) => public_id === id))
}

/** The same for one person. Throws where there is none. */
export async function lockParticipant(trx: Transacting, publicId: string): Promise<RowOf<'users'>> {
  const [user] = await lockParticipants(trx, [publicId])
  if (!user) throw new Error(`There is no participant ${publicId}.`)
  return user
}
