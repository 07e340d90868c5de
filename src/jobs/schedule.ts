import { utcDate } from '../clock.ts'
import type { Environment } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { type Queued, queueJobs } from '../domain/outbox.ts'

type Recurring = {
  kind: 'mark statements payable' | 'output statement notice' | 'prune'
  /** `day`: every day; `month`: on the first of every month */
  every: 'day' | 'month'
  /** time of day in UTC */
  at: string
  productionOnly?: true
}

const recurring: readonly Recurring[] = [
  { kind: 'mark statements payable', every: 'day', at: '00:00' },
  { kind: 'prune', every: 'day', at: '02:30' },
  { kind: 'output statement notice', every: 'month', at: '08:30', productionOnly: true },
]

/** Queues what has come round, once for each day or month, whichever worker asks and however late. The payload has its `day`, or the month's first. */
export async function queueRecurring(db: Database, now: Temporal.Instant, environment: Environment): Promise<void> {
  const today = utcDate(now)
  const due = recurring.flatMap(({ kind, every, at, productionOnly }): Queued[] => {
    const day = every === 'day' ? today : today.with({ day: 1 })
    if (productionOnly && environment !== 'production') return []
    if (Temporal.Instant.compare(now, day.toZonedDateTime({ timeZone: 'UTC', plainTime: at }).toInstant()) < 0) return []
    return [{ kind, payload: { day }, occasion: `${kind} ${every === 'day' ? day : day.toPlainYearMonth()}` }]
  })
  await queueJobs(db, due)
}
