import type { Act } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { changeUser } from './change-user.ts'
import type { LockedPerson, User } from './records.ts'

/** Puts a person's record back into use; one in use stays as it is. */
export async function unarchive({ trx, user }: LockedPerson, act: Act): Promise<Verdict> {
  if (user.archived_at === null) return done
  const refusals = judge(unarchiveRules, user)
  if (refusals.length > 0) return { refusals }
  await changeUser(trx, act, user, { archived_at: null, archived_email: null })
  return done
}

const unarchiveRules: Rules<Pick<User, 'public_id' | 'email'>> = [
  refuse(
    'email_given_up',
    ({ email }) => email === null,
    'participant',
    ({ public_id }) => `Participant ${public_id} has no email address: it was given up when the record was archived.`,
  ),
]
