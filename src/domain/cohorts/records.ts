import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import type { Locked } from '../locked.ts'

export type Cohort = RowOf<'cohorts'>
/** A cohort whose statements, milestones or partnerships are made or corrected: others that do so wait. */
export type LockedCohort = Locked<Cohort, 'cohort'>

/** A cohort by its identifier, such as `2026a`; where there is none, those that there are are named. */
export async function findCohort(db: Database, identifier: string): Promise<Answer<Cohort>> {
  const cohorts = await db.selectFrom('cohorts').selectAll().orderBy('identifier').execute()
  const found = cohorts.find((cohort) => cohort.identifier === identifier)
  if (found) return answer(found)
  return refusal('cohort_unknown', 'cohort', `There is no cohort ${identifier}. There are: ${cohorts.map((cohort) => cohort.identifier).join(', ')}.`)
}

/** Locks a cohort, by itself or as that of a schedule, before anything that belongs to it. */
export async function lockCohort(
  trx: Transacting,
  by: { id: number } | { identifier: string } | { scheduleId: number },
): Promise<LockedCohort | undefined> {
  const cohorts = trx.selectFrom('cohorts').selectAll().forNoKeyUpdate()
  const wanted =
    'identifier' in by
      ? cohorts.where('identifier', '=', by.identifier)
      : cohorts.where('id', '=', 'id' in by ? by.id : trx.selectFrom('schedules').select('cohort_id').where('id', '=', by.scheduleId))
  return (await wanted.executeTakeFirst()) as LockedCohort | undefined
}

/** Locks the names of cohorts: two that make one at once would both find it free. Returns all that there are. */
export async function lockCohortNames(trx: Transacting): Promise<Pick<Cohort, 'identifier' | 'description'>[]> {
  await sql`lock table cohorts in share row exclusive mode`.execute(trx)
  return trx.selectFrom('cohorts').select(['identifier', 'description']).execute()
}

/** Every cohort with its id and public name, as files name them. */
export function cohortNames(db: Database) {
  return db.selectFrom('cohorts').select(['id', 'identifier as name']).execute()
}
