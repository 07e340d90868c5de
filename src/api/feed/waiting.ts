import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../db/connect.ts'
import { type Waiting, withNews } from '../../domain/feed/records.ts'
import { Problem } from '../../http/problems.ts'

/** Requests of one token that may wait at one time, in one process. */
export const mostWaits = 3
/** Milliseconds between two looks for what those who wait are waiting for. */
const betweenLooks = 500

export type Wait = Waiting & Readonly<{ token: number; milliseconds: number; signal: AbortSignal }>

/** Where requests wait for changes. One look is for all of them; while nobody waits, nobody looks, and who waits holds no connection. */
export function makeWaitingRoom(db: Database, stopping: () => boolean = () => false) {
  type Guest = Waiting & { leave: () => void }
  const guests = new Set<Guest>()
  const byToken = new Map<number, number>()
  const closing = new AbortController()
  let looking: Promise<void> | undefined

  async function look() {
    while (guests.size > 0 && !closing.signal.aborted) {
      await pause(betweenLooks, undefined, { signal: closing.signal }).catch(() => {})
      if (guests.size === 0) break
      // a database that is away is met by who asks it next
      for (const guest of stopping() ? guests : await withNews(db, [...guests]).catch(() => [])) guest.leave()
    }
    looking = undefined
  }

  return {
    /** Waits until there is something to be told, the time is over, the client goes or the server stops. Throws a 429. */
    async wait({ providerId, after, token, milliseconds, signal }: Wait): Promise<void> {
      const waits = byToken.get(token) ?? 0
      if (waits >= mostWaits) throw tooManyWaits()
      byToken.set(token, waits + 1)
      const { promise, resolve } = Promise.withResolvers<void>()
      const guest: Guest = { providerId, after, leave: resolve }
      const timer = setTimeout(resolve, milliseconds)
      const ends = AbortSignal.any([signal, closing.signal])
      if (ends.aborted || stopping()) resolve()
      ends.addEventListener('abort', () => resolve(), { once: true })
      guests.add(guest)
      looking ??= look()
      try {
        await promise
      } finally {
        clearTimeout(timer)
        guests.delete(guest)
        const left = (byToken.get(token) ?? 1) - 1
        if (left > 0) byToken.set(token, left)
        else byToken.delete(token)
      }
    },
    /** How many wait. */
    size: () => guests.size,
    /** Lets everyone go who waits, and whoever comes. */
    async close(): Promise<void> {
      closing.abort()
      await looking
    },
  }
}

function tooManyWaits(): Problem {
  const detail = `This token waits for changes in ${mostWaits} requests already. Let one of them end, or leave wait out.`
  return new Problem(429, { errors: [{ title: 'Too many requests', detail, code: 'too_many_waits' }] }, { 'retry-after': 1 })
}
