import { parseInstant } from '../../dates.ts'

/** What was made of a declaration's date: the moment, where one could be read, and whether it has the documented form (04 section 9.4). */
export type DeclarationDate = { moment: Temporal.Instant | undefined; wellFormed: boolean }

// Blanks for the T, and times left out in whole or in part, can be read but do not have the form.
const readable = /^(\d{4}-\d\d-\d\d)(?:([Tt ])(\d\d:\d\d)(:\d\d(?:[.,](\d+))?)?(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)?)?$/

/** Reads the text that was sent; without an offset it is UTC. A day that its month lacks is no moment. */
export function readDeclarationDate(text: string | undefined): DeclarationDate {
  const match = readable.exec(text ?? '')
  if (!match) return { moment: undefined, wellFormed: false }
  const [, date, separator, time = '00:00', seconds, fraction = '0', hours, minutes = '00'] = match
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`
  const moment = parseInstant(`${date}T${time}${seconds?.slice(0, 3) ?? ':00'}.${fraction.slice(0, 6)}${offset}`)
  return { moment, wellFormed: moment !== undefined && seconds !== undefined && separator !== ' ' }
}
