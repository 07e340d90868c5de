import { expect, test } from 'vitest'
import { makePace } from '../../../src/api/rate-limit/pace.ts'

test('refusals are answered one after another, and at once where too many wait', async () => {
  const turn = makePace({ gap: 20, room: 10 })
  const order: (number | 'at once')[] = []
  const start = performance.now()
  await Promise.all(Array.from({ length: 12 }, (_, place) => turn().then((own) => order.push(own ? place : 'at once'))))
  // timers may fire a millisecond early
  expect(performance.now() - start).toBeGreaterThanOrEqual(9 * 20 - 10)
  expect(order).toEqual(['at once', 'at once', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(await turn()).toBe(true)
})
