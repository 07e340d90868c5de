import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'

export type Course = RowOf<'courses'>

/** A course by its identifier; undefined where there is none. */
export function findCourse(db: Database, identifier: string): Promise<Course | undefined> {
  return db.selectFrom('courses').selectAll().where('identifier', '=', sql<never>`${identifier}`).executeTakeFirst()
}
