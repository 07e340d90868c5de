import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { StatementItemState } from '../../db/schema.ts'
import type { DeclarationState } from '../../words.ts'
import type { Statement } from './statement.ts'

/** A statement with its items' declarations, all locked. */
export type LockedStatement = {
  statement: Statement
  items: LockedItem[]
}
export type LockedItem = { id: number; statement_id: number; state: StatementItemState; declaration_id: number; declaration_state: DeclarationState }

class Missed extends Error {}

/** Runs work on a locked statement and its declarations in one transaction. */
export function withLockedStatement<T>(
  db: Database,
  statementId: number,
  work: (trx: Transacting, locked: LockedStatement | undefined) => Promise<T>,
): Promise<T> {
  return untilNoneIsMissed(() => db.transaction().execute(async (trx) => work(trx, (await lockStatements(trx, [statementId])).get(statementId))))
}

/** Begins a transaction again in which a declaration came onto a statement before `lockStatements` had the statement. */
export async function untilNoneIsMissed<T>(transaction: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await transaction()
    } catch (error) {
      if (!(error instanceof Missed)) throw error
    }
  }
}

/**
 * Locks these statements and their items' declarations. Declarations are locked before their statement, as everywhere; one that
 * came onto a statement in between is noticed under the statement's lock, and `untilNoneIsMissed` begins again.
 */
export async function lockStatements(trx: Transacting, ids: readonly number[]): Promise<Map<number, LockedStatement>> {
  const among = sql<number>`any(${ids}::bigint[])`
  const { rows: held } = await sql<{ id: number }>`
    select id from declarations where id in (select declaration_id from statement_items where statement_id = ${among})
    order by id for update`.execute(trx)
  const statements = await trx.selectFrom('statements').selectAll().where('id', '=', among).orderBy('id').forUpdate().execute()
  const items = await trx
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .select(['statement_items.id', 'statement_items.statement_id', 'statement_items.state', 'statement_items.declaration_id'])
    .select('declarations.state as declaration_state')
    .where('statement_items.statement_id', '=', among)
    .orderBy('statement_items.id')
    .execute()
  const known = new Set(held.map(({ id }) => id))
  if (!items.every(({ declaration_id }) => known.has(declaration_id))) throw new Missed()
  const locked = new Map<number, LockedStatement>(statements.map((statement) => [statement.id, { statement, items: [] }]))
  for (const item of items) locked.get(item.statement_id)?.items.push(item)
  return locked
}
