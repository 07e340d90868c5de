import type { Database } from '../../db/connect.ts'

/** Whether any statement of the provider in the cohort has a contract for the course. */
export async function isContracted(db: Database, wanted: { providerId: number; cohortId: number; courseId: number }): Promise<boolean> {
  const contract = await db
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .select('contracts.id')
    .where('statements.lead_provider_id', '=', wanted.providerId)
    .where('statements.cohort_id', '=', wanted.cohortId)
    .where('contracts.course_id', '=', wanted.courseId)
    .limit(1)
    .executeTakeFirst()
  return contract !== undefined
}
