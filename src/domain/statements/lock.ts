import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf, StatementState } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { refusal } from '../answer.ts'
import type { LockedCohort } from '../cohorts/records.ts'
import type { LockedDeclaration } from '../declarations/records.ts'
import type { Locked } from '../locked.ts'
import type { Month, Statement } from './statement.ts'

/** A statement that nothing else changes until the transaction ends. */
export type LockedStatement = Locked<Statement, 'statement'>
/** A statement that is kept open until the transaction ends, for items to come onto it; others may add theirs at the same time. */
export type OpenStatement = Locked<Statement, 'open statement'>
/** Declarations of which each is held; those of these statements, as they were before the statements were held. */
export type LockedDeclarations = Locked<{ statementIds: readonly number[]; ids: ReadonlySet<number> }, 'declarations'>
/** What is on a locked statement, with its declaration that is locked too. */
export type LockedItem = Locked<Awaited<ReturnType<typeof itemsOf>>[number], 'item'>
/** A locked statement with all that is on it. */
export type LockedWithItems = { statement: LockedStatement; items: LockedItem[] }

export const noSuchStatement = refusal('statement_unknown', 'statement', 'There is no such statement.')

/** Locks one statement, for what leaves the declarations on it alone. */
export async function lockStatement(trx: Transacting, id: number): Promise<LockedStatement | undefined> {
  return (await locking(trx).where('id', '=', id).executeTakeFirst()) as LockedStatement | undefined
}

/** Locks all statements of a cohort. */
export async function lockStatementsOf(trx: Transacting, cohort: LockedCohort): Promise<LockedStatement[]> {
  return (await locking(trx).where('cohort_id', '=', cohort.id).execute()) as LockedStatement[]
}

/** Locks a provider's statements of a cohort from a month on. */
export async function lockStatementsFrom(
  trx: Transacting,
  { lead_provider_id, cohort_id }: Pick<Statement, 'lead_provider_id' | 'cohort_id'>,
  { year, month }: Month,
): Promise<LockedStatement[]> {
  const statements = locking(trx)
    .where('lead_provider_id', '=', lead_provider_id)
    .where('cohort_id', '=', cohort_id)
    .where((eb) => eb.or([eb('year', '>', year), eb.and([eb('year', '=', year), eb('month', '>=', month)])]))
  return (await statements.execute()) as LockedStatement[]
}

/** Locks every provider's statement of a month in a cohort. */
export async function lockStatementsOfMonth(trx: Transacting, cohort: string, { year, month }: Month): Promise<LockedStatement[]> {
  const statements = locking(trx)
    .where('cohort_id', '=', (eb) => eb.selectFrom('cohorts').select('cohorts.id').where('identifier', '=', cohort))
    .where('year', '=', year)
    .where('month', '=', month)
  return (await statements.execute()) as LockedStatement[]
}

/** Locks the declarations on these statements: before the statements, as everywhere. */
export async function lockDeclarationsOn(trx: Transacting, statementIds: readonly number[]): Promise<LockedDeclarations> {
  const { rows } = await sql<{ id: number }>`
    select id from declarations where id in (select declaration_id from statement_items where statement_id = ${among(statementIds)})
    order by id for update`.execute(trx)
  return { statementIds, ids: new Set(rows.map(({ id }) => id)) } as unknown as LockedDeclarations
}

/**
 * Locks the statements on which these declarations are. A declaration that came onto one of them before it was held is noticed under
 * its lock, and `untilNoneIsMissed` begins again.
 */
export async function lockStatementsHolding(trx: Transacting, { statementIds, ids }: LockedDeclarations): Promise<Map<number, LockedWithItems>> {
  const statements = (await locking(trx).where('id', '=', among(statementIds)).execute()) as LockedStatement[]
  const items = (await itemsOf(trx, statementIds)) as LockedItem[]
  if (!items.every(({ declaration_id }) => ids.has(declaration_id))) throw new Missed()
  const locked = new Map<number, LockedWithItems>(statements.map((statement) => [statement.id, { statement, items: [] }]))
  for (const item of items) locked.get(item.statement_id)?.items.push(item)
  return locked
}

/** Keeps the statements that hold a declaration from being paid until the transaction ends; the ids of those in a state. */
export async function shareStatementsOf({ trx, declaration }: LockedDeclaration, inState: StatementState): Promise<number[]> {
  const statements = await trx
    .selectFrom('statements')
    .select(['id', 'state'])
    .where('id', 'in', (eb) => eb.selectFrom('statement_items').select('statement_id').where('declaration_id', '=', declaration.id))
    .orderBy('id')
    .forShare()
    .execute()
  return statements.filter(({ state }) => state === inState).map(({ id }) => id)
}

/** Locks what is on statements for a declaration, after the statement that it is to go on or that holds it. */
export function lockItemsOf({ trx, declaration }: LockedDeclaration): Promise<RowOf<'statement_items'>[]> {
  return trx.selectFrom('statement_items').selectAll().where('declaration_id', '=', declaration.id).orderBy('id').forUpdate().execute()
}

/** Runs work on a locked statement and its declarations in one transaction, or in a part of the one that is open. */
export function withLockedStatement<T>(
  db: Database,
  statementId: number,
  work: (trx: Transacting, locked: LockedWithItems | undefined) => Promise<T>,
): Promise<T> {
  return untilNoneIsMissed(() =>
    transact(db, async (trx) => {
      const declarations = await lockDeclarationsOn(trx, [statementId])
      return work(trx, (await lockStatementsHolding(trx, declarations)).get(statementId))
    }),
  )
}

class Missed extends Error {}

/** Begins a transaction again in which a declaration came onto a statement before the statement was locked. */
export async function untilNoneIsMissed<T>(transaction: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await transaction()
    } catch (error) {
      if (!(error instanceof Missed)) throw error
    }
  }
}

function locking(trx: Transacting) {
  return trx.selectFrom('statements').selectAll().orderBy('id').forUpdate()
}

function itemsOf(trx: Transacting, statementIds: readonly number[]) {
  return trx
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .select(['statement_items.id', 'statement_items.statement_id', 'statement_items.state', 'statement_items.declaration_id'])
    .select('declarations.state as declaration_state')
    .where('statement_items.statement_id', '=', among(statementIds))
    .orderBy('statement_items.id')
    .execute()
}

function among(ids: readonly number[]) {
  return sql<number>`any(${ids}::bigint[])`
}
