import type { Count } from './rules.ts'
import { type Microseconds, type Standing, steadyClock, type Windows } from './windows.ts'

/**
 * Windows of one process. Each holds the instants of at most its limit of requests, 8 bytes each, in room that grows as it fills;
 * a window is dropped once all its instants are old, so memory is bounded by the tokens and clients of the last few minutes.
 */
export function memoryWindows(now: Microseconds = steadyClock): Windows & { readonly size: number } {
  // by rule; the window that was added to last stands last
  const windows = new Map<string, Map<string, Ring>>()
  const spans = new Map<string, number>()

  function ringOf(count: Count, instant: number): Ring | undefined {
    const ring = windows.get(count.rule)?.get(count.whose)
    if (ring) dropUntil(ring, instant - span(count))
    return ring
  }

  function add(count: Count, instant: number): void {
    const ofRule = windows.get(count.rule) ?? new Map<string, Ring>()
    windows.set(count.rule, ofRule)
    const ring = ofRule.get(count.whose) ?? { room: [0, 0], start: 0, length: 0 }
    append(ring, instant)
    ofRule.delete(count.whose)
    ofRule.set(count.whose, ring)
    spans.set(count.rule, span(count))
  }

  /** Drops the windows of every rule, also of one that no request meets any more. */
  function dropEmpty(instant: number): void {
    for (const [rule, ofRule] of windows) {
      const start = instant - (spans.get(rule) ?? 0)
      for (const [whose, ring] of ofRule) {
        if (ring.length > 0 && at(ring, ring.length - 1) > start) break
        ofRule.delete(whose)
      }
    }
  }

  function standingOf(count: Count, instant: number): Standing {
    const ring = ringOf(count, instant)
    const remaining = Math.max(0, count.limit.requests - (ring?.length ?? 0))
    const freesIn = ring && ring.length > 0 ? at(ring, 0) + span(count) - instant : 0
    return { count, remaining, freesIn, full: remaining === 0 }
  }

  return {
    take: async (counts) => {
      const instant = now()
      dropEmpty(instant)
      const before = counts.map((count) => standingOf(count, instant))
      if (before.some(({ full }) => full)) return before
      for (const count of counts) add(count, instant)
      return counts.map((count) => ({ ...standingOf(count, instant), full: false }))
    },
    look: async (counts) => {
      const instant = now()
      return counts.map((count) => standingOf(count, instant))
    },
    answers: async () => true,
    close: async () => windows.clear(),
    get size() {
      return windows.values().reduce((sum, { size }) => sum + size, 0)
    },
  }
}

function span({ limit }: Count): number {
  return limit.seconds * 1_000_000
}

/** Instants in the order in which they came, in room that doubles when it is full. */
type Ring = { room: number[]; start: number; length: number }

function at(ring: Ring, place: number): number {
  return ring.room[(ring.start + place) % ring.room.length] ?? 0
}

function dropUntil(ring: Ring, instant: number): void {
  while (ring.length > 0 && at(ring, 0) <= instant) {
    ring.start = (ring.start + 1) % ring.room.length
    ring.length--
  }
}

function append(ring: Ring, instant: number): void {
  if (ring.length === ring.room.length) {
    ring.room = [...ring.room.slice(ring.start), ...ring.room.slice(0, ring.start), ...ring.room.map(() => 0)]
    ring.start = 0
  }
  ring.room[(ring.start + ring.length) % ring.room.length] = instant
  ring.length++
}
