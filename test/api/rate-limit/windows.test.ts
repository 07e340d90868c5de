import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { memoryWindows } from '../../../src/api/rate-limit/memory-windows.ts'
import { redisWindows } from '../../../src/api/rate-limit/redis-windows.ts'
import type { Count } from '../../../src/api/rate-limit/rules.ts'
import type { Standing, Windows } from '../../../src/api/rate-limit/windows.ts'
import { hammer, keyPrefix, redisAnswers, redisUrl } from '../../support/redis.ts'

const count = (requests: number, seconds: number, whose = '1', rule: Count['rule'] = 'token'): Count => ({
  rule,
  whose,
  limit: { requests, seconds },
})

async function looksAndTakes(windows: Windows) {
  const seen: [boolean, number][] = []
  const note = ([standing]: Standing[]) => seen.push([standing?.full === true, standing?.remaining ?? -1])
  for (const act of ['look', 'look', 'take', 'look', 'take', 'look', 'take'] as const) note(await windows[act]([count(2, 60)]))
  expect(seen).toEqual([
    [false, 2],
    [false, 2],
    [false, 1],
    [false, 1],
    [false, 0],
    [true, 0],
    [true, 0],
  ])
}

/** The rule itself: how many requests passed in (now - span, now]. */
function held(passed: readonly number[], now: number, span: number) {
  return passed.filter((instant) => instant > now - span && instant <= now).length
}

describe('the windows of one process', () => {
  test('let through exactly what the rule lets through, at whatever instants requests come', async () => {
    const gap = fc.oneof(fc.nat(3), fc.nat(400_000), fc.integer({ min: 900_000, max: 1_100_000 }), fc.constant(1_000_000))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.array(gap, { maxLength: 150, size: 'max' }), async (limit, gaps) => {
        let now = 0
        const windows = memoryWindows(() => now)
        const passed: number[] = []
        for (const gap of gaps) {
          now += gap
          const allowed = held(passed, now, 1_000_000) < limit
          const [standing] = await windows.take([count(limit, 1)])
          expect(standing?.full).toBe(!allowed)
          if (allowed) passed.push(now)
          expect(standing?.remaining).toBe(limit - held(passed, now, 1_000_000))
          if (allowed) continue
          const free = now + (standing?.freesIn ?? 0)
          expect(held(passed, free - 1, 1_000_000)).toBe(limit)
          expect(held(passed, free, 1_000_000)).toBeLessThan(limit)
        }
        for (const instant of passed) expect(held(passed, instant, 1_000_000)).toBeLessThanOrEqual(limit)
      }),
      { numRuns: 300 },
    )
  })

  test('count a request in all of its windows or in none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(600_000), fc.nat(2)), { maxLength: 120, size: 'max' }), async (requests) => {
        let now = 0
        const windows = memoryWindows(() => now)
        const passed: { instant: number; whose: number }[] = []
        for (const [gap, whose] of requests) {
          now += gap
          const own = held(
            passed.filter((request) => request.whose === whose).map(({ instant }) => instant),
            now,
            1_000_000,
          )
          const all = held(
            passed.map(({ instant }) => instant),
            now,
            2_000_000,
          )
          const standings = await windows.take([count(3, 1, String(whose)), count(5, 2, 'all', 'everything')])
          expect(standings.map(({ full }) => full)).toEqual([own >= 3, all >= 5])
          if (own < 3 && all < 5) passed.push({ instant: now, whose })
        }
      }),
    )
  })

  test('tell how a request would stand, and count only those that are taken', async () => {
    const windows = memoryWindows(() => 0)
    await looksAndTakes(windows)
  })

  test('are dropped when they are empty', async () => {
    let now = 0
    const windows = memoryWindows(() => now)
    for (let client = 0; client < 1000; client++) await windows.take([count(5, 1, String(client))])
    expect(windows.size).toBe(1000)
    now += 1_000_000
    await windows.take([count(5, 1)])
    expect(windows.size).toBe(1)
  })

  test('are dropped when they are empty, also those of a rule that no request meets any more', async () => {
    let now = 0
    const windows = memoryWindows(() => now)
    for (let client = 0; client < 1000; client++) await windows.take([count(5, 1, String(client), 'apiPages')])
    now += 1_000_000
    await windows.take([count(5, 1)])
    expect(windows.size).toBe(1)
  })
})

describe.runIf(await redisAnswers())('the windows that nodes share', () => {
  const open = (prefix = keyPrefix()) => {
    const windows = redisWindows({ url: redisUrl, prefix, patience: 5000 })
    onTestFinished(() => windows.close())
    return windows
  }
  const connected = async (windows: ReturnType<typeof open>) => {
    while (!(await windows.answers())) await pause(10)
    return windows
  }

  test('let through exactly what the rule lets through by the clock of the store', async () => {
    const windows = await connected(open())
    const store = new Redis(redisUrl)
    onTestFinished(() => store.disconnect())
    const clock = async () => {
      const [seconds = 0, micros = 0] = (await store.time()).map(Number)
      return seconds * 1_000_000 + micros
    }
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.array(fc.nat(120), { minLength: 10, maxLength: 40 }), async (whose, gaps) => {
        const passed: { before: number; after: number }[] = []
        for (const gap of gaps) {
          if (gap > 60) await pause(gap)
          const before = await clock()
          const [standing] = await windows.take([count(4, 1, whose)])
          const after = await clock()
          // the decision fell between two readings of the store's clock: what was surely in the window, and what may have been
          const surely = passed.filter((request) => request.before > after - 1_000_000).length
          const perhaps = passed.filter((request) => request.after > before - 1_000_000).length
          if (surely >= 4) expect(standing?.full).toBe(true)
          if (perhaps < 4) expect(standing?.full).toBe(false)
          if (!standing?.full) passed.push({ before, after })
        }
      }),
      { numRuns: 4 },
    )
  })

  test('count a request in all of its windows or in none', async () => {
    const windows = await connected(open())
    const both = [count(5, 60), count(2, 60, 'all', 'everything')]
    const seen: (number | undefined)[] = []
    for (let request = 0; request < 4; request++) seen.push((await windows.take(both))[0]?.remaining)
    expect(seen).toEqual([4, 3, 3, 3])
  })

  test('tell how a request would stand, and count only those that are taken', async () => looksAndTakes(await connected(open())))

  test('let one token have its limit and no more, whatever number of processes ask at once', { timeout: 60_000 }, async () => {
    const prefix = keyPrefix()
    const passed = await Promise.all([1, 2, 3, 4].map(() => hammer(prefix, { requests: 1000, seconds: 300 }, 600)))
    expect(passed.reduce((sum, each) => sum + each)).toBe(1000)
  })

  test('keep a window for its span and a second', async () => {
    const prefix = keyPrefix()
    const windows = await connected(open(prefix))
    await windows.take([count(5, 1)])
    const store = new Redis(redisUrl)
    onTestFinished(() => store.disconnect())
    expect(await store.pttl(`${prefix}token:1`)).toBeGreaterThan(1000)
    expect(await store.pttl(`${prefix}token:1`)).toBeLessThanOrEqual(2000)
  })
})

test('a store that is down makes a decision fail, and says that it does not answer', async () => {
  const windows = redisWindows({ url: 'redis://127.0.0.1:1' })
  onTestFinished(() => windows.close())
  await expect(windows.take([count(1, 1)])).rejects.toThrow()
  expect(await windows.answers()).toBe(false)
})
