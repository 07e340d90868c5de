import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'

/** A cohort by its identifier, such as `2026a`; throws where there is none, and names those that there are. */
export async function findCohort(db: Database, identifier: string): Promise<RowOf<'cohorts'>> {
  const cohorts = await db.selectFrom('cohorts').selectAll().orderBy('identifier').execute()
  const found = cohorts.find((cohort) => cohort.identifier === identifier)
  if (!found) throw new Error(`There is no cohort ${identifier}. There are: ${cohorts.map((cohort) => cohort.identifier).join(', ')}.`)
  return found
}
