import type { Page } from '../domain/page.ts'
import { badRequest, type Problem } from '../http/problems.ts'
import { type Given, nested, type Query } from './query.ts'

export const defaultPerPage = 100
export const maximumPerPage = 3000

/** `page[page]` and `page[per_page]` as the rows to skip and to take. Throws a 400. */
export function readPage(query: Query): Page {
  const page = readPositive(query.page('page')) ?? 1
  const perPage = Math.min(readPositive(query.page('per_page')) ?? defaultPerPage, maximumPerPage)
  const offset = (page - 1) * perPage
  // no list is that long
  return Number.isSafeInteger(offset) ? { limit: perPage, offset } : { limit: 0, offset: 0 }
}

function readPositive(given: Given): number | undefined {
  if (given === undefined || given === nested) return undefined
  const text = given.trim()
  const number = /^\d+$/.test(text) ? Number(text) : 0
  if (number > 0) return number
  throw unreadablePage()
}

export function unreadablePage(): Problem {
  return badRequest('page_malformed', 'The parameters #/page[page] and #/page[per_page] must be valid positive numbers.')
}
