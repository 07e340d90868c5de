import type { Database } from '../../db/connect.ts'
import { type KnownToken, tokensInUse } from './records.ts'

/** Milliseconds for which a look at the tokens is trusted: a revoked one is refused after at most this long, on every node. */
export const trustedFor = 250
/** Milliseconds after which the book is old: then even a client that may not ask has it looked at again. */
export const oldAfter = 5000

/**
 * The tokens in use by their hashes, as they were a moment ago. However many ask and whatever for, one look at a time goes to the
 * database, by one connection; who asks while one is under way shares the next. It holds as many tokens as there are.
 */
export function tokenBook(db: Database, now: () => number = () => performance.now()) {
  let tokens: ReadonlyMap<string, KnownToken> = new Map()
  let lookedAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  async function look() {
    // what the look finds was true when it began, or later
    const began = now()
    tokens = await tokensInUse(db)
    lookedAt = began
  }

  /** A look that begins from now on: one under way may have missed what was issued since. */
  function lookAgain(): Promise<void> {
    next ??= underWay.then(begin, begin)
    return next
  }

  function begin() {
    underWay = look()
    next = undefined
    return underWay
  }

  return {
    /** whether a token with this hash was in use at the last look */
    remembers: (hash: string) => tokens.has(hash),
    isOld: () => now() - lookedAt >= oldAfter,
    /** the token with this hash; undefined where none is in use */
    async find(hash: string): Promise<KnownToken | undefined> {
      const trusted = now() - lookedAt < trustedFor
      if (!trusted || !tokens.has(hash)) await lookAgain()
      return tokens.get(hash)
    },
  }
}

export type TokenBook = ReturnType<typeof tokenBook>
