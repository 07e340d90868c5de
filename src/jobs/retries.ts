const minute = 60
const hour = 60 * minute

/** How often a job or a letter is tried before it is left for people to look at; a little over seven days in all. */
export const mostAttempts = 18

const first = [6, minute, 13 * minute, 81 * minute, 5.7 * hour]

/** Seconds from an attempt that failed, the first being 1, to the next (08 section 25). */
export function pauseAfter(attempt: number): number {
  return first[attempt - 1] ?? 13.5 * hour
}
