import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import type { Act } from '../history.ts'
import { judge, type Rule, refuse, type Verdict } from '../rules.ts'
import { changeUser } from './change-user.ts'
import { lockParticipants } from './lock.ts'

export type TrnChange = {
  /** public id */
  participantId: string
  /** as it was typed */
  trn: string
}

export type Facts = { known: boolean; trn: string }

/**
 * An operator sets people's TRNs, which are verified by that (03 section 11.3), in one transaction; what is refused for one
 * does not stop the others. Verdicts in the order given.
 */
export async function changeTrns(db: Database, act: Act, changes: readonly TrnChange[]): Promise<Verdict[]> {
  return transact(db, async (trx) => {
    const ids = changes.map(({ participantId }) => participantId)
    const found = await lockParticipants(trx, ids)
    // a person may be named twice: the second change starts from the first
    const people = new Map<number, RowOf<'users'>>(found.flatMap((user) => (user ? [[user.id, user]] : [])))
    const verdicts: Verdict[] = []
    for (const [place, { trn: typed }] of changes.entries()) {
      const user = people.get(found[place]?.id ?? 0)
      const trn = typed.replaceAll(' ', '')
      const refusals = judge(rules, { known: user !== undefined, trn })
      if (refusals.length === 0 && user) people.set(user.id, await changeUser(trx, act, user, { trn, trn_verified: true, trn_lookup_status: null }))
      verdicts.push({ refusals })
    }
    return verdicts
  })
}

export const rules: Rule<Facts>[] = [
  refuse(({ known }) => !known, 'user', 'There is no such participant.'),
  refuse(({ trn }) => trn === '0000000', 'trn', 'The TRN 0000000 belongs to nobody.'),
  refuse(({ trn }) => trn === '', 'trn', 'The TRN cannot be blank.'),
  refuse(({ trn }) => trn !== '' && !/^\d+$/.test(trn), 'trn', 'The TRN can only hold numbers.'),
  refuse(({ trn }) => /^\d+$/.test(trn) && trn.length !== 7, 'trn', 'The TRN must have 7 digits.'),
]
