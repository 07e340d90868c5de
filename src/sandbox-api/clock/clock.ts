import { type Clock, utcDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { lastPaymentDate } from '../../domain/statements/records.ts'
import { daysAhead } from './records.ts'

/** A provider's own clock. */
export async function clockOf(db: Database, clock: Clock, provider: { id: number }): Promise<Clock> {
  return ahead(clock, await daysAhead(db, provider.id))
}

/** A clock that is so many whole days ahead of another. What is written carries its time too. */
export function ahead(clock: Clock, days: number): Clock {
  return days === 0 ? clock : { now: () => clock.now().add({ hours: 24 * days }), runs: false }
}

export type ClockView = {
  public_id: string
  now: Temporal.Instant
  days_ahead: number
  /** the last day to which it can be moved; null where nothing is paid any more */
  last_day: Temporal.PlainDate | null
}

export async function readClock(db: Database, clock: Clock, providerId: number): Promise<ClockView> {
  const { public_id } = await db.selectFrom('lead_providers').select('public_id').where('id', '=', providerId).executeTakeFirstOrThrow()
  const days = await daysAhead(db, providerId)
  const now = ahead(clock, days).now()
  const last = await lastPaymentDate(db, providerId)
  return { public_id, now, days_ahead: days, last_day: last !== null && Temporal.PlainDate.compare(last, utcDate(now)) >= 0 ? last : null }
}
