import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import { rejectApplications } from '../../../src/domain/applications/bulk.ts'
import { runBulk } from '../../../src/domain/bulk/operation.ts'
import { now } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

async function run(ids: string[], { on = db, type = 'applications reject' } = {}) {
  const bytes = Buffer.from(ids.join('\n'))
  const file = { type, name: 'expired.csv', bytes }
  return runBulk(on, { now, author: 'Admin ann@example.org' }, rejectApplications, rejectApplications.read(bytes).rows, file)
}

describe('a file', () => {
  test('is run once, keeps its results, and can be rehearsed before', async () => {
    const { public_id } = await make.application(db)
    await rehearse(db, { real: false }, (trx) => run([public_id], { on: trx }))
    const { results } = await run([public_id])
    const again = await run([public_id])
    expect(again.refusals.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^This file was run already, as expired\.csv at \S+ by Admin ann@example\.org\./),
    ])
    expect(await db.selectFrom('bulk_operations').select(['type', 'row_count', 'ran_by', 'result']).execute()).toEqual([
      { type: 'applications reject', row_count: 1, ran_by: 'Admin ann@example.org', result: results },
    ])
  })

  test('that another operation ran, or that holds other rows, is another file', async () => {
    const { public_id } = await make.application(db)
    await run([public_id])
    await run([public_id], { type: 'applications revert' })
    await run([public_id, public_id])
    expect(await db.selectFrom('bulk_operations').select('id').execute()).toHaveLength(3)
  })

  test.runIf(onPostgres)('that two operators run at once is run by one of them', async () => {
    const { public_id } = await make.application(db)
    const runs = await Promise.all([1, 2, 3].map(() => run([public_id])))
    expect(runs.filter(({ refusals }) => refusals.length === 0)).toHaveLength(1)
  })
})
