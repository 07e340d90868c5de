import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../src/db/connect.ts'

/** Waits until so many sessions of a PostgreSQL server wait for a lock of this database. */
export async function untilWaiting(db: Database, sessions = 1): Promise<void> {
  const waiting = sql<{ waiting: number }>`
    select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while (Number((await waiting.execute(db)).rows[0]?.waiting) < sessions) await pause(5)
}
