import type { Database, Transacting } from './connect.ts'

/** Does work in one transaction and keeps it, or, as a rehearsal, undoes all of it in the end. */
export async function rehearse<T>(db: Database, { real }: { real: boolean }, work: (trx: Transacting) => Promise<T>): Promise<T> {
  const trx = await db.startTransaction().execute()
  try {
    const result = await work(trx)
    await (real ? trx.commit() : trx.rollback()).execute()
    return result
  } catch (error) {
    if (!trx.isCommitted && !trx.isRolledBack) await trx.rollback().execute()
    throw error
  }
}
