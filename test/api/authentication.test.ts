import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { presentedToken } from '../../src/api/authentication.ts'
import type { Database } from '../../src/db/connect.ts'
import { revoke } from '../../src/domain/tokens/revoke.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { ask, makeApp, now } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

const path = '/api/v3/npq-applications'
const withHeader = (authorization: string) => ask(app, path, { headers: { authorization } })

describe('a request', () => {
  test.each([
    ['Bearer T'],
    ['Bearer   T'],
    ['Token T'],
    ['Token token=T'],
    ['Token token="T"'],
    ['Bearer token="T"'],
    ['Token token="T", nonce="x"'],
    ['Token T; option'],
    ['Token T\toption'],
  ])('is let in with the header %s', async (form) => {
    expect((await withHeader(form.replace('T"', `${token}"`).replace(/T(?=[;\t]|$)/, token))).statusCode).toBe(200)
  })

  test.each([['bearer T'], ['BEARER T'], ['Basic T'], ['T'], ['Bearer'], ['Bearer '], ['Bearer ""'], ['Token token='], ['']])(
    'is not let in with the header %s',
    async (form) => {
      const answer = await withHeader(form.replace('T', token).replace(`${token}oken`, 'Token'))
      expect(answer.statusCode).toBe(401)
      expect(answer.body).toBe('{"error":"HTTP Token: Access denied"}')
      expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
      expect(answer.headers).not.toHaveProperty('www-authenticate')
    },
  )

  test('without a header is refused as JSON, for CSV too', async () => {
    const answer = await ask(app, '/api/v1/npq-applications.csv')
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toEqual({ error: 'HTTP Token: Access denied' })
  })

  test('never takes its token from the URL', async () => {
    expect((await ask(app, `${path}?token=${token}&access_token=${token}`)).statusCode).toBe(401)
  })

  test('with an unknown token, one of another environment or one with a wrong character is refused', async () => {
    const other = makeToken('test')
    const wrong = [
      other,
      makeToken('production'),
      makeToken('sandbox'),
      `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`,
      'secret',
      `${token}x`,
    ]
    for (const text of wrong) expect((await ask(app, path, { token: text })).statusCode, text).toBe(401)
  })

  test('with a token of the teacher record service is refused', async () => {
    await db.updateTable('api_tokens').set({ scope: 'teacher_record_service', lead_provider_id: null }).execute()
    expect((await ask(app, path, { token })).statusCode).toBe(401)
  })

  test('is refused on every node within a second of its token’s revocation, while the provider’s other token works on', async () => {
    const second = await make.token(db)
    const time = { now: 0 }
    const nodes = [await makeApp({ now: () => time.now }), await makeApp({ now: () => time.now }), app]
    for (const node of nodes) expect((await ask(node, path, { token })).statusCode).toBe(200)
    await revoke(db, { now, author: 'Command test', id: 1 })
    time.now += 999
    await pause(999)
    for (const node of nodes) {
      expect((await ask(node, path, { token })).statusCode).toBe(401)
      expect((await ask(node, path, { token: second })).statusCode).toBe(200)
    }
  })

  test('is let in from the moment that its token is issued', async () => {
    for (let issued = 0; issued < 5; issued++) expect((await ask(app, path, { token: await make.token(db) })).statusCode).toBe(200)
  })

  test('notes when its token was used', async () => {
    await ask(app, path, { token })
    await expect
      .poll(() => db.selectFrom('api_tokens').select('last_used_at').executeTakeFirstOrThrow())
      .toEqual({ last_used_at: expect.any(Temporal.Instant) })
  })

  test('is refused before its filters or its body are looked at', async () => {
    expect((await ask(app, `${path}?filter=abc`)).statusCode).toBe(401)
    expect((await ask(app, `${path}/x/accept`, { method: 'POST', body: '{' })).statusCode).toBe(401)
  })
})

describe('the database', () => {
  test.each([
    ['a provider’s token without a provider', { scope: 'lead_provider' as const, lead_provider_id: null }],
    ['a token of the teacher record service with a provider', { scope: 'teacher_record_service' as const, lead_provider_id: 1 }],
  ])('refuses %s', async (_, values) => {
    const insert = make.insert(db, 'api_tokens', { hashed_token: 'x', label: 'x', issued_by: 'x', ...values })
    await expect(insert).rejects.toThrow('api_tokens_provider_matches_scope')
  })
})

describe('the token in a header', () => {
  test.each([
    [undefined, undefined],
    ['Bearer abc', 'abc'],
    ['Token token="a b"', 'a b'],
    ['Bearer abc,def', 'abc'],
    ['Bearer\tabc', undefined],
  ])('of %s is %s', (header, expected) => {
    expect(presentedToken(header)).toBe(expected)
  })
})
