import type { List } from './list.ts'

/** A page of what changed, and the cursor to store with it. */
export type Changed<Item> = Readonly<{
  records: readonly Item[]
  /** where the next run goes on: with the last page a new one, before it the one that the run began with */
  cursor: string | undefined
}>

/**
 * What changed in a list since the run that gave the cursor; everything where there is none. Store the records and then the cursor:
 * a run that breaks off is begun again from the stored one, and nothing is missed.
 *
 * A run asks for what changed since the run before the last one began, by the API's clock, so that it also finds what was being
 * changed while the last one read. Records may come again; the newest one counts. So the second run reads everything, like the first.
 */
export async function* sync<Item, Filter extends Readonly<{ updated_since?: string }>>(
  list: (query: { filter: Filter }) => List<Item>,
  cursor?: string,
  filter: Omit<Filter, 'updated_since'> = {} as Filter,
): AsyncGenerator<Changed<Item>, void, undefined> {
  const runs = cursor === undefined ? [] : readCursor(cursor)
  const since = runs.length === 2 ? runs[0] : undefined
  let began: Date | undefined
  let held: readonly Item[] | undefined
  for await (const { data, date } of list({ filter: { ...filter, ...(since !== undefined && { updated_since: since }) } as Filter }).pages()) {
    began ??= date
    if (held) yield { records: held, cursor }
    held = data
  }
  if (held && began) yield { records: held, cursor: JSON.stringify([...runs, began.toISOString()].slice(-2)) }
}

function readCursor(cursor: string): string[] {
  const runs: unknown = parsed(cursor)
  const readable = Array.isArray(runs) && runs.length <= 2 && runs.every((run) => typeof run === 'string' && !Number.isNaN(Date.parse(run)))
  if (!readable) throw new TypeError(`This cursor was not made by sync: ${cursor}. Leave it out to read everything.`)
  return runs
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
