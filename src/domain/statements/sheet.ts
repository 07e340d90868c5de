import type { Database } from '../../db/connect.ts'
import type { CourseIdentifier, DeclarationType } from '../../words.ts'
import { type Answer, answer } from '../answer.ts'
import { statementFacts } from '../finance/facts.ts'
import { type StatementFigures, statementFigures } from '../finance/figures.ts'
import type { StatementFacts } from '../finance/totals.ts'
import { declarableTypes } from '../reference/courses.ts'
import { financialChanges } from './financial-change-log.ts'
import { describeStatement, type StatementDescription } from './records.ts'

/** All that finance sees of one statement. */
export type Sheet = {
  statement: StatementDescription
  figures: StatementFigures
  contracts: StatementFacts['contracts']
  coursesWithoutContract: readonly string[]
  /** the types that can be declared for a course in the cohort, in their order */
  types: ReadonlyMap<CourseIdentifier, readonly DeclarationType[]>
  changes: Awaited<ReturnType<typeof financialChanges>>
}

/** Gathers it by the statement's public id. */
export async function statementSheet(db: Database, publicId: string): Promise<Answer<Sheet>> {
  const described = await describeStatement(db, publicId)
  if (!described.value) return described
  const statement = described.value
  const { contracts, coursesWithoutContract } = await statementFacts(db, statement.id)
  return answer({
    statement,
    figures: await statementFigures(db, statement.id),
    contracts,
    coursesWithoutContract,
    types: await declarableTypes(db, statement.cohort),
    changes: await financialChanges(db, statement.id),
  })
}
