import { dataset, type Kind } from './dataset.ts'
import { columnDefinitions } from './fields.ts'
import { steps } from './steps.ts'

/** SQL of the records of a kind: `i` as they were staged, `r` with their members as columns, and the rows that they refer to. */
export function recordsOf(kind: Kind): string {
  const joins = steps[kind].references.map(({ column, table, on }) => `left join ${table} ${column} on ${on}`)
  return [`incoming i cross join lateral jsonb_to_record(i.record) as r(${columnDefinitions(dataset[kind])})`, ...joins].join('\n')
}
