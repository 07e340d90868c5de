import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'

/** Notes a finance action where it outlives the rows that it changed. */
export async function logFinancialChange(trx: Transacting, act: Act, operation: string, changes: Record<string, unknown>): Promise<void> {
  await trx
    .insertInto('financial_change_logs')
    .values({ operation_description: operation, data_changes: JSON.stringify({ ...changes, by: act.author }) })
    .execute()
}

/** What was done about a statement, by whom and when, the first first. */
export async function financialChanges(db: Database, statementId: number): Promise<{ at: Temporal.Instant; operation: string; by: string | null }[]> {
  const { rows } = await sql<{ at: Temporal.Instant; operation: string; by: string | null }>`
    select created_at as at, operation_description as operation, data_changes->>'by' as by from financial_change_logs
    where jsonb_path_exists(data_changes,
      '$.keyvalue() ? (@.key like_regex "statement_ids?$").value[*][*] ? (@ == $id)', jsonb_build_object('id', ${statementId}::bigint))
    order by id`.execute(db)
  return rows
}
