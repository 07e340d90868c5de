import type { Database } from '../../db/connect.ts'
import { timeOf } from '../../db/time.ts'
import { hasApplication } from '../applications/records.ts'
import type { Act } from '../history.ts'
import { queueJob } from '../outbox.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { changeUser } from './change-user.ts'
import { isEmailTaken, type LockedPerson, type User } from './records.ts'

/** Takes a person's record out of use: it keeps its applications, but no longer its address and its sign-in (03 section 12.2). */
export async function archive(person: LockedPerson, act: Act, { blankEmail = false } = {}): Promise<Verdict> {
  const { trx, user } = person
  const refusals = judge(archiveRules, user)
  if (refusals.length > 0) return { refusals }
  if (blankEmail) await tellOperators(person)
  await changeUser(trx, act, user, {
    archived_email: user.email,
    archived_at: await timeOf(trx, act),
    email: blankEmail ? null : await archivedAddress(trx, user.email ?? ''),
    uid: null,
    provider: null,
  })
  return done
}

export const archiveRules: Rules<Pick<User, 'public_id' | 'archived_at'>> = [
  refuse(
    'participant_already_archived',
    ({ archived_at }) => archived_at !== null,
    'participant',
    ({ public_id }) => `Participant ${public_id} is archived already.`,
  ),
]

/** `archived-x@y`, or the first of `archived-2-x@y`, `archived-3-x@y` … that nobody has. */
async function archivedAddress(db: Database, email: string): Promise<string> {
  for (let count = 1; ; count++) {
    const address = count === 1 ? `archived-${email}` : `archived-${count}-${email}`
    if (!(await isEmailTaken(db, address))) return address
  }
}

async function tellOperators(person: LockedPerson) {
  if (!(await hasApplication(person))) return
  const { trx, user } = person
  await queueJob(trx, {
    kind: 'alert operators',
    payload: { message: 'The email address of a person with applications was blanked', participantId: user.public_id },
    key: `blanked ${user.public_id}`,
  })
}
