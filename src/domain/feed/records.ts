import { sql } from 'kysely'
import type { InstantText } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'

/** Where a change stands among all: its transaction's number on one server, and its own within it. */
export type Position = Readonly<{ system: string; transaction: string; id: number }>

/** One change of what a provider may see, as it is read. */
export type ChangeRow = Pick<RowOf<'changes'>, 'id' | 'public_id' | 'resource' | 'resource_id' | 'kind' | 'columns' | 'author'> &
  Readonly<{ transaction: string; created_at: InstantText }>

/** Some changes of a provider, oldest first, and the server that has them. `horizon`: the number of the oldest transaction that may not have ended. */
export type Changes = Readonly<{ system: string; horizon: string; changes: ChangeRow[] }>

const columns = sql.raw('transaction, id, public_id, resource, resource_id, kind, columns, author, created_at')

/**
 * What changed of what a provider may see after a position, or since the oldest that is kept. Only what was done before any transaction
 * began that still runs is told, so that nothing can come before it any more.
 */
export async function changesAfter(db: Database, providerId: number, after: Position | undefined, limit: number): Promise<Changes> {
  const { transaction, id } = after ?? beginning
  const { rows } = await sql<ChangeRow & Omit<Changes, 'changes'>>`
    select system_identifier::text as system, told_before()::text as horizon,
      transaction::text, id, public_id, resource, resource_id, kind, columns, author, created_at::text as created_at
    from pg_control_system() left join lateral (
      select ${columns} from changes
      where lead_provider_id = ${providerId} and system = system_identifier and (transaction, id) > (${transaction}::xid8, ${id}::bigint)
        and transaction < (select told_before())
      order by transaction, id limit ${limit}
    ) as found on true`.execute(db)
  const { system = '', horizon = '0' } = rows[0] ?? {}
  return { system, horizon, changes: rows.filter((row) => row.transaction !== null) }
}

/** Where a provider's newest change stands that can be told by now. */
export async function newestPosition(db: Database, providerId: number): Promise<Position> {
  const { rows } = await sql<Position>`
    select system_identifier::text as system, coalesce(transaction::text, ${beginning.transaction}) as transaction,
      coalesce(id, ${beginning.id}) as id
    from pg_control_system() left join lateral (
      select transaction, id from changes
      where lead_provider_id = ${providerId} and system = system_identifier and transaction < (select told_before())
      order by transaction desc, id desc limit 1
    ) as newest on true`.execute(db)
  return rows[0] as Position
}

/** Before everything. */
export const beginning = { transaction: '0', id: 0 } as const

export type Waiting = Readonly<{ providerId: number; after: Position }>

/** Which of those who wait have something to be told by now. */
export async function withNews<Who extends Waiting>(db: Database, waiting: readonly Who[]): Promise<Who[]> {
  const { rows } = await sql<{ place: number }>`
    select place from unnest(${waiting.map(({ providerId }) => providerId)}::bigint[], ${waiting.map(({ after }) => after.transaction)}::text[],
      ${waiting.map(({ after }) => after.id)}::bigint[]) with ordinality as waiting (provider, transaction, id, place)
    where exists (
      select from changes where changes.lead_provider_id = waiting.provider and system = (select system_identifier from pg_control_system())
        and (changes.transaction, changes.id) > (waiting.transaction::xid8, waiting.id)
        and changes.transaction < (select told_before()))`.execute(db)
  return rows.flatMap(({ place }) => waiting[place - 1] ?? [])
}
