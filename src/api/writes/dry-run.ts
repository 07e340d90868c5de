import type { Database } from '../../db/connect.ts'
import { badRequest, type Problem } from '../../http/problems.ts'
import type { Query } from '../query.ts'

/** Whether a write is only to be tried. Throws a 400 for what may mean that and does not say it: it must not be carried out instead. */
export function readDryRun(query: Query): boolean {
  const meant = query.names().filter((name) => /^dry[^a-z]*run/i.test(name))
  if (meant.length === 0) return false
  const given = query.plain('dry_run')
  if (meant.length > 1 || (given !== 'true' && given !== 'false')) throw dryRunMalformed()
  return given === 'true'
}

/** Does work in a transaction of which nothing is left; what it gives, or throws, is as if it were. */
export async function tried<T>(db: Database, work: (trx: Database) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  const undone = new Error('A dry run leaves nothing.')
  try {
    await db.transaction().execute(async (trx) => {
      result = { value: await work(trx) }
      throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  return (result as { value: T }).value
}

function dryRunMalformed(): Problem {
  return badRequest(
    'dry_run_malformed',
    'Write dry_run=true to try the request out, or leave the parameter out to have it carried out. Nothing was carried out.',
  )
}
