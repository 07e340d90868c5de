import { wireInstant } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { FileRows } from '../files/csv.ts'
import type { Act } from '../history.ts'
import type { Refusal, Verdict } from '../rules.ts'
import { type BulkFile, findRun, finishRun, startRun } from './records.ts'

/** One action on every row of a file. */
export type BulkOperation<Row> = Readonly<{
  read: (bytes: Uint8Array) => FileRows<Row>
  /** locks all people whose records the rows are about, before the first of their records */
  lock: (trx: Transacting, rows: readonly Row[]) => Promise<void>
  /** what the row's result is listed under */
  key: (row: Row, index: number) => string
  act: (trx: Transacting, act: Act, row: Row) => Promise<RowResult>
}>

/** What became of a row; `refused` rows changed nothing. */
export type RowResult = Readonly<{ refused: boolean; outcome: string }>
export type KeyedResult = RowResult & { key: string }
export type BulkRun = Verdict & { results: readonly KeyedResult[] }

export function carriedOut(outcome: string): RowResult {
  return { refused: false, outcome }
}

export function refusedFor(refusals: readonly Pick<Refusal, 'detail'>[]): RowResult {
  return { refused: true, outcome: refusals.map(({ detail }) => detail).join(', ') }
}

/**
 * Runs every row in one transaction, each by itself: whatever happens to one, the others are not touched by it
 * (04 section 13.1). All people are locked first, as every verb does, so that the file cannot stand in the way of a
 * request that stands in its own. A file that is given is run once: its results are kept, and a second run is refused.
 */
export function runBulk<Row>(db: Database, act: Act, operation: BulkOperation<Row>, rows: readonly Row[], file?: BulkFile): Promise<BulkRun> {
  return transact(db, async (trx) => {
    const started = file && (await startRun(trx, act, file, rows.length))
    if (file && started === undefined) return { refusals: [await ranBefore(trx, file)], results: [] }
    await operation.lock(trx, rows)
    const results: KeyedResult[] = []
    for (const [index, row] of rows.entries()) {
      const result = await transact(trx, (part) => operation.act(part, act, row)).catch(unexpected)
      results.push({ key: operation.key(row, index), ...result })
    }
    if (started !== undefined) await finishRun(trx, started, results)
    return { refusals: [], results }
  })
}

async function ranBefore(trx: Transacting, file: BulkFile): Promise<Refusal> {
  const { file_name, started_at, ran_by } = await findRun(trx, file)
  const run = `as ${file_name} at ${wireInstant(started_at)}${ran_by === null ? '' : ` by ${ran_by}`}`
  return {
    code: 'file_run_already',
    title: 'file',
    detail: `This file was run already, ${run}. A file is run once: put the rows that are still to do into another.`,
  }
}

function unexpected(error: unknown): RowResult {
  return { refused: true, outcome: `Failed unexpectedly: ${error instanceof Error ? error.message : String(error)}` }
}
