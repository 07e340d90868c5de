import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { Kind } from './dataset.ts'
import { FaultyDataset } from './faults.ts'

type Refusal = { code?: string; message: string; constraint?: string }

/** Inserts all rows of `resolved`; returns how many were new. What no check foresaw and the database refuses is told with its place. */
export async function insertResolved(trx: Transacting, kind: Kind, insert: readonly string[]): Promise<number> {
  await sql`savepoint before_insert`.execute(trx)
  try {
    return await insertAll(trx, insert)
  } catch (error) {
    const { code = '', message, constraint } = error as Refusal
    if (!/^(22|23|54)/.test(code)) throw error
    await sql`rollback to savepoint before_insert`.execute(trx)
    const place = (await firstRefused(trx, insert)) ?? kind
    // the details of the error hold the row, and so the person
    const rule = constraint ? `breaks the rule ${constraint} of the database` : `is refused by the database: ${message}`
    throw new FaultyDataset([{ place, problem: rule }], 1)
  }
}

/** Runs the first statement, keeping the rows that it returns as `inserted` for the rest; returns how many rows were new. */
async function insertAll(trx: Transacting, [first = '', ...rest]: readonly string[]): Promise<number> {
  if (!first.includes(' returning ')) {
    const { numAffectedRows } = await sql.raw(first).execute(trx)
    for (const statement of rest) await sql.raw(statement).execute(trx)
    return Number(numAffectedRows ?? 0)
  }
  await sql`drop table if exists inserted`.execute(trx)
  await sql`create temporary table inserted (id bigint, public_id uuid) on commit drop`.execute(trx)
  const { numAffectedRows } = await sql.raw(`with added as (${first}) insert into inserted select id, public_id from added`).execute(trx)
  await sql`create index on inserted (public_id)`.execute(trx)
  await sql`analyze inserted`.execute(trx)
  for (const statement of rest) await sql.raw(statement).execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Halves the rows until the one is left that the database refuses; what passes stays, since a later row may clash with it. */
async function firstRefused(trx: Transacting, insert: readonly string[]): Promise<string | undefined> {
  await sql`create temporary table candidates on commit drop as select * from resolved`.execute(trx)
  const { rows } = await sql<{ low: number; high: number }>`select min(number) as low, max(number) as high from candidates`.execute(trx)
  let { low, high } = rows[0] ?? { low: 1, high: 0 }
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    await sql`truncate resolved`.execute(trx)
    await sql`insert into resolved select * from candidates where number between ${low} and ${middle}`.execute(trx)
    await sql`savepoint before_half`.execute(trx)
    try {
      await insertAll(trx, insert)
      low = middle + 1
    } catch {
      await sql`rollback to savepoint before_half`.execute(trx)
      if (low === high) break
      high = middle
    }
  }
  const found = await sql<{ place: string }>`select trim(place) as place from candidates where number = ${low}`.execute(trx)
  return found.rows[0]?.place
}
