import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import type { NewRowOf } from '../../src/db/schema.ts'
import { finishJob, giveUpJobs, postponeJob, takeJob } from '../../src/jobs/queue.ts'
import { mostAttempts, pauseAfter } from '../../src/jobs/retries.ts'
import { longestRun } from '../../src/jobs/run.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})
const queue = (values: Partial<NewRowOf<'jobs'>> = {}) => make.insert(db, 'jobs', { kind: 'alert operators', payload: '{}', ...values })
const take = () => takeJob(db, ['alert operators'])
const only = () => db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()
const soon = () =>
  db
    .updateTable('jobs')
    .set({ run_at: Temporal.Instant.from('2020-01-01T00:00Z') })
    .execute()
/** Seconds from the last write to the next attempt. */
const wait = async () => {
  const { run_at, updated_at } = await only()
  return run_at.since(updated_at).total('seconds')
}

describe('a job', () => {
  test('is its worker’s alone for longer than the longest run, and not much longer', async () => {
    await queue()
    expect(await take()).toMatchObject({ attempts: 1 })
    expect(await take()).toBeUndefined()
    const beyond = (await wait()) - longestRun / 1000
    expect([longestRun, beyond > 0, beyond <= 600]).toEqual([1_800_000, true, true])
  })

  test('is taken again where its worker died, whose late word then counts no more', async () => {
    await queue()
    const first = await take()
    await soon()
    expect(await take()).toMatchObject({ attempts: 2 })
    if (first) await finishJob(db, first)
    if (first) await postponeJob(db, first, new Error('late'))
    expect(await only()).toMatchObject({ attempts: 2, finished_at: null, last_error: null })
  })

  test('waits after each failure as the schedule says, and keeps why', async () => {
    await queue()
    const waits: number[] = []
    for (let job = await take(); job; job = await take()) {
      await postponeJob(db, job, new Error(`failure ${job.attempts}`))
      if ((await only()).failed_at !== null) break
      waits.push(await wait())
      await soon()
    }
    expect(waits).toEqual(Array.from({ length: mostAttempts - 1 }, (_, place) => pauseAfter(place + 1)))
    expect(await only()).toMatchObject({ attempts: mostAttempts, last_error: `failure ${mostAttempts}` })
  })

  test('is never taken more often than there are attempts, and is given up once, when its last worker must be dead', async () => {
    const { id } = await queue({ attempts: mostAttempts - 1 })
    expect(await take()).toMatchObject({ attempts: mostAttempts })
    expect(await giveUpJobs(db)).toEqual([])
    await soon()
    expect(await take()).toBeUndefined()
    expect(await giveUpJobs(db)).toMatchObject([{ id, attempts: mostAttempts }])
    expect(await giveUpJobs(db)).toEqual([])
    expect(await only()).toMatchObject({ failed_at: expect.any(Temporal.Instant), last_error: expect.any(String) })
  })
})
