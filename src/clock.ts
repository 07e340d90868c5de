/** What time it is for a request or a job. Rules never read the machine's clock themselves. */
export type Clock = Readonly<{
  /** the moment by which rules judge */
  now(): Temporal.Instant
  /** whether it runs; one that stands at a moment gives its moment to what is written too */
  runs: boolean
}>

export const systemClock: Clock = { now: () => Temporal.Now.instant(), runs: true }

/** A clock that stands: the moment that a caller or a test names. */
export function standingAt(moment: Temporal.Instant): Clock {
  return { now: () => moment, runs: false }
}

/** The moment by which rules judge something that begins. */
export type Moment = Readonly<{
  now: Temporal.Instant
  /** whether it was read off a running clock; otherwise somebody set it, and what is written carries it too */
  clockRuns?: boolean
}>

export function momentOf(clock: Clock): Moment {
  return { now: clock.now(), clockRuns: clock.runs }
}

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

/** An instant as the database writes it, such as `2026-03-04 09:15:00.25+00`: for what is shown and not computed with. */
export type InstantText = string & { readonly [fromDatabase]: true }
declare const fromDatabase: unique symbol

const inUtc = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00$/

/** RFC 3339 in UTC to whole seconds, the fraction cut off. */
export function wireInstant(instant: Temporal.Instant | InstantText): string {
  if (typeof instant === 'string' && inUtc.test(instant)) return `${instant.slice(0, 10)}T${instant.slice(11, 19)}Z`
  return Temporal.Instant.from(instant).toString({ smallestUnit: 'second', roundingMode: 'floor' })
}

/** The later of two instants. */
export function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(other, one) > 0 ? other : one
}
