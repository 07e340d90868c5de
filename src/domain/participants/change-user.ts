import type { Transacting } from '../../db/connect.ts'
import type { NewRowOf, RowOf } from '../../db/schema.ts'
import { timeOf } from '../../db/time.ts'
import { type Act, change } from '../history.ts'

/** Columns whose change providers do not see (03 section 2.2). */
const insignificant: ReadonlySet<string> = new Set([
  'raw_identity_payload',
  'feature_flag_id',
  'updated_from_tra_at',
  'trn_lookup_status',
  'notify_user_for_future_reg',
  'email_updates_status',
  'email_updates_unsubscribe_key',
])

/** Changes a person; where providers see the change, the person shows up in what they ask for since a moment. */
export async function changeUser(trx: Transacting, act: Act, user: RowOf<'users'>, values: Partial<NewRowOf<'users'>>): Promise<RowOf<'users'>> {
  const columns = Object.keys(values) as (keyof typeof values & keyof RowOf<'users'>)[]
  const significant = columns.some((column) => !insignificant.has(column) && String(user[column]) !== String(values[column]))
  return change(trx, act, 'users', user, significant ? { ...values, significantly_updated_at: await timeOf(trx, act) } : values)
}
