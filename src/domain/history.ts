import { type OperationNodeSource, type RawBuilder, sql } from 'kysely'
import type { Moment } from '../clock.ts'
import type { Transacting } from '../db/connect.ts'
import type { NewRowOf, RowOf, Tables } from '../db/schema.ts'
import { timeOf } from '../db/time.ts'

/** Who acts, and when: what every verb begins with. */
export type Act = Moment &
  Readonly<{
    /** a label of author.ts */
    author: string
    note?: string
  }>

/** The tables whose changes are kept, by the name their history carries, with the columns that are not worth a row. */
const audited = {
  applications: { kind: 'Application', ignored: [] },
  users: { kind: 'User', ignored: ['raw_identity_payload', 'updated_at', 'feature_flag_id'] },
  declarations: { kind: 'Declaration', ignored: ['updated_at'] },
  statement_items: { kind: 'StatementItem', ignored: ['updated_at'] },
  statements: { kind: 'Statement', ignored: [] },
  contracts: { kind: 'Contract', ignored: [] },
  contract_templates: { kind: 'ContractTemplate', ignored: [] },
  cohorts: { kind: 'Cohort', ignored: [] },
  schedules: { kind: 'Schedule', ignored: [] },
  milestones: { kind: 'Milestone', ignored: [] },
  milestone_statements: { kind: 'MilestoneStatement', ignored: [] },
  participant_id_changes: { kind: 'ParticipantIdChange', ignored: [] },
  outcomes: { kind: 'Outcome', ignored: [] },
  legacy_passed_outcomes: { kind: 'LegacyPassedOutcome', ignored: [] },
  delivery_partners: { kind: 'DeliveryPartner', ignored: [] },
  delivery_partnerships: { kind: 'DeliveryPartnership', ignored: [] },
  adjustments: { kind: 'Adjustment', ignored: [] },
  api_tokens: { kind: 'ApiToken', ignored: ['hashed_token', 'last_used_at', 'updated_at'] },
} as const satisfies Partial<Record<keyof Tables, { kind: string; ignored: readonly string[] }>>

export type AuditedTable = keyof typeof audited
type Values = Record<string, unknown>

/** Columns that never reach the history, whatever else changed. */
const secret: ReadonlySet<string> = new Set(['hashed_token', 'raw_identity_payload', 'email_updates_unsubscribe_key'])
/** A column that the database keeps: what moves it has a change of its own. */
const following = 'shown_updated_at'

/** Inserts one row. */
export async function create<T extends AuditedTable>(trx: Transacting, act: Act, table: T, values: NewRowOf<T>): Promise<RowOf<T>> {
  const at = await timeOf(trx, act)
  const stamped: Values = { created_at: at, updated_at: at, ...values }
  const write = trx
    .insertInto(table as AuditedTable)
    .values(stamped as never)
    .returning(whole(table))
  return only(await keep<RowOf<T>>(trx, act, table, { event: 'create', before: sql`false`, write, returns: columns }))
}

/** Writes the values that differ and moves `updated_at`; a change of nothing writes nothing. */
export async function change<T extends AuditedTable>(
  trx: Transacting,
  act: Act,
  table: T,
  before: RowOf<T>,
  values: Partial<NewRowOf<T>>,
): Promise<RowOf<T>> {
  const changed = Object.entries(values).filter(([column, value]) => !same((before as Values)[column], value))
  if (changed.length === 0) return before
  const write = await updating(trx, act, table, Object.fromEntries(changed))
  return only(await keep<RowOf<T>>(trx, act, table, { event: 'update', before: withId(before), write, returns: columns }))
}

/** Sets one column of many rows of a table; returns how many rows changed. */
export async function changeAll<T extends AuditedTable>(
  trx: Transacting,
  act: Act,
  table: T,
  ids: readonly number[],
  column: keyof RowOf<T> & string,
  value: string | number,
): Promise<number> {
  const before = sql`id = any(${ids}::bigint[]) and ${sql.ref(column)} is distinct from ${value}`
  const write = await updating(trx, act, table, { [column]: value })
  const [changed] = await keep<{ count: number }>(trx, act, table, { event: 'update', before, write, returns: sql`count(*)` })
  return changed?.count ?? 0
}

/** Deletes one row. */
export async function destroy<T extends AuditedTable>(trx: Transacting, act: Act, table: T, row: RowOf<T>): Promise<void> {
  const write = trx
    .deleteFrom(table as AuditedTable)
    .where('id', 'in', idsBefore)
    .returning(whole(table))
  await keep(trx, act, table, { event: 'destroy', before: withId(row), write, returns: sql`count(*)` })
}

async function updating(trx: Transacting, act: Act, table: AuditedTable, values: Values) {
  return trx
    .updateTable(table)
    .set({ updated_at: await timeOf(trx, act), ...values } as never)
    .where('id', 'in', idsBefore)
    .returning(whole(table))
}

type Write = {
  event: 'create' | 'update' | 'destroy'
  /** which rows are there before it */
  before: RawBuilder<unknown>
  /** returns the `whole` of each row */
  write: OperationNodeSource
  returns: RawBuilder<unknown>
}

/** Writes rows and their history in one statement. */
async function keep<Result>(trx: Transacting, act: Act, table: AuditedTable, { event, before, write, returns }: Write): Promise<Result[]> {
  const { kind, ignored } = audited[table]
  const hidden = sql`${[...secret]}::text[]`
  const spelling = (row: RawBuilder<unknown>) => sql`spelled(to_jsonb(${row}), (select respelled(${table}))) as spelling`
  const { rows } = await sql<Result>`
    with before as (
      select id, ${spelling(sql.table(table))} from ${sql.table(table)} where ${before} for update
    ), written as (
      ${write}
    ), after as (
      select (row).id, ${spelling(sql`row`)} from written where ${event !== 'destroy'}
    ), history as (
      insert into versions (item_type, item_id, event, whodunnit, object, object_changes, note, created_at)
      select ${kind}, id, ${event}, ${act.author}, before.spelling - ${hidden}, changes - ${hidden} - ${following}::text, ${act.note ?? null},
        clock_timestamp() -- the real clock, whatever moment the request was judged at
      from before full join after using (id) cross join lateral differences(before.spelling, after.spelling) as changes
      where changes - ${[...ignored]}::text[] <> '{}'
    )
    select ${returns} from written`.execute(trx)
  return rows
}

const columns = sql`(row).*`
const idsBefore = sql<number>`(select id from before)`

function whole(table: AuditedTable) {
  return sql`${sql.table(table)}`.as('row')
}

function withId(row: Values) {
  return sql`id = ${row['id']}`
}

function only<Row>([row]: Row[]): Row {
  if (row === undefined) throw new Error('The row to be changed is not there.')
  return row
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
