import { describe, expect, test } from 'vitest'
import { judge, refuse } from '../../src/domain/rules.ts'

const always = () => true
const never = () => false

describe('judging', () => {
  test('reports every rule that fails, grouped by title in the order in which the titles first failed', () => {
    const rules = [refuse(always, 'b', '1'), refuse(always, 'a', '2'), refuse(never, 'c', '3'), refuse(always, 'b', '4')]
    expect(judge(rules, {})).toEqual([
      { title: 'b', detail: '1' },
      { title: 'b', detail: '4' },
      { title: 'a', detail: '2' },
    ])
  })

  test('reports the same detail under one title once', () => {
    expect(judge([refuse(always, 'a', 'x'), refuse(always, 'a', 'x')], {})).toEqual([{ title: 'a', detail: 'x' }])
  })

  test('asks a stage only when all above it have passed', () => {
    expect(judge([refuse(never, 'a', '1'), [refuse(always, 'b', '2')], [refuse(always, 'c', '3')], refuse(always, 'd', '4')], {})).toEqual([
      { title: 'b', detail: '2' },
      { title: 'd', detail: '4' },
    ])
  })

  test('asks every rule of a stage', () => {
    expect(judge([[refuse(always, 'a', '1'), refuse(always, 'b', '2')], [refuse(always, 'c', '3')]], {})).toEqual([
      { title: 'a', detail: '1' },
      { title: 'b', detail: '2' },
    ])
  })

  test('lets a detail speak of the facts', () => {
    expect(judge([refuse(always, 'a', ({ name }: { name: string }) => `not ${name}`)], { name: 'this' })).toEqual([
      { title: 'a', detail: 'not this' },
    ])
  })
})
