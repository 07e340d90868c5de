import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { timeOf } from '../../db/time.ts'
import type { OutcomeState } from '../../words.ts'
import { mailAbout } from '../applications/mail.ts'
import { type Act, change, create } from '../history.ts'
import { queueMail } from '../outbox.ts'

/** Adds an outcome to a completed declaration, which moves with it; the participant gets a letter about a pass or a fail (03 section 15.2). */
export async function recordOutcome(
  trx: Transacting,
  act: Act,
  outcome: { declaration: RowOf<'declarations'>; state: OutcomeState; completionDate: Temporal.PlainDate },
): Promise<RowOf<'outcomes'>> {
  const { declaration, state, completionDate } = outcome
  const row = await create(trx, act, 'outcomes', { declaration_id: declaration.id, state, completion_date: completionDate })
  await change(trx, act, 'declarations', declaration, { updated_at: await timeOf(trx, act) })
  if (state !== 'voided') await queueLetter(trx, declaration, state)
  return row
}

async function queueLetter(trx: Transacting, declaration: RowOf<'declarations'>, state: 'passed' | 'failed') {
  const application = await trx.selectFrom('applications').selectAll().where('id', '=', declaration.application_id).executeTakeFirstOrThrow()
  const user = await trx.selectFrom('users').select(['email', 'full_name']).where('id', '=', application.user_id).executeTakeFirstOrThrow()
  const declared = { ...application, lead_provider_id: declaration.lead_provider_id }
  await queueMail(trx, await mailAbout(trx, `outcome ${state}`, declared, user))
}
