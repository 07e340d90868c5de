import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import type { Database } from '../../src/db/connect.ts'

/** The states of what is on a statement: of an item, and of its declaration behind a slash where they differ. */
export async function statesOn(db: Database, { id }: { id: number }): Promise<string[]> {
  const rows = await db
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .select(['statement_items.state as item', 'declarations.state as declaration'])
    .where('statement_items.statement_id', '=', id)
    .orderBy('statement_items.id')
    .execute()
  return rows.map(({ item, declaration }) => (item === declaration ? item : `${item}/${declaration}`))
}

/** Makes the database refuse, for this test, that a statement gets another state. */
export async function breakStatement(db: Database, { id }: { id: number }): Promise<void> {
  const drop = sql`drop function if exists break_statement cascade`
  onTestFinished(async () => void (await drop.execute(db)))
  await drop.execute(db)
  await sql`create function break_statement() returns trigger language plpgsql as $$ begin raise exception 'this statement is broken'; end $$`.execute(
    db,
  )
  await sql`create trigger break_statement before update of state on statements for each row when (old.id = ${sql.lit(id)}) execute function break_statement()`.execute(
    db,
  )
}
