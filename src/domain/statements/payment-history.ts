import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { Statement } from './statement.ts'

/** When something was done, and by whom; null where the history does not know, as of what was imported. */
export type Done = { at: Temporal.Instant; by: string | null }

/** Who authorised the payment of a statement, and who paid it; null where nobody did. */
export async function paymentHistory(
  db: Database,
  { id, state, marked_as_paid_at }: Pick<Statement, 'id' | 'state' | 'marked_as_paid_at'>,
): Promise<{ authorised: Done | null; paid: Done | null }> {
  const newest = (column: 'marked_as_paid_at' | 'state') =>
    db
      .selectFrom('versions')
      .select(['created_at as at', 'whodunnit as by'])
      .where('item_type', '=', 'Statement')
      .where('item_id', '=', id)
      .where(sql<boolean>`object_changes ? ${column}`)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  const authorised = marked_as_paid_at && { at: marked_as_paid_at, by: (await newest('marked_as_paid_at'))?.by ?? null }
  return { authorised, paid: state === 'paid' ? ((await newest('state')) ?? null) : null }
}
