import { expect, test } from 'vitest'
import { connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { mostAttempts } from '../../src/jobs/retries.ts'
import { npq, preparedDirectory } from '../support/command.ts'
import * as make from '../support/make.ts'

test('operators see what failed and why, and start it again once', { timeout: 120_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const { db, close } = await connect({ databaseUrl: undefined, dataDirectory: DATA_DIR, poolSize: 4 })
  try {
    await migrate(db)
    const failedAt = Temporal.Instant.from('2026-12-01T08:30:00Z')
    const { id } = await make.insert(db, 'jobs', {
      kind: 'mark statement paid',
      payload: JSON.stringify({ statementId: 7 }),
      attempts: mostAttempts,
      failed_at: failedAt,
      last_error: 'the disk was full\nand more',
    })
    const { id: kept } = await make.insert(db, 'jobs', { kind: 'allocate TRN', payload: JSON.stringify({ userId: 3 }) })
    await make.insert(db, 'jobs', { kind: 'mark statements payable', payload: '{}', attempts: 2, run_at: failedAt })
    const run = (...args: string[]) => npq(['job', ...args], { DATA_DIR, ENVIRONMENT: 'test' })
    const listed = async (...args: string[]) => (await run('list', ...args)).stdout.trimEnd().split('\n').slice(1)

    const failed = new RegExp(`^${id} +mark statement paid +\\{"statementId":7\\} +18 +failed at 2026-12-01T08:30:00Z +the disk was full$`)
    const waiting = /^\d+ +mark statements payable +\{\} +2 +next at 2026-12-01T08:30:00Z +-$/
    const forService = new RegExp(
      `^${kept} +allocate TRN +\\{"userId":3\\} +0 +waits for the teaching record service, which is not connected; until then: npq participant change-trn +-$`,
    )
    expect(await listed()).toEqual([expect.stringMatching(waiting), expect.stringMatching(forService), expect.stringMatching(failed)])
    expect(await listed('--failed')).toEqual([expect.stringMatching(failed)])

    expect(await run('retry', String(id))).toMatchObject({ status: 1, stderr: expect.stringContaining('Add --yes') })
    expect(await listed('--failed')).toHaveLength(1)
    const retried = await run('retry', String(id), '--yes')
    expect(retried).toMatchObject({ status: 0, stderr: '' })
    expect(retried.stdout.trimEnd().split('\n').slice(1)).toEqual([expect.stringMatching(failed), 'The job is tried again by the next worker.'])
    expect(await db.selectFrom('jobs').select('retried_by').where('id', '=', id).execute()).toEqual([
      { retried_by: 'Admin ann@example.org (job retry)' },
    ])
    expect(await listed('--failed')).toEqual([])
    const refusal = (text: string) => ({ status: 1, stdout: '', stderr: `npq: ${text}\n` })
    expect(await run('retry', String(id))).toEqual(refusal(`Job ${id} has not failed: it is tried again by itself.`))
    expect(await npq(['work', '--once'], { DATA_DIR, ENVIRONMENT: 'test' })).toMatchObject({ status: 0 })
    expect(await run('retry', String(id))).toEqual(refusal(`Job ${id} is finished.`))
    expect(await run('retry', 'seven')).toEqual(refusal('seven is not a number.'))
  } finally {
    await close()
  }
})
