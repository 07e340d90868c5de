import type { Transacting } from '../db/connect.ts'

/** One record as it was changed: for each column what it held and what it holds. */
export type Change = Readonly<{
  kind: string
  id: number
  event: 'create' | 'update' | 'destroy'
  /** the record before it was changed; null where it is new */
  before: Readonly<Record<string, unknown>> | null
  columns: Readonly<Record<string, readonly [unknown, unknown]>>
}>

/** Does work and tells what it changed, as the history in the same transaction has it, the first change first. */
export async function withChanges<T>(
  trx: Transacting,
  { author }: { author: string },
  work: () => Promise<T>,
): Promise<{ result: T; changes: Change[] }> {
  const { last } = await trx
    .selectFrom('versions')
    .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('last'))
    .executeTakeFirstOrThrow()
  const result = await work()
  const rows = await trx.selectFrom('versions').selectAll().where('id', '>', last).where('whodunnit', '=', author).orderBy('id').execute()
  const changes = rows.map(({ item_type, item_id, event, object, object_changes }) => ({
    kind: item_type,
    id: item_id,
    event,
    before: object as Change['before'],
    columns: (object_changes ?? {}) as Change['columns'],
  }))
  return { result, changes }
}
