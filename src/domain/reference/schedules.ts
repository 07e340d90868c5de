import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { type Answer, answer, refusal } from '../answer.ts'

export type Schedule = RowOf<'schedules'>
/** A schedule with its cohort. */
export type ScheduleInCohort = { schedule: Schedule; cohort: RowOf<'cohorts'> }

/** All schedules of a cohort. */
export function schedulesOf(db: Database, cohortId: number | null): Promise<Schedule[]> {
  return db.selectFrom('schedules').selectAll().where('cohort_id', '=', cohortId).execute()
}

/** The schedule of this name in a year, of the cohort with the latest suffix there. */
export async function findSchedule(db: Database, identifier: string, startYear: number): Promise<ScheduleInCohort | undefined> {
  const schedule = await db
    .selectFrom('schedules')
    .innerJoin('cohorts', 'cohorts.id', 'schedules.cohort_id')
    .selectAll('schedules')
    .where('schedules.identifier', '=', sql<never>`${identifier}`)
    .where('cohorts.start_year', '=', startYear)
    .orderBy('cohorts.suffix', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!schedule) return undefined
  return { schedule, cohort: await db.selectFrom('cohorts').selectAll().where('id', '=', schedule.cohort_id).executeTakeFirstOrThrow() }
}

/** The schedule of this name in a cohort. */
export async function findScheduleOf(db: Database, cohort: { id: number; identifier: string }, identifier: string): Promise<Answer<{ id: number }>> {
  const schedule = await db
    .selectFrom('schedules')
    .select('schedules.id')
    .where('cohort_id', '=', cohort.id)
    .where((eb) => eb(eb.cast<string>('schedules.identifier', 'text'), '=', identifier))
    .executeTakeFirst()
  return schedule ? answer(schedule) : refusal('schedule_unknown', 'schedule', `${cohort.identifier} has no schedule ${identifier}.`)
}

/** The start year of the cohort that registers at a moment; undefined before the first. */
export async function registeringYear(db: Database, now: Temporal.Instant): Promise<number | undefined> {
  const cohort = await db
    .selectFrom('cohorts')
    .select('start_year')
    .where('registration_start_date', '<=', now)
    .orderBy('start_year', 'desc')
    .orderBy('suffix', 'desc')
    .executeTakeFirst()
  return cohort?.start_year
}
