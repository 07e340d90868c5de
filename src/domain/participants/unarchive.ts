import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import type { Act } from '../history.ts'
import { changeUser } from './change-user.ts'

/** Puts a locked person's record back into use; one in use stays as it is. Throws where it has no address to go on with. */
export async function unarchive(trx: Transacting, act: Act, user: RowOf<'users'>): Promise<RowOf<'users'>> {
  if (user.archived_at === null) return user
  if (user.email === null) throw new Error(`Participant ${user.public_id} has no email address: it was given up when the record was archived.`)
  return changeUser(trx, act, user, { archived_at: null, archived_email: null })
}
