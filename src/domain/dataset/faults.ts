import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import { type Constraint, constraints, constraintsOf } from './constraints.ts'
import type { Kind } from './dataset.ts'
import { type Check, holding, type Rows, type Sql } from './step.ts'

/** One thing that is wrong, and where: a JSON pointer, after the number of the line in newline-delimited JSON. */
export type Fault = { place: string; problem: string }

const mostShown = 100

/** What is wrong with a dataset. */
export class FaultyDataset extends Error {
  readonly faults: readonly Fault[]
  readonly howMany: number

  constructor(faults: readonly Fault[], howMany: number, written = 'Nothing was imported') {
    const lines = faults.map(({ place, problem }) => `  ${place} ${problem}`)
    const rest = howMany > faults.length ? [`  and ${howMany - faults.length} more`] : []
    super(`${written}: ${howMany} fault${howMany === 1 ? '' : 's'} in the dataset.\n${[...lines, ...rest].join('\n')}`)
    this.faults = faults
    this.howMany = howMany
  }
}

export type Faults = ReturnType<typeof collectFaults>

export function collectFaults() {
  const shown: Fault[] = []
  let count = 0
  const add = (...more: Fault[]) => {
    count += more.length
    shown.push(...more.slice(0, Math.max(0, mostShown - shown.length)))
  }
  return {
    add,
    any: () => count > 0,
    /** Adds a fault at a member of every record that a query finds by `number`, `place` and, in a list, `ordinality`. */
    async find(trx: Transacting, found: Sql, { at, problem, each }: Omit<Check, 'fails'>) {
      const path = each ? sql`${`/${each}/`} || ordinality - 1 || ${`/${at}`}` : sql`${`/${at}`}::text`
      const { rows } = await sql<{ place: string; total: number }>`
        select place || ${path} as place, count(*) over () as total from (${found}) as found
        order by number ${each ? sql`, ordinality` : sql``} limit ${mostShown}`.execute(trx)
      add(...rows.map(({ place }) => ({ place, problem })))
      count += Math.max(0, (rows[0]?.total ?? 0) - rows.length)
    },
    throwIfAny() {
      if (count > 0) throw new FaultyDataset(shown, count)
    },
  }
}

/** The records that fail a check. */
export function failing(kind: Kind, { fails, each }: Pick<Check, 'fails' | 'each'>): Sql {
  return each
    ? sql`select record.number, record.place, held.ordinality from records as record ${holding(kind, each)} where ${fails}`
    : sql`select record.number, record.place from records as record where ${fails}`
}

/** Finds the records whose rows the database would refuse by one of its constraints. */
export async function findRefused(trx: Transacting, kind: Kind, rows: Rows, faults: Faults): Promise<void> {
  const { table, each } = rows
  const place = each === undefined ? {} : { each }
  for (const constraint of await constraintsOf(trx, table)) {
    const { at = '', problem, twice, taken } = { ...constraints[constraint.name] }
    const tell = (found: Sql, words: string) => faults.find(trx, found, { ...place, at, problem: words })
    const { must, keys } = constraint
    if (must !== null && problem) await tell(sql`select * from (${future(kind, rows)}) as future where not (${sql.raw(must)})`, problem)
    if (keys === null) continue
    const alike = keyed(kind, rows, { ...constraint, keys })
    if (problem) await tell(sql`${alike} where earlier > 0 or there`, problem)
    if (taken) await tell(sql`${alike} where there`, taken)
    if (twice) await tell(sql`${alike} where earlier > 0`, twice)
  }
}

/** The rows as they would be, with the numbers and places of their records. */
function future(kind: Kind, { each, row, joins }: Rows): Sql {
  const columns = Object.entries(row as Record<string, Sql>).map(([name, value]) => sql`${value} as ${sql.ref(name)}`)
  // what a record holds is held by a row that has no id yet
  const from = each ? sql`cross join lateral (select -record.number as id) as added ${holding(kind, each)}` : sql``
  return sql`select record.number, record.place, ${each ? sql`held.ordinality` : sql`0 as ordinality`}, ${sql.join(columns)}
    from records as record ${from} ${joins ?? sql``}`
}

/** The rows with the number of earlier ones of the file, and whether one is there, that are like them in the keys of a unique constraint. */
function keyed(kind: Kind, rows: Rows, { keys, among }: Pick<Constraint, 'among'> & { keys: string[] }): Sql {
  const names = keys.map((_, index) => sql.ref(`key${index}`))
  const named = sql.join(keys.map((key, index) => sql`${sql.raw(key)} as ${sql.ref(`key${index}`)}`))
  const where = sql.raw([...(among === null ? [] : [among]), ...keys.map((key) => `${key} is not null`)].join(' and '))
  const alike = sql.join(
    names.map((name) => sql`there.${name} = keyed.${name}`),
    sql` and `,
  )
  return sql`select * from (
    select keyed.*, row_number() over (partition by ${sql.join(names)} order by number, ordinality) - 1 as earlier,
      exists (select from (select ${named} from ${sql.table(rows.table)} where ${where}) as there where ${alike}) as there
    from (select number, place, ordinality, ${named} from (${future(kind, rows)}) as future where ${where}) as keyed) as keyed`
}
