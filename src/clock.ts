/** The moment at which a request or a job is judged. Rules never read the machine's clock themselves. */
export type Clock = () => Temporal.Instant

export const systemClock: Clock = () => Temporal.Now.instant()

/** The calendar date of an instant in UTC. */
export function utcDate(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO('UTC').toPlainDate()
}

/** The calendar date of an instant in London, by which operators are judged: providers and jobs are judged by the date in UTC. */
export function londonDate(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO('Europe/London').toPlainDate()
}

/** `2 January 2026` */
export function longDate(date: Temporal.PlainDate): string {
  return date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}

/** RFC 3339 in UTC to whole seconds, the fraction cut off. */
export function wireInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second', roundingMode: 'floor' })
}

/** The later of two instants, ignoring one that is missing. */
export function later(one: Temporal.Instant, other: Temporal.Instant | null): Temporal.Instant {
  return other !== null && Temporal.Instant.compare(other, one) > 0 ? other : one
}
