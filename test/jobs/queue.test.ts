import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { dueKinds, extend, finish, giveUp, postpone, take } from '../../src/jobs/queue.ts'
import { mostAttempts, pauseAfter } from '../../src/jobs/retries.ts'
import { usualTimes } from '../../src/jobs/run.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})
const payloads = {
  'alert operators': { message: 'look' },
  'send letter': { template: 'deferred', recipient: 'p@school.example', personalisation: {} },
}
const only = () => db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()
const soon = () => db.updateTable('jobs').set({ run_at: longAgo }).execute()
const longAgo = Temporal.Instant.from('2020-01-01T00:00Z')

describe.each(['alert operators', 'send letter'] as const)('a job to %s', (kind) => {
  const queue = (attempts = 0) => make.insert(db, 'jobs', { kind, payload: JSON.stringify(payloads[kind]), attempts })
  const takeOne = () => take(db, kind, usualTimes.lease)
  const held = async () => (await takeOne()) ?? { id: 0, attempts: 0 }
  /** Seconds from the last write to when it may be taken. */
  const wait = async () => {
    const { run_at, updated_at } = await only()
    return run_at.since(updated_at).total('seconds')
  }

  test('is its worker’s alone for a minute, which the worker can put off again and again', async () => {
    await queue()
    const mine = await held()
    expect(mine).toMatchObject({ attempts: 1 })
    expect([await takeOne(), await wait()]).toEqual([undefined, 60])
    await soon()
    expect(await extend(db, mine, usualTimes.lease)).toBe(true)
    expect([await takeOne(), await wait()]).toEqual([undefined, 60])
  })

  test('is taken again where its worker died, whose late word then counts no more', async () => {
    await queue()
    const first = await held()
    await soon()
    const second = await held()
    expect(second).toMatchObject({ attempts: 2 })
    const before = await only()
    expect(await extend(db, first, usualTimes.lease)).toBe(false)
    expect(await finish(db, first)).toBe(false)
    expect(await postpone(db, first, new Error('late'))).toBe('lost')
    expect(await only()).toEqual(before)
    expect(await finish(db, second)).toBe(true)
    expect(await finish(db, second)).toBe(false)
    expect(await only()).toMatchObject({ attempts: 2, finished_at: expect.any(Temporal.Instant), last_error: null })
  })

  test('waits after each failure as the schedule says, and keeps why', async () => {
    await queue()
    const waits: number[] = []
    for (let mine = await takeOne(); mine; mine = await takeOne()) {
      await postpone(db, mine, new Error(`failure ${mine.attempts}`))
      if ((await only()).failed_at !== null) break
      waits.push(await wait())
      await soon()
    }
    expect(waits).toEqual(Array.from({ length: mostAttempts - 1 }, (_, place) => pauseAfter(place + 1)))
    expect(await only()).toMatchObject({ attempts: mostAttempts, last_error: `failure ${mostAttempts}` })
  })

  test('is never taken more often than there are attempts, and is given up once, when its last worker must be dead', async () => {
    const { id } = await queue(mostAttempts - 1)
    expect(await takeOne()).toMatchObject({ attempts: mostAttempts })
    expect(await giveUp(db, kind)).toEqual([])
    await soon()
    expect(await takeOne()).toBeUndefined()
    expect(await giveUp(db, kind)).toMatchObject([{ id, attempts: mostAttempts }])
    expect(await giveUp(db, kind)).toEqual([])
    expect(await only()).toMatchObject({ failed_at: expect.any(Temporal.Instant), last_error: expect.any(String) })
  })

  test('is seen as due by whoever can do it, until it is taken', async () => {
    const kinds = ['alert operators', 'send letter', 'prune'] as const
    expect(await dueKinds(db, kinds)).toEqual([])
    await queue()
    expect(await dueKinds(db, kinds)).toEqual([kind])
    expect(await dueKinds(db, ['prune'])).toEqual([])
    await takeOne()
    expect(await dueKinds(db, kinds)).toEqual([])
  })
})
