import type { Check } from './faults.ts'

/** A row of another table that a record refers to. `given`: the member that refers; `on`: SQL over `r` (the record) and the alias. */
export type Reference = { column: string; table: string; on: string; given: string }
/** How one kind is loaded from `resolved`, the records of the kind with their references. */
export type Step = {
  /** table and condition, in SQL over `r` and the references, of a record that is there already */
  known: string
  references: Reference[]
  /** what a record that is there already must not say otherwise than the service does */
  differences?: Difference[]
  /** SQL that locks rows of the service which the checks decide on */
  lock?: string
  checks: Check[]
  insert: string[]
  /** members of `resolved` by which checks and inserts look rows up */
  indexes?: string[]
  /** the member that names another record of the kind, which may come later in the order of loading */
  namesAnother?: string
}

/** SQL over `r` (the record) and `t` (the row that is there): whether they differ in a member, and what the row has. */
export type Difference = { at: string; differs: string; there: string }

export const noSuchRecord = 'refers to a record that does not exist'

export const provider: Reference = {
  column: 'lead_provider_id',
  table: 'provider_names',
  on: 'lead_provider_id.name = lower(r.lead_provider)',
  given: 'lead_provider',
}
export const cohort: Reference = { column: 'cohort_id', table: 'cohorts', on: 'cohort_id.identifier = r.cohort', given: 'cohort' }

/** A reference by public id. */
export function byId(column: string, table: string, given: string): Reference {
  return { column, table, on: `${column}.public_id = r.${given}`, given }
}

export const stamps = 'coalesce(r.created_at, now()), coalesce(r.updated_at, r.created_at, now())'

/** The order in which records happened, those of one moment as in the file: rows take their ids in it, and the newest is the last. */
export const inOrder = 'order by coalesce(r.created_at, now()), r.number'

/** The records `s` that a record holds in a list, as SQL, with these columns; `s.ordinality` is their place in it. */
export function held(list: string, columns: string): string {
  return `cross join lateral rows from (jsonb_to_recordset(r.${list}) as (${columns})) with ordinality as s`
}

/** A member that, where it is given, must be as the service has it. */
export function asThere(at: string, there = `t.${at}`): Difference {
  return { at, differs: `r.${at} is not null and r.${at} is distinct from ${there}`, there }
}

/** Two records of the file that have the same of these, in SQL in which `@` stands for a record. */
export function twice(members: string, at: string, problem: string): Check {
  const same = members.split(', ').map((member) => `${member.replace('@', 'o')} = ${member.replace('@', 'r')}`)
  return { fails: `exists (select from resolved o where ${same.join(' and ')} and o.number < r.number)`, at, problem }
}

/** Something of a record that a row of a table has already. */
export function taken(table: string, condition: string, at: string, problem: string): Check {
  return { fails: `exists (select from ${table} t where ${condition})`, at, problem }
}

export const idTwice = twice('@.id', 'id', 'is the id of an earlier record too')

/** A lead provider that a held record names and that does not exist. */
export function unknownProviderIn(each: string): Check {
  return {
    each,
    fails: "s ->> 'lead_provider' is not null and not exists (select from provider_names p where p.name = lower(s ->> 'lead_provider'))",
    at: 'lead_provider',
    problem: noSuchRecord,
  }
}
