import type { Database } from '../../src/db/connect.ts'

/** The letters that were queued, sent or not, the first first. */
export async function letters(db: Database) {
  const rows = await db.selectFrom('jobs').select('payload').where('kind', '=', 'send letter').orderBy('id').execute()
  return rows.map(({ payload }) => payload as { template: string; recipient: string; personalisation: Record<string, string> })
}

/** The jobs that were queued beside letters. */
export function otherJobs(db: Database) {
  return db.selectFrom('jobs').select(['kind', 'payload']).where('kind', '<>', 'send letter').orderBy('id').execute()
}
