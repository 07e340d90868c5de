import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'

/** One thing that is wrong, and where: a JSON pointer, after the number of the line in newline-delimited JSON. */
export type Fault = { place: string; problem: string }

/** What must not be: SQL that is true of a faulty row of `resolved r`, or of a record `s` (jsonb) that it holds in the list `each`. */
export type Check = { fails: string; at: string; problem: string; each?: string }

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
    /** Adds a fault for every row, or record that it holds, that fails the check. */
    async find(trx: Transacting, { fails, at, problem, each }: Check) {
      const held = each ? `cross join lateral jsonb_array_elements(r.${each}) with ordinality as held(s, n)` : ''
      const path = each ? `'/${each}/' || held.n - 1 || '/${at}'` : `'/${at}'`
      const { rows } = await sql<{ place: string; total: number }>`
        select place || ${sql.raw(path)} as place, count(*) over () as total from resolved r ${sql.raw(held)}
        where ${sql.raw(fails)} order by number ${sql.raw(each ? ', held.n' : '')} limit ${mostShown}`.execute(trx)
      add(...rows.map(({ place }) => ({ place, problem })))
      count += Math.max(0, (rows[0]?.total ?? 0) - rows.length)
    },
    throwIfAny() {
      if (count > 0) throw new FaultyDataset(shown, count)
    },
  }
}
