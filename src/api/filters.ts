import { parseInstant } from '../dates.ts'
import { badRequest, type Problem } from '../http/problems.ts'
import { isUuid } from '../uuid.ts'
import { type Given, nested } from './query.ts'

/** Start years of cohorts, comma-separated; a suffix is read over, a word is dropped. Undefined: not filtered. */
export function readCohorts(given: Given): number[] | undefined {
  const text = textOf(given)
  if (text === undefined) return undefined
  return text.split(',').flatMap((item) => {
    const [, digits] = /^\s*(\d{1,9})(?!\d)/.exec(item) ?? []
    return digits === undefined ? [] : [Number(digits)]
  })
}

/** The start year of cohorts where only one may be given: whatever stands before the first comma. Undefined: not filtered. */
export function readCohort(given: Given): number[] | undefined {
  const text = textOf(given)
  return text === undefined ? undefined : (readCohorts(text.split(',', 1)[0]) ?? [])
}

/** Public ids, comma-separated, a trailing comma tolerated. Undefined: not filtered. Throws a 400. */
export function readUuids(given: Given, name: string): string[] | undefined {
  if (given === nested) throw badRequest('filter_not_ids', uuidsDetail(name))
  const text = textOf(given)
  if (text === undefined) return undefined
  const items = text.replace(/,+$/, '').split(',')
  if (items.length === 1 && items[0] === '') return []
  if (!items.every(isUuid)) throw badRequest('filter_not_ids', uuidsDetail(name))
  return items
}

/** An instant in one of the accepted forms (01 section 10.4). Undefined: not filtered. Throws a 400. */
export function readInstant(given: Given, name: string): Temporal.Instant | undefined {
  if (given === nested) throw unreadableInstant(name)
  const text = textOf(given)
  if (text === undefined) return undefined
  const instant = instantOf(decodedOnceMore(text))
  if (!instant) throw unreadableInstant(name)
  return instant
}

const dateTime = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d:\d\d)(?:[.,](\d+))?)?(?:([Zz])|([+\- ])(\d\d)(?::?(\d\d))?)?$/

function instantOf(text: string): Temporal.Instant | undefined {
  const match = dateTime.exec(text)
  if (!match) return undefined
  const [, date = '', time = '00:00:00', fraction = '0', , sign, hours, minutes = '00'] = match
  // the + of an offset arrives as a space when it was not escaped
  const offset = hours === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${hours}:${minutes}`
  return parseInstant(`${date}T${time}.${fraction.slice(0, 9)}${offset}`)
}

function decodedOnceMore(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A given text; nothing where it is absent, nested or blank. */
export function textOf(given: Given): string | undefined {
  return typeof given === 'string' && given.trim() !== '' ? given : undefined
}

export function unreadableInstant(name: string): Problem {
  return badRequest('filter_not_a_date', `The filter '#/${name}' must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.`)
}
function uuidsDetail(name: string) {
  return `The filter '#/${name}' must be a comma-separated list of valid UUIDs.`
}
