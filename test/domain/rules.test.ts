import { describe, expect, test } from 'vitest'
import { judge, refuse } from '../../src/domain/rules.ts'

const always = () => true
const never = () => false

describe('judging', () => {
  test('reports every rule that fails, grouped by title in the order in which the titles first failed', () => {
    const rules = [refuse('r1', always, 'b', '1'), refuse('r2', always, 'a', '2'), refuse('r3', never, 'c', '3'), refuse('r4', always, 'b', '4')]
    expect(judge(rules, {})).toEqual([
      { code: 'r1', title: 'b', detail: '1' },
      { code: 'r4', title: 'b', detail: '4' },
      { code: 'r2', title: 'a', detail: '2' },
    ])
  })

  test('reports the same detail under one title once, with the code of the first', () => {
    expect(judge([refuse('first', always, 'a', 'x'), refuse('second', always, 'a', 'x')], {})).toEqual([{ code: 'first', title: 'a', detail: 'x' }])
  })

  test('asks a stage only when all above it have passed', () => {
    expect(
      judge([refuse('r1', never, 'a', '1'), [refuse('r2', always, 'b', '2')], [refuse('r3', always, 'c', '3')], refuse('r4', always, 'd', '4')], {}),
    ).toEqual([
      { code: 'r2', title: 'b', detail: '2' },
      { code: 'r4', title: 'd', detail: '4' },
    ])
  })

  test('asks every rule of a stage', () => {
    expect(judge([[refuse('r1', always, 'a', '1'), refuse('r2', always, 'b', '2')], [refuse('r3', always, 'c', '3')]], {})).toEqual([
      { code: 'r1', title: 'a', detail: '1' },
      { code: 'r2', title: 'b', detail: '2' },
    ])
  })

  test('lets a detail speak of the facts', () => {
    expect(judge([refuse('named', always, 'a', ({ name }: { name: string }) => `not ${name}`)], { name: 'this' })).toEqual([
      { code: 'named', title: 'a', detail: 'not this' },
    ])
  })
})
