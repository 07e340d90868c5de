import type { LockedApplication } from '../applications/records.ts'
import type { OpenStatement } from './lock.ts'

/**
 * The statement that takes a provider's next item of a cohort (05 section 4.2), undefined where there is none. It is locked
 * against being closed until the transaction ends: others may add items at the same time, but the jobs that make it payable
 * or paid wait, and one that has just been closed is passed over. What the item is for is locked before it.
 */
export async function lockNextOutputFeeStatement(
  { trx }: LockedApplication,
  wanted: { providerId: number; cohortId: number; today: Temporal.PlainDate },
): Promise<OpenStatement | undefined> {
  const next = trx
    .selectFrom('statements')
    .selectAll()
    .where('lead_provider_id', '=', wanted.providerId)
    .where('cohort_id', '=', wanted.cohortId)
    .where('state', '=', 'open')
    .where('output_fee', '=', true)
    .where('deadline_date', '>=', wanted.today)
    .orderBy('deadline_date')
    .orderBy('id')
    .limit(1)
    .forShare()
  return (await next.executeTakeFirst()) as OpenStatement | undefined
}
