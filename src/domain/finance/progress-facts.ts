import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { type CourseIdentifier, type DeclarationType, declarationTypes } from '../../words.ts'
import type { Statement } from '../statements/statement.ts'
import { noCounts, type PerType } from './contract.ts'
import type { ProgressFacts } from './progress.ts'

/** Gathers what a statement waits for and what came, with three queries however large it is (05 section 9). */
export async function progressFacts(db: Database, statement: Pick<Statement, 'id' | 'lead_provider_id' | 'cohort_id'>): Promise<ProgressFacts> {
  const types = await milestoneTypes(db, statement.id)
  const expected = await countExpected(db, statement, types)
  return {
    types,
    expected: perType(expected.map(({ type, applications }) => [type, applications])),
    received: await countReceived(db, statement),
    expectedByCourse: Object.fromEntries(expected.flatMap(({ course, applications }) => (course === null ? [] : [[course, applications]]))),
  }
}

async function milestoneTypes(db: Database, statementId: number): Promise<DeclarationType[]> {
  const rows = await db
    .selectFrom('milestone_statements')
    .innerJoin('milestones', 'milestones.id', 'milestone_statements.milestone_id')
    .select('milestones.declaration_type')
    .where('milestone_statements.statement_id', '=', statementId)
    .execute()
  return declarationTypes.filter((type) => rows.some(({ declaration_type }) => declaration_type === type))
}

/** Declarations on the statement, each counted, also of types that have no milestone there. */
async function countReceived(db: Database, { id, lead_provider_id, cohort_id }: Pick<Statement, 'id' | 'lead_provider_id' | 'cohort_id'>) {
  const rows = await db
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .where('statement_items.statement_id', '=', id)
    .where('declarations.state', 'in', ['eligible', 'payable', 'paid'])
    .where('declarations.cohort_id', '=', cohort_id)
    .where('declarations.lead_provider_id', '=', lead_provider_id)
    .groupBy('declarations.declaration_type')
    .select(({ fn }) => ['declarations.declaration_type', fn.count<number>('declarations.id').distinct().as('declarations')])
    .execute()
  return perType(rows.map((row) => [row.declaration_type, row.declarations]))
}

/** Applications from which a declaration is expected: once by type, and once by course over all types. */
async function countExpected(
  db: Database,
  { lead_provider_id, cohort_id }: Pick<Statement, 'lead_provider_id' | 'cohort_id'>,
  types: readonly DeclarationType[],
) {
  const { rows } = await sql<{ type: DeclarationType | null; course: CourseIdentifier | null; applications: number }>`
    with candidates as (
      select id, course_id, schedule_id, training_status from applications
      where lead_provider_id = ${lead_provider_id} and cohort_id = ${cohort_id} and lead_provider_approval_status = 'accepted'),
    steps (schedule_id, type, earlier) as (
      select schedule_id, declaration_type, case
        when declaration_type = 'retained-1' then 'started'
        when declaration_type = 'retained-2' then 'retained-1'
        when exists (select from milestones second where second.schedule_id = milestones.schedule_id and second.declaration_type = 'retained-2')
          then 'retained-2'
        else 'retained-1' end
      from milestones where declaration_type <> 'started'),
    expected as (
      select 'started' as type, id, course_id from candidates
      union all
      select steps.type, candidates.id, candidates.course_id
      from candidates join steps on steps.schedule_id = candidates.schedule_id
      where candidates.training_status = 'active' and exists (
        select from declarations where declarations.application_id = candidates.id and declarations.declaration_type = steps.earlier))
    select expected.type, courses.identifier as course, count(distinct expected.id) as applications
    from expected join courses on courses.id = expected.course_id
    where expected.type = any(${types}::text[])
    group by grouping sets ((expected.type), (courses.identifier))`.execute(db)
  return rows
}

function perType(counts: readonly (readonly [DeclarationType | null, number])[]): PerType {
  return { ...noCounts().billable, ...Object.fromEntries(counts.filter(([type]) => type !== null)) }
}
