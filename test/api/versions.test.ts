import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shownBy } from '../../src/api/representation.ts'
import { perVersion, versions, versionsServed, versionsWith } from '../../src/api/versions.ts'

test('versions can be withdrawn but for the newest', () => {
  expect([versionsServed(true), versionsServed(false)]).toEqual([versions, versions.slice(-1)])
})

test('a table of versions does not compile while one is missing', () => {
  // @ts-expect-error: says nothing of v3
  expect(perVersion({ v1: 1, v2: 2 })('v2')).toBe(2)
  // @ts-expect-error: says nothing of v3
  expect(versionsWith({ v1: true, v2: false })).toEqual(['v1'])
  // @ts-expect-error: says nothing of v3
  expect(shownBy({ v1: false, v2: false })).toBeInstanceOf(Function)
})

// so that a version which is added to the list makes the compiler name every place that must say something about it
test('code names versions in such tables alone', () => {
  const source = new URL('../../src/', import.meta.url).pathname
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const elsewhere = files.filter((name) => {
    const text = readFileSync(join(source, name), 'utf8')
    const quoted = text.match(/(['"`])v\d+\1/g)?.length ?? 0
    const lines = text.match(/\bv\d+:/g)?.length ?? 0
    const tables = text.match(/\b(?:perVersion|versionsWith|shownBy)(?:<.*>)?\(\{\s*v1:/g)?.length ?? 0
    return quoted > (name === 'api/versions.ts' ? versions.length : 0) || lines !== tables * versions.length
  })
  expect(elsewhere).toEqual([])
})
