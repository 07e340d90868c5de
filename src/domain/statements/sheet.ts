import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { type CourseIdentifier, type DeclarationType, declarationTypes } from '../../words.ts'
import { statementFacts } from '../finance/facts.ts'
import { type StatementFigures, statementFigures } from '../finance/figures.ts'
import type { StatementFacts } from '../finance/totals.ts'
import { financialChanges } from './financial-change-log.ts'
import { describeStatement } from './find.ts'

/** All that finance sees of one statement. */
export type Sheet = {
  statement: Awaited<ReturnType<typeof describeStatement>>
  figures: StatementFigures
  contracts: StatementFacts['contracts']
  coursesWithoutContract: readonly string[]
  /** the types that can be declared for a course in the cohort, in their order */
  types: ReadonlyMap<CourseIdentifier, readonly DeclarationType[]>
  changes: Awaited<ReturnType<typeof financialChanges>>
}

/** Gathers it by the statement's public id; throws where there is none. */
export async function statementSheet(db: Database, publicId: string): Promise<Sheet> {
  const statement = await describeStatement(db, publicId)
  const { contracts, coursesWithoutContract } = await statementFacts(db, statement.id)
  return {
    statement,
    figures: await statementFigures(db, statement.id),
    contracts,
    coursesWithoutContract,
    types: await typesByCourse(db, statement.cohort),
    changes: await financialChanges(db, statement.id),
  }
}

async function typesByCourse(db: Database, cohort: string): Promise<Map<CourseIdentifier, DeclarationType[]>> {
  const { rows } = await sql<{ course: CourseIdentifier; types: DeclarationType[] }>`
    select courses.identifier as course, array_agg(distinct allowed.type) as types
    from courses
    join schedules on schedules.course_group_id = courses.course_group_id
    join cohorts on cohorts.id = schedules.cohort_id and cohorts.identifier = ${cohort}
    cross join lateral unnest(schedules.allowed_declaration_types) as allowed (type)
    group by 1`.execute(db)
  return new Map(rows.map(({ course, types }) => [course, declarationTypes.filter((type) => types.includes(type))]))
}
