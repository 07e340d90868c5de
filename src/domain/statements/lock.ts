import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { DeclarationState } from '../../db/schema.ts'
import type { Statement } from './statement.ts'

/** A statement with its items' declarations, all locked. */
export type LockedStatement = {
  statement: Statement
  items: { id: number; state: string; declaration_id: number; declaration_state: DeclarationState }[]
}

class Missed extends Error {}

/**
 * Runs work on a locked statement and its declarations in one transaction. Declarations are locked before their statement, as
 * everywhere; one that came onto the statement in between is noticed under the statement's lock, and the work begins again.
 */
export async function withLockedStatement<T>(
  db: Database,
  statementId: number,
  work: (trx: Transacting, locked: LockedStatement | undefined) => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await db.transaction().execute(async (trx) => work(trx, await lockStatement(trx, statementId)))
    } catch (error) {
      if (!(error instanceof Missed)) throw error
    }
  }
}

async function lockStatement(trx: Transacting, statementId: number): Promise<LockedStatement | undefined> {
  const { rows: locked } = await sql<{ id: number }>`
    select id from declarations where id in (select declaration_id from statement_items where statement_id = ${statementId})
    order by id for update`.execute(trx)
  const statement = await trx.selectFrom('statements').selectAll().where('id', '=', statementId).forUpdate().executeTakeFirst()
  if (!statement) return undefined
  const items = await trx
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .select(['statement_items.id', 'statement_items.state', 'statement_items.declaration_id', 'declarations.state as declaration_state'])
    .where('statement_items.statement_id', '=', statementId)
    .orderBy('statement_items.id')
    .execute()
  const held = new Set(locked.map(({ id }) => id))
  if (!items.every(({ declaration_id }) => held.has(declaration_id))) throw new Missed()
  return { statement, items }
}
