import type { InstantText } from '../clock.ts'

/** Which part of a list is asked for. */
export type Page = Readonly<{ limit: number; offset: number }>

/** One column that a list is sorted by. */
export type SortKey<Key extends string = 'created_at' | 'updated_at'> = Readonly<{ key: Key; descending: boolean }>

export const oldestFirst: readonly SortKey[] = [{ key: 'created_at', descending: false }]

/** Where a row stands among the others, the oldest first. */
export type Place = Readonly<{ created_at: InstantText; id: number }>

/** The rows of a page in the order of its keys; what went meanwhile is left out. */
export async function rowsOf<Row extends { id: number }>(keys: readonly { id: number }[], read: (ids: number[]) => Promise<Row[]>): Promise<Row[]> {
  if (keys.length === 0) return []
  const ids = keys.map(({ id }) => id)
  const byId = new Map((await read(ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Everything that a query finds, oldest first, read in batches so that memory stays bounded whatever its length. */
export async function* inBatches<Row extends Place>(
  batchSize: number,
  read: (after: Place | undefined, page: Page) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ; ) {
    const rows = await read(last, { limit: batchSize, offset: 0 })
    if (rows.length > 0) yield rows
    last = rows.at(-1)
    if (rows.length < batchSize) return
  }
}
