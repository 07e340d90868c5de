import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { type CourseIdentifier, type DeclarationType, declarationTypes } from '../../words.ts'

export type Course = RowOf<'courses'>

/** A course by its identifier; undefined where there is none. */
export function findCourse(db: Database, identifier: string): Promise<Course | undefined> {
  return db.selectFrom('courses').selectAll().where('identifier', '=', sql<never>`${identifier}`).executeTakeFirst()
}

/** The groups of courses: their ids by their names. */
export async function courseGroupIds(db: Database): Promise<Map<string, number>> {
  const groups = await db.selectFrom('course_groups').select(['id', 'name']).execute()
  return new Map(groups.map(({ id, name }) => [name, id]))
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
