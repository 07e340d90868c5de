import { expect, test } from 'vitest'
import { tell } from '../../src/cli/verdict.ts'

const refusals = (count: number) => Array.from({ length: count }, (_, place) => ({ title: 'statements_csv', detail: `Line ${place + 2} is bad.` }))

test.each([
  [1, 1, undefined],
  [20, 20, undefined],
  [21, 21, 'and 1 more'],
  [1000, 21, 'and 980 more'],
])('of %i refusals at most twenty are told, and then how many more', (count, lines, last) => {
  let told = ''
  try {
    tell({ refusals: refusals(count) }, 'Done.')
  } catch (error) {
    told = (error as Error).message
  }
  expect(told.split('\n')).toHaveLength(lines)
  expect(told).toMatch(/^statements_csv: Line 2 is bad\./)
  expect(told.split('\n').at(-1)).toBe(last ?? `statements_csv: Line ${count + 1} is bad.`)
})
