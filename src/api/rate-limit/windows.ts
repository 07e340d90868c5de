import type { Count } from './rules.ts'

/** How a request stands with one of its windows after the decision. */
export type Standing = Readonly<{
  count: Count
  /** how many more requests the window would let through now */
  remaining: number
  /** microseconds until a request that the window counts leaves it; 0 for an empty one */
  freesIn: number
  /** whether the window was full, so that it refuses */
  full: boolean
}>

/**
 * Rolling windows. A request passes if none of its windows holds its limit of requests that passed in the half-open span
 * (now - window, now]; it is then counted in all of them. One that is refused is counted in none.
 */
export type Windows = Readonly<{
  /** decides and counts in one step; the standings come in the order of the counts */
  take(counts: readonly Count[]): Promise<Standing[]>
  /** how a request would stand, without counting it */
  look(counts: readonly Count[]): Promise<Standing[]>
  /** whether the store answers */
  answers(): Promise<boolean>
  close(): Promise<void>
}>

/** Whole microseconds on a clock that only moves forward. */
export type Microseconds = () => number

export const steadyClock: Microseconds = () => Math.floor(performance.now() * 1000)
