import type { Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'

/** Notes a finance action where it outlives the rows that it changed. */
export async function logFinancialChange(trx: Transacting, act: Act, operation: string, changes: Record<string, unknown>): Promise<void> {
  await trx
    .insertInto('financial_change_logs')
    .values({ operation_description: operation, data_changes: JSON.stringify({ ...changes, by: act.author }) })
    .execute()
}
