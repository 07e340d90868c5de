import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { Act } from '../history.ts'
import { judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { changeUser } from './change-user.ts'
import { lockPeople, type User } from './records.ts'

export type TrnChange = {
  /** public id */
  participantId: string
  /** as it was typed */
  trn: string
}

export type ChangeTrnFacts = { known: boolean; trn: string }

/**
 * An operator sets people's TRNs, which are verified by that (03 section 11.3), in one transaction; what is refused for one
 * does not stop the others. Verdicts in the order given.
 */
export async function changeTrns(db: Database, act: Act, changes: readonly TrnChange[]): Promise<Verdict[]> {
  return transact(db, async (trx) => {
    const found = await lockPeople(
      trx,
      changes.map(({ participantId }) => participantId.trim()),
    )
    // a person may be named twice: the second change starts from the first
    const people = new Map<number, User>(found.flatMap((person) => (person ? [[person.user.id, person.user]] : [])))
    const verdicts: Verdict[] = []
    for (const [place, { trn: typed }] of changes.entries()) {
      const user = people.get(found[place]?.user.id ?? 0)
      const trn = typed.replaceAll(' ', '')
      const refusals = judge(changeTrnRules, { known: user !== undefined, trn })
      if (refusals.length === 0 && user) people.set(user.id, await changeUser(trx, act, user, { trn, trn_verified: true, trn_lookup_status: null }))
      verdicts.push({ refusals })
    }
    return verdicts
  })
}

export const changeTrnRules: Rules<ChangeTrnFacts> = [
  refuse('participant_unknown', ({ known }) => !known, 'user', 'There is no such participant.'),
  refuse('trn_reserved', ({ trn }) => trn === '0000000', 'trn', 'The TRN 0000000 belongs to nobody.'),
  refuse('trn_missing', ({ trn }) => trn === '', 'trn', 'The TRN cannot be blank.'),
  refuse('trn_not_numeric', ({ trn }) => trn !== '' && !/^\d+$/.test(trn), 'trn', 'The TRN can only hold numbers.'),
  refuse('trn_length', ({ trn }) => /^\d+$/.test(trn) && trn.length !== 7, 'trn', 'The TRN must have 7 digits.'),
]
