import type { SortKey } from '../domain/page.ts'
import { type Given, nested } from './query.ts'
import { perVersion } from './versions.ts'

/** The orders by times of a list that earlier versions give in one order alone. */
export const sortsByTime = perVersion<readonly ('created_at' | 'updated_at')[]>({ v1: [], v2: [], v3: ['created_at', 'updated_at'] })

/** `sort=-updated_at,created_at`: the known keys in order, each once; undefined where none is given, so that the default holds. */
export function readSort<K extends string>(given: Given, keys: readonly K[]): SortKey<K>[] | undefined {
  if (given === undefined || given === nested) return undefined
  const sort = new Map<K, boolean>()
  for (const item of given.split(',')) {
    // an unescaped + arrives as a space
    const [, sign, name] = /^([ +-]?)(\w+)$/.exec(item) ?? []
    const key = keys.find((known) => known === name)
    if (key !== undefined && !sort.has(key)) sort.set(key, sign === '-')
  }
  return sort.size > 0 ? [...sort].map(([key, descending]) => ({ key, descending })) : undefined
}
