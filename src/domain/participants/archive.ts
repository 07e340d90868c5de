import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { timeOf } from '../../db/time.ts'
import type { Act } from '../history.ts'
import { queueJob } from '../outbox.ts'
import { changeUser } from './change-user.ts'

/**
 * Takes a locked person's record out of use: it keeps its applications, but no longer its address and its sign-in (03 section 12.2).
 * Throws where it is archived already.
 */
export async function archive(trx: Transacting, act: Act, user: RowOf<'users'>, { blankEmail = false } = {}): Promise<RowOf<'users'>> {
  if (user.archived_at !== null) throw new Error(`Participant ${user.public_id} is archived already.`)
  if (blankEmail) await tellOperators(trx, user)
  return changeUser(trx, act, user, {
    archived_email: user.email,
    archived_at: await timeOf(trx, act),
    email: blankEmail ? null : await archivedAddress(trx, user.email ?? ''),
    uid: null,
    provider: null,
  })
}

/** `archived-x@y`, or the first of `archived-2-x@y`, `archived-3-x@y` … that nobody has. */
async function archivedAddress(trx: Transacting, email: string): Promise<string> {
  for (let count = 1; ; count++) {
    const address = count === 1 ? `archived-${email}` : `archived-${count}-${email}`
    const holder = await trx.selectFrom('users').select('id').where('email', '=', address).executeTakeFirst()
    if (!holder) return address
  }
}

async function tellOperators(trx: Transacting, user: RowOf<'users'>) {
  const application = await trx.selectFrom('applications').select('id').where('user_id', '=', user.id).limit(1).executeTakeFirst()
  if (!application) return
  await queueJob(trx, {
    kind: 'alert operators',
    payload: { message: 'The email address of a person with applications was blanked', participantId: user.public_id },
    key: `blanked ${user.public_id}`,
  })
}
