import { timeOf } from '../../db/time.ts'
import type { TrainingStatus } from '../../words.ts'
import type { Act } from '../history.ts'
import type { LockedApplication } from './records.ts'

/** Adds one row to the application's training history, on behalf of its present provider. */
export async function recordTrainingState(
  { trx, application }: LockedApplication,
  act: Act,
  state: TrainingStatus,
  reason: string | null,
): Promise<void> {
  const at = await timeOf(trx, act)
  await trx
    .insertInto('application_states')
    .values({
      application_id: application.id,
      lead_provider_id: application.lead_provider_id,
      state,
      reason,
      created_at: at,
      updated_at: at,
    })
    .execute()
}
