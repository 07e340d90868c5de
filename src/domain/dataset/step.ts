import { type RawBuilder, sql } from 'kysely'
import type { NewRowOf, Tables } from '../../db/schema.ts'
import { dataset, type Kind } from './dataset.ts'
import { columnDefinitions } from './fields.ts'

/**
 * SQL in which `record` is a record of the file with its members and the ids of the rows that it refers to, `held` a record that it
 * holds in a list, `there` a row that the service has already, and `added` the row that the record has become.
 */
export type Sql = RawBuilder<unknown>

/** A row of another table that a record refers to by the member `given`; its id is the record's `column`. */
export type Reference = { column: string; table: Sql; on: Sql; given: string }

/** The rows that records become in a table: one each, or one for each record that they hold in a list. */
export type Rows = {
  [Table in keyof Tables]: {
    table: Table
    each?: string
    /** what else they are made from, or which of the records make them */
    joins?: Sql
    row: { readonly [Column in keyof NewRowOf<Table>]?: Sql }
  }
}[keyof Tables]

/** What must not be: SQL that is true of a faulty record, or of one that it holds in the list `each`. */
export type Check = { fails: Sql; at: string; problem: string; each?: string }

/** A member that a record which is there already must not say otherwise: whether it does, and what the service has. */
export type Difference = { at: string; differs: Sql; there: Sql }

/** How one kind is loaded. */
export type Step = {
  /** the table whose rows the records are, and whether a row of it is the record */
  table: keyof Tables
  known: Sql
  references?: readonly Reference[]
  differences?: readonly Difference[]
  /** locks rows of the service which the checks decide on */
  lock?: Sql
  /** rows by which the database's constraints judge the records, before the checks */
  rows: readonly Rows[]
  checks?: readonly Check[]
  /** the first inserts the rows of the records, the others what they hold */
  insert: readonly Sql[]
  /** members by which checks and inserts look records up */
  indexes?: readonly string[]
  /** the member that names another record of the kind, which may come later in the order of loading */
  namesAnother?: string
}

export const noSuchRecord = 'refers to a record that does not exist'

/** The lead providers, each by its name in lower case and by its public id. */
export const providers = sql`(select id, lower(name) as name from lead_providers union select id, public_id::text from lead_providers)`

export const provider: Reference = {
  column: 'lead_provider_id',
  table: providers,
  on: sql`there.name = lower(record.lead_provider)`,
  given: 'lead_provider',
}
export const cohort: Reference = { column: 'cohort_id', table: sql.table('cohorts'), on: sql`there.identifier = record.cohort`, given: 'cohort' }

/** A reference by public id. */
export function byId(column: string, table: keyof Tables, given: string): Reference {
  return { column, table: sql.table(table), on: sql`there.public_id = ${member('record', given)}`, given }
}

function member(of: string, name: string): Sql {
  return sql.ref(`${of}.${name}`)
}

/** Columns that are as the record, or the one that it holds, has the members of their names. */
export function same<Name extends string>(of: 'record' | 'held', ...names: readonly Name[]): { [Column in Name]: Sql } {
  return Object.fromEntries(names.map((name) => [name, member(of, name)])) as { [Column in Name]: Sql }
}

export const stamps = {
  created_at: sql`coalesce(record.created_at, now())`,
  updated_at: sql`coalesce(record.updated_at, record.created_at, now())`,
}

/** The order in which records happened, those of one moment as in the file: rows take their ids in it, and the newest is the last. */
export function inOrder(kind: Kind): Sql {
  return 'created_at' in dataset[kind] ? sql`coalesce(record.created_at, now()), record.number` : sql`record.number`
}

/** What records hold in a list, as a part of `from`; `held.ordinality` is its place in the list. */
export function holding(kind: Kind, list: string): Sql {
  return sql`cross join lateral ${heldIn(kind, list)}`
}

/** What one record holds in a list. */
export function heldIn(kind: Kind, list: string): Sql {
  const { fields } = (dataset[kind] as Record<string, { fields?: Parameters<typeof columnDefinitions>[0] }>)[list] ?? {}
  if (!fields) throw new Error(`A ${kind} holds no ${list}.`)
  return sql`rows from (jsonb_to_recordset(${member('record', list)}) as (${columnDefinitions(fields)})) with ordinality as held`
}

type Into = { known?: Sql; order?: Sql; meeting?: Sql }

/**
 * Inserts rows, the records' own in the order in which they happened. Those with the columns `known` may have come meanwhile: what is
 * done on `meeting` one is nothing, mostly.
 */
export function into(kind: Kind, rows: Rows, { known, order = inOrder(kind), meeting = sql`nothing` }: Into = {}): Sql {
  const columns = Object.entries(rows.row) as [string, Sql][]
  const from = rows.each ? sql`join added on added.public_id = record.id ${holding(kind, rows.each)}` : sql``
  return sql`insert into ${sql.table(rows.table)} (${sql.join(columns.map(([name]) => sql.ref(name)))})
    select ${sql.join(columns.map(([, value]) => value))} from records as record ${from} ${rows.joins ?? sql``} order by ${order}
    ${known ? sql`on conflict (${known}) do ${meeting}` : sql``}`
}

/** Inserts the rows of records that are known by their public id, for what they hold to refer to. */
export function intoById(kind: Kind, rows: Rows, meeting?: Sql): Sql {
  return sql`with inserted as (${into(kind, rows, { known: sql`public_id`, ...(meeting && { meeting }) })} returning id, public_id)
    insert into added select id, public_id from inserted`
}

/** The same, and rows that are there already are made to say what the records say. */
export function overById(kind: Kind, rows: Rows): Sql {
  const columns = Object.keys(rows.row).map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`)
  return intoById(kind, rows, sql`update set ${sql.join(columns)}`)
}

/** A member that, where it is given, must be as the service has it. */
export function asThere(at: string, there = member('there', at)): Difference {
  return { at, differs: sql`${member('record', at)} is not null and ${member('record', at)} is distinct from ${there}`, there }
}

/** Two records of the file that have the same of these. */
export function twice(members: readonly string[], at: string, problem: string): Check {
  const alike = sql.join(
    members.map((name) => sql`${member('earlier', name)} = ${member('record', name)}`),
    sql` and `,
  )
  return { fails: sql`exists (select from records as earlier where ${alike} and earlier.number < record.number)`, at, problem }
}

/** A lead provider that a held record names and that does not exist. */
export function unknownProviderIn(each: string): Check {
  return {
    each,
    fails: sql`held.lead_provider is not null and not exists (select from ${providers} as there where there.name = lower(held.lead_provider))`,
    at: 'lead_provider',
    problem: noSuchRecord,
  }
}
