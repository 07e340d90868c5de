import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'
import type { KeyedResult } from './operation.ts'

/** A file that an operator runs, and the operation that it is for. */
export type BulkFile = Readonly<{ type: string; name: string; bytes: Uint8Array }>

/** Notes that the file is being run; throws where it was run before, waiting for a run that is under way. */
export async function startOnce(trx: Transacting, { author }: Act, file: BulkFile, rows: number): Promise<number> {
  const file_hash = createHash('sha256').update(file.bytes).digest('hex')
  const started = await trx
    .insertInto('bulk_operations')
    .values({ type: file.type, file_name: file.name, file_hash, row_count: rows, ran_by: author })
    .onConflict((conflict) => conflict.columns(['type', 'file_hash']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (started) return started.id
  const before = await trx
    .selectFrom('bulk_operations')
    .select(['file_name', 'started_at', 'ran_by'])
    .where('type', '=', file.type)
    .where('file_hash', '=', file_hash)
    .executeTakeFirstOrThrow()
  const when = before.started_at.toString({ smallestUnit: 'second' })
  const run = `as ${before.file_name} at ${when}${before.ran_by === null ? '' : ` by ${before.ran_by}`}`
  throw new Error(`This file was run already, ${run}. A file is run once: put the rows that are still to do into another.`)
}

/** Keeps what became of the rows. */
export async function finishOnce(trx: Transacting, id: number, results: readonly KeyedResult[]): Promise<void> {
  await trx
    .updateTable('bulk_operations')
    .set({ result: JSON.stringify(results), finished_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}
