import { expect, test } from 'vitest'
import { orRefuse } from '../../src/cli/verdict.ts'

const refusals = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ code: 'row_unusable', title: 'statements_csv', detail: `Line ${place + 2} is bad.` }))

test.each([
  [1, 1, undefined],
  [20, 20, undefined],
  [21, 21, 'and 1 more'],
  [1000, 21, 'and 980 more'],
])('of %i refusals at most twenty are told, and then how many more', (count, lines, last) => {
  const told = messageOf(refusals(count))
  expect(told.split('\n')).toHaveLength(lines)
  expect(told).toMatch(/^The file of statements: Line 2 is bad\./)
  expect(told.split('\n').at(-1)).toBe(last ?? `The file of statements: Line ${count + 1} is bad.`)
})

test.each(['base', 'job', 'statement', 'per_participant'])('what is refused is told without the bare key %s', (title) => {
  expect(messageOf([{ code: 'unknown', title, detail: 'There is no such record.' }])).toBe('There is no such record.')
})

test('what is not refused goes on', () => {
  expect(orRefuse({ refusals: [] })).toBeUndefined()
})

function messageOf(refused: ReturnType<typeof refusals>): string {
  try {
    orRefuse({ refusals: refused })
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
