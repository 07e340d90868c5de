import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { oldAfter, tokenBook, trustedFor } from '../../../src/domain/tokens/book.ts'
import { noteUse } from '../../../src/domain/tokens/records.ts'
import { hashToken, makeToken } from '../../../src/domain/tokens/token.ts'
import { tokenKey } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
let time: number
beforeEach(async () => {
  db = await database()
  time = 0
})
const hash = (token: string) => hashToken(token, tokenKey)
const revokeAll = () => db.updateTable('api_tokens').set({ revoked_at: Temporal.Now.instant() }).execute()

/** A book whose looks are counted: how many there were, and how many went on at once at most. */
function counted() {
  const looks = { begun: 0, atOnce: 0, most: 0 }
  const selects = new WeakSet<object>()
  const seen = db.withPlugin({
    transformQuery({ node, queryId }) {
      selects.add(queryId)
      looks.begun++
      looks.most = Math.max(looks.most, ++looks.atOnce)
      return node
    },
    async transformResult({ result, queryId }) {
      if (selects.has(queryId)) looks.atOnce--
      return result
    },
  })
  return { book: tokenBook(seen, () => time), looks }
}

describe('the book of tokens', () => {
  test('knows a token in use and whose it is, and no other', async () => {
    const { book } = counted()
    const token = await make.token(db)
    expect(await book.find(hash(token))).toMatchObject({ id: 1, scope: 'lead_provider', provider: { name: 'Ambition Institute' } })
    expect(await book.find(hash(makeToken('test')))).toBeUndefined()
    expect([book.remembers(hash(token)), book.remembers(hash(makeToken('test')))]).toEqual([true, false])
  })

  test('knows whether the use of a token was noted, so that it is noted once a minute', async () => {
    const { book } = counted()
    const token = hash(await make.token(db))
    const noted = async () => {
      time += trustedFor
      return (await book.find(token))?.useIsNoted
    }
    expect(await noted()).toBe(false)
    await noteUse(db, 1)
    expect(await noted()).toBe(true)
    await db.updateTable('api_tokens').set({ last_used_at: sql`now() - interval '61 seconds'` }).execute()
    expect(await noted()).toBe(false)
  })

  test('trusts a look for less than a second, and then finds what was revoked', async () => {
    expect(trustedFor).toBeLessThan(1000)
    const { book, looks } = counted()
    const token = hash(await make.token(db))
    await book.find(token)
    await revokeAll()
    time += trustedFor - 1
    expect(await book.find(token)).toBeDefined()
    expect(looks.begun).toBe(1)
    time += 1
    expect(await book.find(token)).toBeUndefined()
    expect(book.remembers(token)).toBe(false)
  })

  test('counts the age of a look from its beginning, however long it takes', async () => {
    const { book, looks } = counted()
    const token = hash(await make.token(db))
    const slow = book.find(token)
    await Promise.resolve()
    time += trustedFor
    await slow
    await book.find(token)
    expect(looks.begun).toBe(2)
  })

  test('finds what was issued after a look that is under way', async () => {
    const { book } = counted()
    const first = book.find(hash(makeToken('test')))
    const token = hash(await make.token(db))
    expect(await book.find(token)).toBeDefined()
    expect(await first).toBeUndefined()
  })

  test('looks once at a time whoever asks, and serves known tokens meanwhile without a look', async () => {
    const { book, looks } = counted()
    const token = hash(await make.token(db))
    await book.find(token)
    const strangers = Array.from({ length: 1000 }, () => book.find(hash(makeToken('test'))))
    let served = 0
    const known = Array.from({ length: 1000 }, () => book.find(token).then((found) => found && served++))
    await Promise.all(known)
    expect(served).toBe(1000)
    expect(looks.begun).toBeLessThanOrEqual(2)
    expect(new Set(await Promise.all(strangers))).toEqual(new Set([undefined]))
    expect(looks).toMatchObject({ begun: 2, most: 1 })
  })

  test('looks again after a look that failed', async () => {
    let broken = true
    const seen = db.withPlugin({
      transformQuery({ node }) {
        if (broken) throw new Error('no database')
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const book = tokenBook(seen, () => time)
    const token = hash(await make.token(db))
    const both = await Promise.allSettled([book.find(token), book.find(token)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    broken = false
    expect(await book.find(token)).toBeDefined()
  })

  test('is old before its first look, and some seconds after each', async () => {
    const { book } = counted()
    expect(book.isOld()).toBe(true)
    await book.find(hash(makeToken('test')))
    expect(book.isOld()).toBe(false)
    time += oldAfter
    expect(book.isOld()).toBe(true)
  })
})
