import { sql } from 'kysely'
import { utcDate } from '../clock.ts'
import type { Database } from '../db/connect.ts'

/** Jobs that come round by themselves: each is queued once a day, after this time of day in UTC. */
const daily: { kind: string; after: Temporal.PlainTime }[] = [{ kind: 'mark statements payable', after: Temporal.PlainTime.from('00:00') }]

/**
 * Queues what is due today and was not queued yet, whichever worker asks and however late: the key of a job of a day is kept
 * when it is finished.
 */
export async function queueDaily(db: Database, now: Temporal.Instant): Promise<void> {
  const time = now.toZonedDateTimeISO('UTC').toPlainTime()
  for (const { kind, after } of daily) {
    if (Temporal.PlainTime.compare(time, after) < 0) continue
    const key = `${kind} ${utcDate(now)}`
    await sql`insert into jobs (kind, key) select ${kind}, ${key} where not exists (select from jobs where key = ${key})
      on conflict do nothing`.execute(db)
  }
}
