import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import { constraints } from './constraints.ts'
import type { Kind } from './dataset.ts'
import { FaultyDataset } from './faults.ts'
import type { Step } from './step.ts'

type Refusal = { code?: string; message: string; constraint?: string; table?: string }

/** Inserts all of `records`; returns how many were new. What the database refuses all the same is told with its place. */
export async function insertRecords(trx: Transacting, kind: Kind, { table, insert }: Step): Promise<number> {
  await sql`savepoint before_insert`.execute(trx)
  try {
    return await insertAll(trx, insert)
  } catch (error) {
    const refusal = error as Refusal
    if (!/^(22|23|54)/.test(refusal.code ?? '')) throw error
    await sql`rollback to savepoint before_insert`.execute(trx)
    const place = (await firstRefused(trx, insert)) ?? kind
    const { at, problem } = wordsOf(refusal)
    throw new FaultyDataset([{ place: refusal.table === table ? `${place}${at}` : place.trimEnd(), problem }], 1)
  }
}

/** The details of the error are not told: they hold the row, and so the person. */
function wordsOf({ constraint, message }: Refusal): { at: string; problem: string } {
  if (!constraint) return { at: '', problem: `is refused by the database: ${message}` }
  const { at, problem, taken, twice } = { ...constraints[constraint] }
  return { at: at ? `/${at}` : '', problem: problem ?? taken ?? twice ?? `breaks the rule ${constraint} of the database` }
}

/** Runs the statements, of which those that follow find the rows of the records in `added`; returns how many records were new. */
export async function insertAll(trx: Transacting, insert: Step['insert']): Promise<number> {
  await sql`drop table if exists added`.execute(trx)
  await sql`create temporary table added (id bigint, public_id uuid primary key) on commit drop`.execute(trx)
  let records = 0
  for (const [index, statement] of insert.entries()) {
    const { numAffectedRows } = await statement.execute(trx)
    if (index > 0) continue
    records = Number(numAffectedRows ?? 0)
    await sql`analyze added`.execute(trx)
  }
  return records
}

/** Halves the rows until the one is left that the database refuses; what passes stays, since a later row may clash with it. */
async function firstRefused(trx: Transacting, insert: Step['insert']): Promise<string | undefined> {
  await sql`create temporary table candidates on commit drop as select * from records`.execute(trx)
  const { rows } = await sql<{ low: number; high: number }>`select min(number) as low, max(number) as high from candidates`.execute(trx)
  let { low, high } = rows[0] ?? { low: 1, high: 0 }
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    await sql`truncate records`.execute(trx)
    await sql`insert into records select * from candidates where number between ${low} and ${middle}`.execute(trx)
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
  const found = await sql<{ place: string }>`select place from candidates where number = ${low}`.execute(trx)
  return found.rows[0]?.place
}
