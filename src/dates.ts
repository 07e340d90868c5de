// Which forms of a date or a time are taken is said where they are read; that there is such a day, in a year that the database's
// calendar and ours agree on, is said here.

/** The date that is written as `2026-01-31`; undefined for any other text. */
export function parseDate(text: string): Temporal.PlainDate | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? parsed(() => Temporal.PlainDate.from(text)) : undefined
}

/** The moment of an ISO 8601 text with an offset; undefined for any other text. */
export function parseInstant(text: string): Temporal.Instant | undefined {
  const moment = parsed(() => Temporal.Instant.from(text).toZonedDateTimeISO('UTC'))
  return moment?.toInstant()
}

function parsed<T extends { year: number }>(parse: () => T): T | undefined {
  try {
    const value = parse()
    return value.year >= 1 && value.year <= 9999 ? value : undefined
  } catch {
    return undefined
  }
}
