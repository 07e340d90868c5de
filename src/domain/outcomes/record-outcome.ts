import { timeOf } from '../../db/time.ts'
import type { OutcomeState } from '../../words.ts'
import { queueLetter } from '../applications/letter.ts'
import { settingOf } from '../applications/records.ts'
import type { LockedDeclaration } from '../declarations/records.ts'
import { type Act, change, create } from '../history.ts'
import type { Outcome } from './records.ts'

/** Adds an outcome to a completed declaration, which moves with it; the participant gets a letter about a pass or a fail (03 section 15.2). */
export async function recordOutcome(
  locked: LockedDeclaration,
  act: Act,
  { state, completionDate }: { state: OutcomeState; completionDate: Temporal.PlainDate },
): Promise<Outcome> {
  const { trx, declaration } = locked
  const outcome = await create(trx, act, 'outcomes', { declaration_id: declaration.id, state, completion_date: completionDate })
  await change(trx, act, 'declarations', declaration, { updated_at: await timeOf(trx, act) })
  if (state !== 'voided') await queueLetter(locked, await settingOf(locked, declaration.lead_provider_id), `outcome ${state}`)
  return outcome
}
