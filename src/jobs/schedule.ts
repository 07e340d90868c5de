import { utcDate } from '../clock.ts'
import type { Environment } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { WorkedKind } from '../domain/job-kinds.ts'

type Recurring = {
  kind: WorkedKind
  /** `day`: every day; `month`: on the first of every month */
  every: 'day' | 'month'
  /** time of day in UTC */
  at: string
  productionOnly?: true
}

const recurring: readonly Recurring[] = [
  { kind: 'mark statements payable', every: 'day', at: '00:00' },
  { kind: 'output statement notice', every: 'month', at: '08:30', productionOnly: true },
]

/** Queues what has come round, once for each day or month, whichever worker asks and however late. The payload has its `day`, or the month's first. */
export async function queueRecurring(db: Database, now: Temporal.Instant, environment: Environment): Promise<void> {
  const today = utcDate(now)
  for (const { kind, every, at, productionOnly } of recurring) {
    const day = every === 'day' ? today : today.with({ day: 1 })
    if (productionOnly && environment !== 'production') continue
    if (Temporal.Instant.compare(now, day.toZonedDateTime({ timeZone: 'UTC', plainTime: at }).toInstant()) < 0) continue
    const occasion = `${kind} ${every === 'day' ? day : day.toPlainYearMonth()}`
    await db
      .insertInto('jobs')
      .values({ kind, payload: JSON.stringify({ day }), occasion })
      .onConflict((conflict) => conflict.column('occasion').doNothing())
      .execute()
  }
}
