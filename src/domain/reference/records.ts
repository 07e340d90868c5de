import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { type CourseIdentifier, type DeclarationType, declarationTypes } from '../../words.ts'
import { type Answer, answer, refusal } from '../answer.ts'

export type Provider = Awaited<ReturnType<typeof listProviders>>[number]

/** Every lead provider, by name. */
export function listProviders(db: Database) {
  return db.selectFrom('lead_providers').select(['id', 'public_id', 'name']).orderBy('name').execute()
}

/** The lead provider with this name, public id or internal id; where there is none, those that there are are named. */
export async function findProvider(db: Database, text: string): Promise<Answer<Provider>> {
  const providers = await listProviders(db)
  const wanted = text.trim()
  const provider = providers.find(
    ({ id, public_id, name }) => name.toLowerCase() === wanted.toLowerCase() || public_id === wanted.toLowerCase() || String(id) === wanted,
  )
  if (provider) return answer(provider)
  return refusal('provider', `There is no lead provider ${wanted}. Give a name or an id: ${providers.map(({ name }) => name).join(', ')}.`)
}

/** The groups of courses: their ids by their names. */
export async function courseGroupIds(db: Database): Promise<Map<string, number>> {
  const groups = await db.selectFrom('course_groups').select(['id', 'name']).execute()
  return new Map(groups.map(({ id, name }) => [name, id]))
}

/** A schedule of a cohort by its identifier. */
export async function findSchedule(db: Database, cohort: { id: number; identifier: string }, identifier: string): Promise<Answer<{ id: number }>> {
  const schedule = await db
    .selectFrom('schedules')
    .select('schedules.id')
    .where('cohort_id', '=', cohort.id)
    .where((eb) => eb(eb.cast<string>('schedules.identifier', 'text'), '=', identifier))
    .executeTakeFirst()
  return schedule ? answer(schedule) : refusal('schedule', `${cohort.identifier} has no schedule ${identifier}.`)
}

/** The types that can be declared for each course in a cohort, in their order. */
export async function declarableTypes(db: Database, cohort: string): Promise<Map<CourseIdentifier, DeclarationType[]>> {
  const { rows } = await sql<{ course: CourseIdentifier; types: DeclarationType[] }>`
    select courses.identifier as course, array_agg(distinct allowed.type) as types
    from courses
    join schedules on schedules.course_group_id = courses.course_group_id
    join cohorts on cohorts.id = schedules.cohort_id and cohorts.identifier = ${cohort}
    cross join lateral unnest(schedules.allowed_declaration_types) as allowed (type)
    group by 1`.execute(db)
  return new Map(rows.map(({ course, types }) => [course, declarationTypes.filter((type) => types.includes(type))]))
}
