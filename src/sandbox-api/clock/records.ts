import type { Database, Transacting } from '../../db/connect.ts'

/** By how many days a provider's own day is ahead of the calendar. */
export async function daysAhead(db: Database, providerId: number): Promise<number> {
  const clock = await db.selectFrom('sandbox_clocks').select('days_ahead').where('lead_provider_id', '=', providerId).executeTakeFirst()
  return clock?.days_ahead ?? 0
}

/** Holds a provider's clock, so that two who move it come one after the other; by how many days it is ahead. */
export async function lockClock(trx: Transacting, providerId: number): Promise<number> {
  await trx
    .insertInto('sandbox_clocks')
    .values({ lead_provider_id: providerId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const clock = trx.selectFrom('sandbox_clocks').select('days_ahead').where('lead_provider_id', '=', providerId).forUpdate()
  return (await clock.executeTakeFirstOrThrow()).days_ahead
}

export async function setClock(trx: Transacting, providerId: number, days: number): Promise<void> {
  await trx.updateTable('sandbox_clocks').set({ days_ahead: days }).where('lead_provider_id', '=', providerId).execute()
}
