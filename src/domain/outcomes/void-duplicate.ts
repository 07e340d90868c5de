import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { lockDeclarationOfOutcome } from '../declarations/records.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { type Outcome, outcomesOf } from './records.ts'

type VoidDuplicateFacts = { outcomeId: number; outcome: Outcome | undefined; others: Outcome[] }

/** An operator voids an outcome that repeats another pass of its declaration (03 section 18). */
export async function voidDuplicate(db: Database, act: Act, outcomeId: number): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockDeclarationOfOutcome(trx, outcomeId)
    const outcomes = locked ? await outcomesOf(trx, locked.declaration.id) : []
    const outcome = outcomes.find(({ id }) => id === outcomeId)
    const refusals = judge(voidDuplicateRules, { outcomeId, outcome, others: outcomes.filter((other) => other !== outcome) })
    if (refusals.length > 0 || !outcome) return { refusals }
    await change(trx, act, 'outcomes', outcome, { state: 'voided' })
    return done
  })
}

const voidDuplicateRules: Rules<VoidDuplicateFacts> = [
  refuse(
    'outcome_unknown',
    ({ outcome }) => outcome === undefined,
    'outcome',
    ({ outcomeId }) => `There is no outcome ${outcomeId}.`,
  ),
  [
    refuse(
      'outcome_not_duplicate',
      ({ others }) => !others.some(({ state }) => state === 'passed'),
      'outcome',
      ({ outcomeId }) => `Outcome ${outcomeId} is no duplicate: its declaration has no other outcome that is passed.`,
    ),
  ],
]
