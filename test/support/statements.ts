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
