import type { Database } from '../../db/connect.ts'

export type Qualification = { completion_date: Temporal.PlainDate; short_code: string }

/** What the holder of a TRN passed, newest first: by outcomes recorded here and by those of the register before (03 section 17.1). */
export async function qualificationsOf(db: Database, trn: string): Promise<Qualification[]> {
  const own = await passedOutcomes(db, trn).execute()
  const legacy = await db
    .selectFrom('legacy_passed_outcomes')
    .select(['completion_date', 'course_short_code as short_code'])
    .where('trn', '=', trn)
    .execute()
  const distinct = new Map([...own, ...legacy].map((passed) => [`${passed.completion_date} ${passed.short_code}`, passed]))
  return [...distinct.values()].sort(newestFirst)
}

/** Passes that are the newest outcome of their declaration, of everyone whose verified TRN it is. */
function passedOutcomes(db: Database, trn: string) {
  return db
    .selectFrom('users')
    .innerJoin('applications', 'applications.user_id', 'users.id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .innerJoin('declarations', 'declarations.application_id', 'applications.id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('outcomes')
          .select(['outcomes.state', 'outcomes.completion_date'])
          .whereRef('outcomes.declaration_id', '=', 'declarations.id')
          .orderBy('outcomes.id', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select(['latest.completion_date', 'courses.short_code'])
    .where('users.trn', '=', trn)
    .where('users.trn_verified', '=', true)
    .where('latest.state', '=', 'passed')
    .where('courses.short_code', 'is not', null)
    .$narrowType<{ short_code: string }>()
}

function newestFirst(one: Qualification, other: Qualification): number {
  const later = Temporal.PlainDate.compare(other.completion_date, one.completion_date)
  if (later !== 0) return later
  return one.short_code < other.short_code ? -1 : 1
}
