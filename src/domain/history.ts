import { sql } from 'kysely'
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

/** Inserts one row and its history. */
export async function create<T extends AuditedTable>(trx: Transacting, act: Act, table: T, values: NewRowOf<T>): Promise<RowOf<T>> {
  const at = await timeOf(trx, act)
  const stamped: Values = { created_at: at, updated_at: at, ...values }
  const row = (await trx
    .insertInto(table as AuditedTable)
    .values(stamped as never)
    .returningAll()
    .executeTakeFirstOrThrow()) as RowOf<T>
  await record(trx, act, table, 'create', null, row)
  return row
}

/** Writes the values that differ, moves `updated_at` and keeps history; a change of nothing writes nothing. */
export async function change<T extends AuditedTable>(
  trx: Transacting,
  act: Act,
  table: T,
  before: RowOf<T>,
  values: Partial<NewRowOf<T>>,
): Promise<RowOf<T>> {
  const changed = Object.entries(values).filter(([column, value]) => !same((before as Values)[column], value))
  if (changed.length === 0) return before
  const stamped: Values = { updated_at: await timeOf(trx, act), ...Object.fromEntries(changed) }
  const after = (await trx
    .updateTable(table as AuditedTable)
    .set(stamped as never)
    .where('id', '=', idOf(before))
    .returningAll()
    .executeTakeFirstOrThrow()) as RowOf<T>
  await record(trx, act, table, 'update', before, after)
  return after
}

/** Deletes one row and keeps what it was. */
export async function destroy<T extends AuditedTable>(trx: Transacting, act: Act, table: T, row: RowOf<T>): Promise<void> {
  await trx
    .deleteFrom(table as AuditedTable)
    .where('id', '=', idOf(row))
    .execute()
  await record(trx, act, table, 'destroy', row, null)
}

async function record<T extends AuditedTable>(
  trx: Transacting,
  act: Act,
  table: T,
  event: 'create' | 'update' | 'destroy',
  before: RowOf<T> | null,
  after: RowOf<T> | null,
) {
  const { kind, ignored } = audited[table]
  const changes = differences(before, after)
  const worthy = Object.keys(changes).some((column) => !(ignored as readonly string[]).includes(column))
  if (event === 'update' && !worthy) return
  await trx
    .insertInto('versions')
    .values({
      item_type: kind,
      item_id: idOf(after ?? before),
      event,
      whodunnit: act.author,
      object: before && JSON.stringify(shown(before)),
      object_changes: JSON.stringify(shown(changes)),
      note: act.note ?? null,
      // history keeps the real clock, whatever moment the request was judged at
      created_at: sql`clock_timestamp()`,
    })
    .execute()
}

function differences(before: Values | null, after: Values | null): Record<string, [unknown, unknown]> {
  const columns = Object.keys(after ?? before ?? {})
  const pairs = columns.map((column) => [column, [before?.[column] ?? null, after?.[column] ?? null]] as [string, [unknown, unknown]])
  return Object.fromEntries(pairs.filter(([, [old, now]]) => !same(old, now)))
}

function shown(row: Values): Values {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !secret.has(column)))
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

function idOf(row: Values | null): number {
  return row?.['id'] as number
}

/** Sets one column of many rows of a table, with history, in one statement; returns how many rows changed. */
export async function changeAll<T extends AuditedTable>(
  trx: Transacting,
  act: Act,
  table: T,
  ids: readonly number[],
  column: keyof RowOf<T> & string,
  value: string | number,
): Promise<number> {
  const at = await timeOf(trx, act)
  const { kind, ignored } = audited[table]
  const hidden = sql`${[...secret]}::text[]`
  const { rows } = await sql<{ count: number }>`
    with before as (
      select * from ${sql.table(table)} where id = any(${ids}::bigint[]) and ${sql.ref(column)} is distinct from ${value} for update
    ), after as (
      update ${sql.table(table)} t set ${sql.ref(column)} = ${value}, updated_at = ${at.toString()}::timestamptz
      from before where t.id = before.id returning t.*
    ), history as (
      insert into versions (item_type, item_id, event, whodunnit, object, object_changes, note, created_at)
      select ${kind}, before.id, 'update', ${act.author}, to_jsonb(before) - ${hidden},
        jsonb_build_object(${column}::text, jsonb_build_array(before.${sql.ref(column)}, after.${sql.ref(column)}),
          'updated_at', jsonb_build_array(before.updated_at, after.updated_at)) - ${hidden},
        ${act.note ?? null}, clock_timestamp()
      from before join after on after.id = before.id where not ${column} = any(${[...ignored]}::text[])
    )
    select count(*) from after`.execute(trx)
  return rows[0]?.count ?? 0
}
