import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { extend, finish, giveUp, postpone, type Queue, take } from '../../src/jobs/queue.ts'
import { mostAttempts, pauseAfter } from '../../src/jobs/retries.ts'
import { usualTimes } from '../../src/jobs/run.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})
const kinds = ['alert operators']

// jobs and letters wait in tables of their own, by the same rules
const queues: Record<Queue, { queue: (attempts?: number) => Promise<{ id: number }>; only: () => Promise<Waiting>; soon: () => Promise<unknown> }> = {
  jobs: {
    queue: (attempts = 0) => make.insert(db, 'jobs', { kind: 'alert operators', payload: '{}', attempts }),
    only: async () => {
      const { run_at: due, finished_at: done, ...row } = await db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()
      return { ...row, due, done }
    },
    soon: () => db.updateTable('jobs').set({ run_at: longAgo }).execute(),
  },
  mails: {
    queue: (attempts = 0) => make.insert(db, 'mails', { template: 'deferred', recipient: 'p@school.example', personalisation: '{}', attempts }),
    only: async () => {
      const { next_attempt_at: due, sent_at: done, ...row } = await db.selectFrom('mails').selectAll().executeTakeFirstOrThrow()
      return { ...row, due, done }
    },
    soon: () => db.updateTable('mails').set({ next_attempt_at: longAgo }).execute(),
  },
}
type Waiting = {
  attempts: number
  due: Temporal.Instant
  done: Temporal.Instant | null
  updated_at: Temporal.Instant
  failed_at: Temporal.Instant | null
  last_error: string | null
}
const longAgo = Temporal.Instant.from('2020-01-01T00:00Z')

describe.each(['jobs', 'mails'] as const)('what waits in %s', (name) => {
  const { queue, only, soon } = queues[name]
  const takeOne = () => take(db, name, usualTimes.lease, name === 'jobs' ? kinds : undefined)
  const held = async () => (await takeOne()) ?? { id: 0, attempts: 0 }
  /** Seconds from the last write to when it may be taken. */
  const wait = async () => {
    const { due, updated_at } = await only()
    return due.since(updated_at).total('seconds')
  }

  test('is its worker’s alone for a minute, which the worker can put off again and again', async () => {
    await queue()
    const mine = await held()
    expect(mine).toMatchObject({ attempts: 1 })
    expect([await takeOne(), await wait()]).toEqual([undefined, 60])
    await soon()
    expect(await extend(db, name, mine, usualTimes.lease)).toBe(true)
    expect([await takeOne(), await wait()]).toEqual([undefined, 60])
  })

  test('is taken again where its worker died, whose late word then counts no more', async () => {
    await queue()
    const first = await held()
    await soon()
    const second = await held()
    expect(second).toMatchObject({ attempts: 2 })
    const before = await only()
    expect(await extend(db, name, first, usualTimes.lease)).toBe(false)
    expect(await finish(db, name, first)).toBe(false)
    expect(await postpone(db, name, first, new Error('late'))).toBe('lost')
    expect(await only()).toEqual(before)
    expect(await finish(db, name, second)).toBe(true)
    expect(await finish(db, name, second)).toBe(false)
    expect(await only()).toMatchObject({ attempts: 2, done: expect.any(Temporal.Instant), last_error: null })
  })

  test('waits after each failure as the schedule says, and keeps why', async () => {
    await queue()
    const waits: number[] = []
    for (let mine = await takeOne(); mine; mine = await takeOne()) {
      await postpone(db, name, mine, new Error(`failure ${mine.attempts}`))
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
    expect(await giveUp(db, name)).toEqual([])
    await soon()
    expect(await takeOne()).toBeUndefined()
    expect(await giveUp(db, name)).toMatchObject([{ id, attempts: mostAttempts }])
    expect(await giveUp(db, name)).toEqual([])
    expect(await only()).toMatchObject({ failed_at: expect.any(Temporal.Instant), last_error: expect.any(String) })
  })
})
