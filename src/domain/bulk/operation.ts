import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { Act } from '../history.ts'
import { lockPeople } from '../participants/records.ts'
import { type BulkFile, finishOnce, startOnce } from './once.ts'

/** One action on every row of a file. */
export type BulkOperation<Row> = Readonly<{
  read: (bytes: Uint8Array) => Row[]
  /** internal ids of the people whose records the rows are about */
  people: (trx: Transacting, rows: readonly Row[]) => Promise<number[]>
  /** what the row's result is listed under */
  key: (row: Row, index: number) => string
  act: (trx: Transacting, act: Act, row: Row) => Promise<RowResult>
}>

/** What became of a row; `refused` rows changed nothing. */
export type RowResult = Readonly<{ refused: boolean; outcome: string }>
export type KeyedResult = RowResult & { key: string }

export function carriedOut(outcome: string): RowResult {
  return { refused: false, outcome }
}

export function refusedFor(refusals: readonly { detail: string }[]): RowResult {
  return { refused: true, outcome: refusals.map(({ detail }) => detail).join(', ') }
}

/**
 * Runs every row in one transaction, each by itself: whatever happens to one, the others are not touched by it
 * (04 section 13.1). All people are locked first, as every verb does, so that the file cannot stand in the way of a
 * request that stands in its own. A file that is given is run once: its results are kept, and a second run throws.
 */
export function runBulk<Row>(db: Database, act: Act, operation: BulkOperation<Row>, rows: readonly Row[], file?: BulkFile): Promise<KeyedResult[]> {
  return transact(db, async (trx) => {
    const started = file && (await startOnce(trx, act, file, rows.length))
    await lockPeople(trx, await operation.people(trx, rows))
    const results: KeyedResult[] = []
    for (const [index, row] of rows.entries()) {
      const result = await transact(trx, (part) => operation.act(part, act, row)).catch(unexpected)
      results.push({ key: operation.key(row, index), ...result })
    }
    if (started !== undefined) await finishOnce(trx, started, results)
    return results
  })
}

function unexpected(error: unknown): RowResult {
  return { refused: true, outcome: `Failed unexpectedly: ${error instanceof Error ? error.message : String(error)}` }
}
