import type { Random } from './random.ts'

const day = 86_400

export function daysAfter(instant: Temporal.Instant, days: number): Temporal.Instant {
  return instant.add({ seconds: days * day })
}

export function earliest(...instants: [Temporal.Instant, ...Temporal.Instant[]]): Temporal.Instant {
  return instants.reduce((one, other) => (Temporal.Instant.compare(one, other) <= 0 ? one : other))
}

export function latest(...instants: [Temporal.Instant, ...Temporal.Instant[]]): Temporal.Instant {
  return instants.reduce((one, other) => (Temporal.Instant.compare(one, other) >= 0 ? one : other))
}

export function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0
}

/** A moment from `from` to `to`, to the second; `from` where the range is empty. */
export function between(random: Random, from: Temporal.Instant, to: Temporal.Instant): Temporal.Instant {
  const seconds = Math.max(0, Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 1000))
  return from.add({ seconds: random.whole(0, seconds) })
}

/** Midnight UTC at the start of a day. */
export function startOf(date: Temporal.PlainDate): Temporal.Instant {
  return date.toZonedDateTime('UTC').toInstant()
}
