import { describe, expect, test } from 'vitest'
import { memoryWindows } from '../../../src/api/rate-limit/memory-windows.ts'
import { clientOf, countsOf } from '../../../src/api/rate-limit/rules.ts'
import type { Windows } from '../../../src/api/rate-limit/windows.ts'
import type { Limits } from '../../../src/config.ts'
import { readConfig } from '../../../src/config.ts'
import { makeToken } from '../../../src/domain/tokens/token.ts'
import { addressOf } from '../../../src/http/client-address.ts'
import { decodedPath } from '../../../src/http/urls.ts'
import { ask, makeApp, testConfig } from '../../support/app.ts'
import { countingReads } from '../../support/counting.ts'
import { database } from '../../support/database.ts'
import { heapInUse } from '../../support/heap.ts'
import * as make from '../../support/make.ts'

const standard = readConfig({}).limits
const path = '/api/v3/npq-applications'

/** A server with some of the standard limits changed and a limiter's clock that the test moves. */
async function limited(changed: Partial<Limits> = {}, log: { write(line: string): void } | false = false) {
  const time = { now: 0 }
  const app = await makeApp({
    config: { ...testConfig, limits: { ...standard, ...changed } },
    windows: memoryWindows(() => time.now * 1_000_000),
    now: () => time.now * 1000,
    log,
  })
  const statuses = async (howMany: number, url: string, headers: Record<string, string> = {}, remoteAddress = '203.0.113.7') => {
    const found: number[] = []
    for (let request = 0; request < howMany; request++) found.push((await app.inject({ url, headers, remoteAddress })).statusCode)
    return found
  }
  return { app, time, statuses }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const five = { requests: 5, seconds: 300 }

describe('a token', () => {
  test('has 1,000 requests in any 300 seconds, whatever their status, and no more', async () => {
    const { app, time, statuses } = await limited()
    const token = await make.token(await database())
    const unknown = '/api/v3/nothing'
    time.now = 299
    expect(new Set(await statuses(999, unknown, bearer(token)))).toEqual(new Set([404]))
    time.now = 301
    expect(await statuses(2, unknown, bearer(token))).toEqual([404, 429])
    time.now = 599
    expect(await statuses(1, path, bearer(token))).toEqual([200])
    expect((await ask(app, path, { token })).headers).toMatchObject({ 'ratelimit-policy': '"token";q=1000;w=300', ratelimit: '"token";r=997;t=2' })
  })

  test('shares its limit among all forms of the header, and with no other token of its provider', async () => {
    const { statuses } = await limited({ token: five })
    const [token, other] = [await make.token(await database()), await make.token(await database())]
    expect(await statuses(3, path, bearer(token))).toEqual([200, 200, 200])
    expect(await statuses(3, path, { authorization: `Token token="${token}", x=1` })).toEqual([200, 200, 429])
    expect(await statuses(1, path, bearer(other))).toEqual([200])
  })

  test('is refused in the documented form, and let in again after the time it was told', async () => {
    const lines: string[] = []
    const { app, time, statuses } = await limited({ token: five }, { write: (line) => lines.push(line) })
    const token = await make.token(await database())
    await statuses(5, path, bearer(token))
    time.now = 100
    expect(new Set(await statuses(50, path, bearer(token)))).toEqual(new Set([429]))
    const refusal = await ask(app, `${path}?filter[cohort]=2023`, { token })
    expect(refusal.headers).toMatchObject({ 'retry-after': '200', 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(refusal.headers).toMatchObject({ 'ratelimit-policy': '"token";q=5;w=300', ratelimit: '"token";r=0;t=200' })
    expect(refusal.json()).toEqual({
      errors: [{ code: 'too_many_requests', title: 'Too many requests', detail: expect.stringContaining('5 requests in 300 seconds') }],
    })
    expect(JSON.parse(lines.findLast((line) => line.includes('a rate limit')) ?? '')).toMatchObject({
      rule: 'token',
      token: 1,
      path,
      client: '127.0.0.1',
    })
    time.now = 300
    expect((await ask(app, path, { token })).statusCode).toBe(200)
  })

  test('is counted however the path is written', async () => {
    const { app } = await limited({ token: five })
    const token = await make.token(await database())
    const left = async (url: string) => (await app.inject({ url, headers: bearer(token) })).headers['ratelimit']
    expect(await left(path)).toContain('r=4')
    expect(await left('/%61pi/v3/npq-applications')).toContain('r=3')
    expect(await left('/%61pi/v3/nothing')).toContain('r=2')
    expect(decodedPath(`http://any.example${path}?x=1`)).toBe(path)
  })
})

describe('tokens that are none of ours', () => {
  test('share one window of their client, which existing tokens do not use', async () => {
    const { time, statuses } = await limited({ token: five })
    const token = await make.token(await database())
    await (await database())
      .updateTable('api_tokens')
      .set({ revoked_at: Temporal.Instant.from('2026-01-01T00:00:00Z') })
      .execute()
    const existing = await make.token(await database())
    const made = [token, makeToken('test'), 'nonsense', makeToken('sandbox'), makeToken('test'), makeToken('test')]
    const found: number[] = []
    for (const each of made) found.push(...(await statuses(1, path, bearer(each))))
    expect(found).toEqual([401, 401, 401, 401, 401, 429])
    expect(await statuses(1, path, bearer(existing))).toEqual([200])
    // one that no node has heard of yet is known once someone else makes the node look, or after five seconds
    const issued = bearer(await make.token(await database()))
    expect(await statuses(1, path, issued)).toEqual([429])
    expect(await statuses(1, path, bearer(makeToken('test')), '203.0.113.8')).toEqual([401])
    expect(await statuses(1, path, issued)).toEqual([200])
    const later = bearer(await make.token(await database()))
    time.now += 5
    expect(await statuses(1, path, later)).toEqual([200])
  })

  test('cost the database nothing beyond their client’s window, and nothing at all where their form is wrong', async () => {
    const { db, reads } = countingReads(await database())
    const app = await makeApp({ db, config: { ...testConfig, limits: { ...standard, token: five } }, windows: memoryWindows(() => 0), now: () => 0 })
    const send = async (token: string) => (await app.inject({ url: '/api/v3/nothing', headers: bearer(token) })).statusCode
    for (let sent = 0; sent < 5; sent++) await send(`${makeToken('test')}x`)
    expect(reads()).toBe(0)
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(makeToken('test'))))
    expect(new Set(answers)).toEqual(new Set([429]))
    // the first look of a node, which all of them shared
    expect(reads()).toBeLessThanOrEqual(1)
    for (let sent = 0; sent < 20; sent++) expect(await send(makeToken('test'))).toBe(429)
    expect(reads()).toBeLessThanOrEqual(1)
  })

  test('raise memory by less than 10 MiB for 100,000 of them', async () => {
    const windows = memoryWindows()
    const send = async (howMany: number) => {
      for (let request = 0; request < howMany; request++) {
        const facts = { path, client: clientOf('203.0.113.7'), token: undefined, presented: true }
        await windows.take(countsOf(facts, standard))
      }
    }
    await send(1)
    const before = heapInUse()
    await send(100_000)
    expect(heapInUse() - before).toBeLessThan(10 * 1024 * 1024)
    expect(windows.size).toBe(2)
  })
})

describe('an address', () => {
  test.each([
    ['/api/guidance', 'apiPages'],
    ['/api/docs/v3/swagger.yaml', 'apiPages'],
    ['/anything', 'pages'],
    ['/session/sign-in', 'signIn'],
    ['/session_sign_in', 'signIn'],
    ['/api/v1/get_an_identity/webhook_messages', 'identityWebhook'],
    ['/api/teaching-record-system/v1/webhook_messages', 'teachingRecordWebhook'],
    [path, 'everything'],
  ] as const)('has so many requests to %s as %s says, and another address has its own', async (url, rule) => {
    const { statuses } = await limited({ [rule]: five })
    const found = await statuses(6, url)
    expect(found.slice(0, 5)).not.toContain(429)
    expect(found[5]).toBe(429)
    expect((await statuses(1, url, {}, '203.0.113.9'))[0]).not.toBe(429)
  })

  test('never meets a limit on health', async () => {
    const { statuses } = await limited({ pages: five, everything: five })
    for (const url of ['/up', '/healthcheck', '/healthcheck.json']) expect(await statuses(10, url)).not.toContain(429)
  })

  test('that reads pages leaves token calls from it alone', async () => {
    const { statuses } = await limited({ apiPages: five })
    await statuses(6, '/api/guidance')
    expect(await statuses(1, path, bearer(await make.token(await database())))).toEqual([200])
  })

  test.each([
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:a::1', '2001:db8:0:a::/64'],
    ['2001:db8:0:a:ffff::', '2001:db8:0:a::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1.2.3.4, 5.6.7.8', 'unknown'],
  ])('%s is the client %s', (address, client) => {
    expect(clientOf(address)).toBe(client)
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:5555', '203.0.113.7'],
    ['[2001:db8::1]:5555', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['npq_live_abc', 'unknown'],
    ['a@b.example', 'unknown'],
    ['', 'unknown'],
  ])('is read from %s as %s', (given, address) => {
    expect(addressOf(given)).toBe(address)
  })

  test('is taken from a forwarding header only where a trusted proxy sent it', async () => {
    const lines: string[] = []
    const clientSeen = async (trustedProxies: string[], forwarded: string) => {
      const config = { ...testConfig, trustedProxies, limits: { ...standard, pages: { requests: 1, seconds: 300 } } }
      const app = await makeApp({ config, log: { write: (line) => lines.push(line) } })
      for (let request = 0; request < 2; request++)
        await app.inject({ url: '/x', headers: { 'x-forwarded-for': forwarded }, remoteAddress: '10.0.0.5' })
      return JSON.parse(lines.findLast((line) => line.includes('a rate limit')) ?? '{}').client
    }
    expect(await clientSeen([], '198.51.100.1')).toBe('10.0.0.5')
    expect(await clientSeen(['10.0.0.0/8'], '6.6.6.6, 198.51.100.1')).toBe('198.51.100.1')
  })
})

test('requests pass while the store is down, with one error line a minute', async () => {
  const lines: string[] = []
  const fail = () => Promise.reject(new Error('down'))
  const down: Windows = { take: fail, look: fail, answers: async () => false, close: async () => {} }
  const app = await makeApp({ config: { ...testConfig, limits: standard }, windows: down, log: { write: (line) => lines.push(line) } })
  const token = await make.token(await database())
  for (let request = 0; request < 3; request++) expect((await ask(app, path, { token })).statusCode).toBe(200)
  expect(lines.filter((line) => line.includes('requests pass uncounted'))).toHaveLength(1)
})
