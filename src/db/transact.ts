import { sql } from 'kysely'
import type { Database, Transacting } from './connect.ts'
import { isOutdated } from './preparing-client.ts'
import { forgetTime } from './time.ts'

const attempts = 5

/**
 * Runs work in a transaction, or, where one is open already, in a savepoint of it: what fails leaves nothing behind.
 * Work that the database gave up to end a deadlock is done again, as is work that a migration met.
 */
export async function transact<T>(db: Database, work: (trx: Transacting) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (db.isTransaction ? inSavepoint(db as Transacting, work) : db.transaction().execute(work))
    } catch (error) {
      if (attempt === attempts || !(isDeadlock(error as Failure) || isOutdated(error as Failure))) throw error
    }
  }
}

type Failure = Error & { code?: string }
function isDeadlock({ code }: Failure): boolean {
  return code === '40P01'
}

async function inSavepoint<T>(trx: Transacting, work: (trx: Transacting) => Promise<T>): Promise<T> {
  forgetTime(trx)
  await sql`savepoint part`.execute(trx)
  try {
    const result = await work(trx)
    await sql`release savepoint part`.execute(trx)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(trx)
    await sql`release savepoint part`.execute(trx)
    throw error
  }
}
