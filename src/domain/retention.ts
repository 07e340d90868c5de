import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/connect.ts'

const atOnce = 1000

type Passing = Readonly<{
  table: string
  ended: RawBuilder<unknown>
  which: RawBuilder<unknown>
  /** days by which it outlives its setting */
  longer?: number
}>

/** What is not kept for ever: where it is, and when it ended. Nothing else is ever pruned. */
const passing = {
  finishedJobs: { table: 'jobs', ended: sql.ref('finished_at'), which: sql`kind <> 'send letter'` },
  sentLetters: { table: 'jobs', ended: sql.ref('finished_at'), which: sql`kind = 'send letter'` },
  requestAudits: { table: 'api_request_audits', ended: sql.ref('created_at'), which: sql`true` },
  // a day longer than anyone may ask for it: what came late may carry a time from before a cursor
  changes: { table: 'changes', ended: sql.ref('created_at'), which: sql`true`, longer: 1 },
  keptAnswers: { table: 'kept_answers', ended: sql.ref('created_at'), which: sql`true` },
} as const satisfies Record<string, Passing>

/** For how many days each is kept. */
export type Retention = Readonly<Record<keyof typeof passing, number>>

/** Takes away what ended too long ago, in portions that hold no lock for long; tells how many of each it took. */
export async function prune(
  db: Database,
  { now, retention, signal }: { now: Temporal.Instant; retention: Retention; signal: AbortSignal },
): Promise<Record<keyof Retention, number>> {
  const pruned = { finishedJobs: 0, sentLetters: 0, requestAudits: 0, keptAnswers: 0, changes: 0 }
  for (const what of Object.keys(passing) as (keyof Retention)[]) {
    const { longer = 0 }: Passing = passing[what]
    const before = now.subtract({ hours: 24 * (retention[what] + longer) })
    for (let more = true; more; ) {
      signal.throwIfAborted()
      const portion = await prunePortion(db, what, before)
      pruned[what] += portion
      more = portion === atOnce
    }
  }
  return pruned
}

async function prunePortion(db: Database, what: keyof Retention, before: Temporal.Instant): Promise<number> {
  const { table, ended, which } = passing[what]
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where ctid = any (array(
      select ctid from ${sql.table(table)} where ${ended} < ${before} and ${which} order by ${ended} limit ${atOnce}
    ))`.execute(db)
  return Number(numAffectedRows)
}
