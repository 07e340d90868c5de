import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { Kind } from './dataset.ts'
import type { collectFaults } from './faults.ts'
import { recordsOf } from './records.ts'
import { steps } from './steps.ts'

/** Finds the records that are there already, but say otherwise: what else the dataset holds would be read by other facts than it was written by. */
export async function findDifferences(trx: Transacting, kind: Kind, faults: ReturnType<typeof collectFaults>): Promise<void> {
  const { known, differences = [] } = steps[kind]
  for (const { at, differs, there } of differences) {
    const { rows } = await sql
      .raw<{ place: string; there: string | null }>(`select i.place || '/${at}' as place, (${there})::text as there from ${recordsOf(kind)}
        cross join lateral (select t.* from ${known}) t where i.kind = '${kind}' and ${differs} order by i.number`)
      .execute(trx)
    faults.add(
      ...rows.map((row) => ({
        place: row.place,
        problem: `differs from what is there already: ${row.there ?? 'none'}. Correct it, or leave the record out`,
      })),
    )
  }
}
