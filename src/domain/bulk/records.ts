import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { Act } from '../history.ts'

/** A file that an operator runs, and the operation that it is for. */
export type BulkFile = Readonly<{ type: string; name: string; bytes: Uint8Array }>

/** Notes that the file is being run, having waited for a run of it that is under way; undefined where it was run before. */
export async function startRun(trx: Transacting, { author }: Act, file: BulkFile, rows: number): Promise<number | undefined> {
  const started = await trx
    .insertInto('bulk_operations')
    .values({ type: file.type, file_name: file.name, file_hash: hashOf(file), row_count: rows, ran_by: author })
    .onConflict((conflict) => conflict.columns(['type', 'file_hash']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return started?.id
}

/** The run of a file that was run. */
export function findRun(trx: Transacting, file: BulkFile) {
  return trx
    .selectFrom('bulk_operations')
    .select(['file_name', 'started_at', 'ran_by'])
    .where('type', '=', file.type)
    .where('file_hash', '=', hashOf(file))
    .executeTakeFirstOrThrow()
}

/** Keeps what became of the rows. */
export async function finishRun(trx: Transacting, id: number, results: readonly object[]): Promise<void> {
  await trx
    .updateTable('bulk_operations')
    .set({ result: JSON.stringify(results), finished_at: sql`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

function hashOf({ bytes }: BulkFile): string {
  return createHash('sha256').update(bytes).digest('hex')
}
