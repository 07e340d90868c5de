import { type AddressInfo, connect as connectTo, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Parts } from '../../src/app.ts'
import { connect } from '../../src/db/connect.ts'
import { hashToken, makeToken } from '../../src/domain/tokens/token.ts'
import { makeMetrics, serveMetrics } from '../../src/http/metrics.ts'
import { isUnavailable } from '../../src/http/overload.ts'
import { ask, makeApp, now, testConfig, tokenKey } from '../support/app.ts'
import { countingReads } from '../support/counting.ts'
import { database } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import * as make from '../support/make.ts'

const path = '/api/v3/npq-applications'

/** A server whose database cannot be reached. */
async function withoutDatabase(parts: Partial<Parts> = {}): Promise<FastifyInstance> {
  const connection = await connect({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', dataDirectory: '', poolSize: 1 })
  onTestFinished(() => connection.close())
  return makeApp({ db: connection.db, ...parts })
}

describe('health', () => {
  test('tells commit, database and store', async () => {
    const app = await makeApp({ config: { ...testConfig, gitCommitSha: '0f3c9ab' } })
    for (const url of ['/healthcheck', '/healthcheck.json']) {
      const answer = await ask(app, url)
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store'])
      expect(answer.json()).toEqual({
        git_commit_sha: '0f3c9ab',
        database: { connected: true, migration_version: expect.any(Number), populated: true },
        redis: true,
      })
    }
    expect(await ask(app, '/up')).toMatchObject({ statusCode: 200, body: '' })
  })

  test('is 503 while the store is down', async () => {
    const answer = await ask(await makeApp({ config: { ...testConfig, redisUrl: 'redis://127.0.0.1:1' } }), '/healthcheck')
    expect([answer.statusCode, answer.json().redis, answer.json().database.connected]).toEqual([503, false, true])
  })

  test('is 503 while the database is down, and so is every call', async () => {
    const app = await withoutDatabase()
    const answer = await ask(app, '/healthcheck')
    expect(answer.statusCode).toBe(503)
    expect(answer.json().database).toEqual({ connected: false, migration_version: null, populated: false })
    expect(await ask(app, '/up')).toMatchObject({ statusCode: 503, body: '' })
    const call = await ask(app, path, { token: await make.token(await database()) })
    expect([call.statusCode, call.headers['retry-after'], call.body]).toEqual([503, '1', '{"error":"Service unavailable"}'])
  })

  test('looks at the database once for all who ask at once', async () => {
    const counting = countingReads(await database())
    const app = await makeApp({ db: counting.db })
    const asked = await Promise.all(Array.from({ length: 200 }, () => ask(app, '/healthcheck')))
    expect(new Set(asked.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    expect(counting.reads()).toBeLessThan(20)
    const once = counting.reads()
    await ask(app, '/healthcheck')
    expect(counting.reads()).toBeGreaterThan(once)
  })

  test('is 503 while the process is on its way out', async () => {
    const app = await makeApp({ stopping: () => true })
    for (const url of ['/up', '/healthcheck']) expect((await ask(app, url)).statusCode).toBe(503)
    expect((await ask(app, path)).headers['connection']).toBe('close')
  })

  test.each([
    ['production', ['/account', '/admin', '/registration', '/session', '/sign-in', '/sign-out']],
    ['sandbox', ['/']],
  ] as const)('robots of %s may not read %j', async (environment, paths) => {
    const app = await makeApp({ config: { ...testConfig, environment } })
    const answer = await ask(app, '/robots.txt')
    expect(answer.body.match(/(?<=Disallow: ).*/g)).toEqual(paths)
    expect((await ask(app, '/robots.xml')).statusCode).toBe(404)
  })
})

describe('the header X-With-Server-Date', () => {
  const accept = async (app: FastifyInstance, moment: string) => {
    const db = await database()
    const { public_id, id } = await make.application(db)
    const answer = await ask(app, `/api/v3/npq-applications/${public_id}/accept`, {
      method: 'POST',
      token: await make.token(db),
      headers: { 'x-with-server-date': moment },
    })
    const row = await db.selectFrom('applications').select('accepted_at').where('id', '=', id).executeTakeFirstOrThrow()
    return [answer.statusCode, row.accepted_at?.toString()]
  }

  test('is the moment of its request and of no other', async () => {
    const app = await makeApp()
    const both = await Promise.all([accept(app, '2027-05-01T10:00:00+01:00'), accept(app, '2028-01-01T00:00:00Z')])
    expect(both).toEqual([
      [200, '2027-05-01T09:00:00Z'],
      [200, '2028-01-01T00:00:00Z'],
    ])
  })

  test('moves nothing in production, even with a valid token', async () => {
    const app = await makeApp({ config: { ...testConfig, environment: 'production' } })
    const db = await database()
    const token = makeToken('production')
    await make.insert(db, 'api_tokens', {
      hashed_token: hashToken(token, tokenKey),
      label: 'x',
      issued_by: 'x',
      lead_provider_id: (await make.provider(db)).id,
    })
    for (const moment of ['2027-05-01T09:00:00Z', 'nonsense']) {
      const { public_id, id } = await make.application(db)
      const url = `${path}/${public_id}/accept`
      const answer = await ask(app, url, { method: 'POST', token, headers: { 'x-with-server-date': moment } })
      const row = await db.selectFrom('applications').select('accepted_at').where('id', '=', id).executeTakeFirstOrThrow()
      expect([answer.statusCode, row.accepted_at?.toString()]).toEqual([200, now.toString()])
    }
  })

  test('leaves the last use of the token and the times of history and audit on the real clock', async () => {
    const db = await database()
    const app = await makeApp({ config: { ...testConfig, auditRequests: true } })
    expect((await accept(app, '2031-05-01T09:00:00Z'))[0]).toBe(200)
    await app.close()
    const used = () => db.selectFrom('api_tokens').select('last_used_at').executeTakeFirstOrThrow()
    await vi.waitFor(async () => expect((await used()).last_used_at).not.toBeNull())
    const times = [
      (await used()).last_used_at,
      ...(await db.selectFrom('versions').select('created_at').execute()).map((row) => row.created_at),
      ...(await db.selectFrom('api_request_audits').select('created_at').execute()).map((row) => row.created_at),
    ]
    expect(times.length).toBeGreaterThan(2)
    const farOff = Temporal.Instant.from('2031-01-01T00:00:00Z')
    for (const time of times) expect(Temporal.Instant.compare(time ?? farOff, farOff)).toBe(-1)
  })

  test.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    'nonsense',
    '2026-11-02',
    '2026-11-02T09:00:00',
    '2026-02-30T09:00:00Z',
    '',
  ])('that reads %j is 400, after authentication', async (moment) => {
    const app = await makeApp()
    const headers = { 'x-with-server-date': moment }
    const answer = await ask(app, path, { token: await make.token(await database()), headers })
    expect([answer.statusCode, answer.json().errors[0].title]).toEqual([400, 'Bad request'])
    expect((await ask(app, path, { headers })).statusCode).toBe(401)
  })
})

test('v1 and v2 can be taken out of service', async () => {
  const app = await makeApp({ config: { ...testConfig, v1V2Enabled: false } })
  const token = await make.token(await database())
  const urls = ['/api/v1/npq-applications', '/api/v2/npq-enrolments.csv', '/api/docs/v1/swagger.yaml', path, '/api/docs/v3/swagger.yaml']
  expect(await Promise.all(urls.map(async (url) => (await ask(app, url, { token })).statusCode))).toEqual([404, 404, 404, 200, 200])
})

describe('every answer', () => {
  test.each([path, '/api/v3/nothing', '/api/v1/npq-applications.csv', '/up', '/healthcheck', '/api/%zz'])(
    'carries the security headers: %s',
    async (url) => {
      const answer = await ask(await makeApp(), url)
      expect(answer.headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'x-xss-protection': '0',
        'x-download-options': 'noopen',
        'x-permitted-cross-domain-policies': 'none',
        'referrer-policy': 'origin-when-cross-origin, strict-origin-when-cross-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      })
      expect(answer.headers).not.toHaveProperty('strict-transport-security')
    },
  )

  test('over HTTPS asks for HTTPS from then on, where a trusted proxy says so', async () => {
    const request = { url: path, headers: { 'x-forwarded-proto': 'https' }, remoteAddress: '10.0.0.5' }
    const trusting = await makeApp({ config: { ...testConfig, trustedProxies: ['10.0.0.0/8'] } })
    expect((await trusting.inject(request)).headers['strict-transport-security']).toBe('max-age=631138519')
    expect((await (await makeApp()).inject(request)).headers).not.toHaveProperty('strict-transport-security')
  })

  test('that is a page has the policy of pages', async () => {
    const app = await makeApp()
    app.get('/page', async (_request, reply) => reply.type('text/html').send('<p>'))
    expect((await ask(app, '/page')).headers['content-security-policy']).toContain("script-src 'self'")
  })
})

test('a call is 503 at once where enough others wait for a connection', async () => {
  const pool = new pg.Pool({ max: 1 })
  Object.defineProperty(pool, 'waitingCount', { value: 3 })
  const busy = await makeApp({ pool, config: { ...testConfig, mostWaiting: 3 } })
  const answer = await ask(busy, path, { token: await make.token(await database()) })
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1'])
  expect((await ask(busy, '/up')).statusCode).toBe(200)
  const free = await makeApp({ pool, config: { ...testConfig, mostWaiting: 4 } })
  expect((await ask(free, path)).statusCode).toBe(401)
})

test.each([
  ['its headers', 'GET /up HTTP/1.1\r\nhost: x\r\n'],
  ['its body', 'POST /api/v3/participant-declarations HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{'],
])('a client that never finishes %s is cut off soon after its time', { timeout: 10_000 }, async (_what, sent) => {
  const app = await makeApp({ config: { ...testConfig, headersTimeout: 200, requestTimeout: 400 } })
  onTestFinished(() => app.close())
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const socket = connectTo(Number(port), '127.0.0.1')
  socket
    .on('error', () => {})
    .resume()
    .write(sent)
  await new Promise((resolve) => socket.once('close', resolve))
})

test('what the database refuses and no rule does is a 500, and brought to the operators’ notice', async () => {
  const db = await database()
  const token = await make.token(db)
  const { public_id } = await make.application(db)
  const lines: string[] = []
  const app = await makeApp({ log: { write: (line) => lines.push(line) } })
  await sql`alter table applications add constraint applications_never_rejected check (lead_provider_approval_status <> 'rejected') not valid`.execute(
    db,
  )
  try {
    const answer = await ask(app, `${path}/${public_id}/reject`, { method: 'POST', token, body: '' })
    expect([answer.statusCode, answer.body]).toEqual([500, '{"error":"Internal server error"}'])
  } finally {
    await sql`alter table applications drop constraint applications_never_rejected`.execute(db)
  }
  const alerts = lines.map((line) => JSON.parse(line)).filter(({ alert }) => alert === true)
  expect(alerts).toMatchObject([{ msg: 'the request failed', err: { code: '23514', constraint: 'applications_never_rejected' } }])
})

describe('an error of the database means that it cannot answer now', () => {
  test.each([
    ...['57014', '57P01', '57P03', '55P03', '3D000', '28P01', '08006', '40P01', '58030'],
    // full server, full disk, out of memory, read-only after a failover
    ...['53300', '53100', '53200', '25006'],
    ...['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EHOSTUNREACH', 'EPIPE'],
  ])('by its code %s', (code) => {
    expect(isUnavailable(Object.assign(new Error('x'), { code }))).toBe(true)
  })

  test.each([
    'Query read timeout',
    'timeout expired',
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Postgres connection has been discarded',
  ])('by its words: %s', (message) => {
    expect(isUnavailable(new Error(message))).toBe(true)
  })

  test.each(['23505', '42P01', '25001', 'XX000', 'ERR_INVALID_ARG_TYPE'])('but not by the code %s', (code) => {
    expect(isUnavailable(Object.assign(new Error('Connection terminated'), { code }))).toBe(false)
  })
})

test('what is no HTTP, or names two hosts, is answered in our own form', async () => {
  const app = await makeApp()
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const answerTo = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = ''
      connectTo(port, '127.0.0.1', function (this: Socket) {
        this.end(text)
      })
        .on('data', (bytes) => (answer += bytes))
        .on('close', () => resolve(answer))
    })
  expect(await answerTo('nonsense\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*cache-control: no-store[\s\S]*\{"errors":\[\{"title":"Bad request"/,
  )
  expect(await answerTo(`GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
  const hosts = (...names: string[]) =>
    answerTo(`GET /api/v3/npq-applications HTTP/1.1\r\n${names.map((name) => `${name}: npq.example\r\n`).join('')}connection: close\r\n\r\n`)
  expect(await hosts('Host')).toMatch(/^HTTP\/1\.1 401 /)
  expect(await hosts('Host', 'hOST')).toMatch(/^HTTP\/1\.1 400 [\s\S]*more than one Host header/)
  expect(await hosts()).toMatch(/^HTTP\/1\.1 400 /)
  await app.close()
})

test('metrics are on a port of their own, by route and status', async () => {
  const metrics = makeMetrics()
  const app = await makeApp({ metrics })
  await ask(app, '/api/v3/npq-applications/00000000-0000-4000-8000-000000000000')
  await ask(app, '/made/up')
  const port = await freePort()
  const server = await serveMetrics(metrics, '127.0.0.1', port)
  onTestFinished(() => void server.close())
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(text).toContain('npq_request_duration_seconds_count{method="GET",route="/api/v3/npq-applications/:id",status="401"} 1')
  expect(text).toContain('npq_request_duration_seconds_count{method="GET",route="none",status="404"} 1')
  expect(text).toContain('npq_rate_limit_decisions_total{decision="passed",rule="none"} 2')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
  expect(text).toContain('npq_request_audits_lost_total 0')
  expect((await ask(app, '/metrics')).statusCode).toBe(404)
})
