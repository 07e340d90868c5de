import { timeOf } from '../../db/time.ts'
import { type Act, change } from '../history.ts'
import type { LockedPerson } from '../participants/records.ts'

/** A change of an application's status counts as a change of its participant, so all of the person's applications move (02 section 14). */
export async function touchUser({ trx, user }: LockedPerson, act: Act): Promise<void> {
  await change(trx, act, 'users', user, { significantly_updated_at: await timeOf(trx, act) })
}
