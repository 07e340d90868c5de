import { badRequest } from '../http/problems.ts'

/** What a request gives under one name: nothing, a text, or something nested where a text belongs. */
export type Given = string | undefined | typeof nested
export const nested = Symbol('nested')

/** The query string of a request: `filter[name]`, `page[name]` and `sort`, the last value winning. */
export type Query = {
  filter(name: string): Given
  /** the values of `filter[name][]`, which only lists of cohorts may use */
  filterList(name: string): readonly string[]
  page(name: string): Given
  sort: Given
  /** the value of a name without a group */
  plain(name: string): Given
  /** every name in the text, also without a value, as often as it is there */
  names(): string[]
}

/** Reads a query string; a pair without `=` gives nothing. Throws a 400 where `filter` is not a group of names. */
export function readQuery(text: string): Query {
  const given = new Map<string, Given>()
  const lists = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (!pair.includes('=')) continue
    for (const [key, value] of new URLSearchParams(pair)) {
      const [, group = '', name, deeper] = /^([^[\]]*)(?:\[([^[\]]*)\](.*))?$/s.exec(key) ?? []
      if (group === 'filter' && !name) throw badRequest('filter_malformed', filterShapeDetail)
      if (deeper === '[]') lists.set(`${group}[${name}]`, [...(lists.get(`${group}[${name}]`) ?? []), value])
      given.set(name === undefined ? group : `${group}[${name}]`, deeper ? nested : value)
    }
  }
  return {
    filter: (name) => given.get(`filter[${name}]`),
    filterList: (name) => lists.get(`filter[${name}]`) ?? [],
    page: (name) => given.get(`page[${name}]`),
    sort: given.get('sort'),
    plain: (name) => given.get(name),
    names: () => [...new URLSearchParams(text).keys()],
  }
}

const filterShapeDetail = '#/filter is not a valid field. Name the filter, as in filter[cohort]=2024.'
