import type { FastifyInstance, FastifyRequest } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { backgroundWriter, mostHeld } from '../../src/http/audit.ts'
import { deepest } from '../../src/http/bodies.ts'
import { bodyShown } from '../../src/http/body-shown.ts'
import { ask, makeApp, testConfig } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

const path = '/api/v3/npq-applications'
const unknown = `${path}/00000000-0000-4000-8000-000000000000`

let db: Database
let token: string
let app: FastifyInstance
let lines: string[]
beforeEach(async () => {
  db = await database()
  token = await make.token(db)
  lines = []
  app = await makeApp({ config: { ...testConfig, auditRequests: true, logLevel: 'debug' }, log: { write: (line) => lines.push(line) } })
})

const jsonColumns = ['request_headers', 'request_body', 'response_headers', 'response_body'] as const

/** What was kept, once everything is written. */
async function kept() {
  await app.close()
  return db.selectFrom('api_request_audits').selectAll().orderBy('id').execute()
}
const answered = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')

describe('the audit of requests', () => {
  test('keeps a refused call with its body and its errors, and an answered one without', async () => {
    const { public_id } = await make.application(db, { lead_provider_approval_status: 'rejected' })
    const body = { data: { attributes: { funded_place: true, email: 'someone@school.example', deep: [{ trn: '1234567' }] } } }
    await ask(app, `${path}/${public_id}/accept`, { token, method: 'POST', body })
    await ask(app, `${path}?page[page]=1&filter[email]=a@b.example`, { token })
    const [refused, answered] = await kept()
    expect(refused).toMatchObject({
      event_type: 'persist_api_request',
      namespace: 'npq',
      lead_provider: 'Ambition Institute',
      request_method: 'POST',
      request_path: `${path}/${public_id}/accept`,
      status_code: 422,
      request_body: { data: { attributes: { funded_place: true, email: '[FILTERED]', deep: [{ trn: '[FILTERED]' }] } } },
      response_body: { errors: [{ title: expect.any(String), detail: expect.any(String), code: 'application_already_rejected' }] },
      response_headers: { 'content-type': 'application/json' },
    })
    expect(answered).toMatchObject({
      status_code: 200,
      response_body: {},
      request_body: { 'page[page]': '1', 'filter[email]': '[FILTERED]' },
      request_headers: { 'http-version': '1.1', 'query-string': { 'page[page]': '1' } },
    })
  })

  test('keeps 404 and 429 too, and only the calls of providers to versions of the API', async () => {
    await ask(app, '/api/v3/nothing', { token })
    await ask(app, path)
    await ask(app, path, { token: makeToken('test') })
    await ask(app, '/api/docs/v3/swagger.yaml', { token })
    expect((await kept()).map(({ request_path, status_code }) => [request_path, status_code])).toEqual([['/api/v3/nothing', 404]])
  })

  test.each([
    ['application/json', '{"data"', 400, 'not JSON'],
    ['application/json', `"${'x'.repeat(1024 * 1024)}"`, 413, '1048576 bytes'],
  ])('marks a body of %s that could not be kept', async (type, body, status, text) => {
    const answer = await ask(app, `${unknown}/accept`, { token, method: 'POST', body, headers: { 'content-type': type } })
    expect(answer.statusCode).toBe(status)
    expect((await kept())[0]).toMatchObject({ status_code: status, request_body: { error: expect.stringContaining(text) } })
  })

  test.each(['/%61pi/v3/npq-applications', 'http://npq.example/api/v3/npq-applications'])('keeps a call that spells its path %s', async (url) => {
    expect((await ask(app, url, { token })).statusCode).toBe(200)
    expect(await kept()).toHaveLength(1)
  })

  test('keeps calls with a NUL in their query, and those beside a row that the database refuses', async () => {
    await ask(app, `${path}?filter[cohort]=%00`, { token })
    expect(await kept()).toMatchObject([{ status_code: 200, request_body: { 'filter[cohort]': '\ufffd' } }])
    const [row] = await db.selectFrom('api_request_audits').selectAll().execute()
    const values = { ...row, id: undefined, ...Object.fromEntries(jsonColumns.map((name) => [name, JSON.stringify(row?.[name])])) }
    let lost = 0
    const writer = backgroundWriter({ db, room: 10, lost: (rows) => (lost += rows) }, app.log)
    for (const status_code of [1, 2, 3]) writer.add({ ...values, status_code, ...(status_code === 2 && { request_path: '\0' }) } as never)
    await writer.finish()
    const statuses = await db.selectFrom('api_request_audits').select('status_code').orderBy('id').execute()
    expect([statuses.map(({ status_code }) => status_code), lost]).toEqual([[200, 1, 3], 1])
  })

  test.each(['multipart/form-data; boundary=x', 'application/octet-stream'])('does not keep %s', async (type) => {
    await ask(app, `${unknown}/accept`, { token, method: 'POST', body: 'x', headers: { 'content-type': type } })
    expect(await kept()).toEqual([])
  })

  test('loses rows rather than waiting, counts them, and outlives a failure', async () => {
    let lost = 0
    const row = {
      lead_provider_id: 1,
      lead_provider: 'x',
      request_id: 'x',
      request_method: 'GET',
      request_path: '/',
      request_headers: '{}',
      status_code: 200,
      response_headers: '{}',
      response_body: '{}',
      created_at: Temporal.Instant.from('2026-11-02T09:00:00Z'),
    }
    const writer = backgroundWriter({ db, room: 2, lost: (rows) => (lost += rows) }, app.log)
    for (let count = 0; count < 5; count++) writer.add(row)
    expect(lost).toBe(3)
    await writer.finish()
    writer.add({ ...row, response_body: 'not JSON' })
    await writer.finish()
    expect(lost).toBe(4)
    writer.add(row)
    await writer.finish()
    expect(await kept()).toHaveLength(3)
    expect(lines.filter((line) => line.includes('could not be written'))).toHaveLength(1)
  })

  test('keeps rows while the database is away, and writes them once it is back', async () => {
    const row = await ask(app, '/api/v3/nothing', { token }).then(async () => (await kept())[0])
    if (!row) throw new Error('no row was kept')
    const { id: _, request_headers, request_body, response_headers, response_body, ...values } = row
    const json = { request_headers: '{}', request_body: '{}', response_headers: '{}', response_body: '{}' }
    let lost = 0
    let refused = 0
    // as a read-only server after a failover refuses it
    const away = new Proxy(db, {
      get: (of, name) => {
        if (name === 'executeQuery' && refused++ < 2) throw Object.assign(new Error('read-only'), { code: '25006' })
        const member = Reflect.get(of, name)
        return typeof member === 'function' ? member.bind(of) : member
      },
    })
    const writer = backgroundWriter({ db: away, room: 10, lost: (rows) => (lost += rows) }, app.log)
    for (let count = 0; count < 3; count++) writer.add({ ...values, ...json })
    const written = async () => (await db.selectFrom('api_request_audits').select('id').execute()).length
    await expect.poll(written, { timeout: 5000 }).toBe(4)
    expect([lost, refused]).toEqual([0, 3])
  })

  test('holds no more than its room in characters, whatever the number of rows', async () => {
    let lost = 0
    const writer = backgroundWriter({ db, room: 1000, lost: (rows) => (lost += rows) }, app.log)
    const row = await ask(app, '/api/v3/nothing', { token }).then(async () => (await kept())[0])
    if (!row) throw new Error('no row was kept')
    const { id: _, ...values } = row
    const large = {
      ...values,
      request_headers: '{}',
      response_headers: '{}',
      response_body: '{}',
      request_body: JSON.stringify('x'.repeat(mostHeld / 8)),
    }
    for (let count = 0; count < 10; count++) writer.add(large)
    expect(lost).toBe(3)
    await writer.finish()
    for (let count = 0; count < 10; count++) writer.add({ ...large, request_body: null })
    await writer.finish()
    expect(lost).toBe(3)
  })

  test('is off in development', async () => {
    const { readConfig } = await import('../../src/config.ts')
    expect(readConfig({ ENVIRONMENT: 'development' }).auditRequests).toBe(false)
    expect(readConfig({ ENVIRONMENT: 'sandbox' }).auditRequests).toBe(true)
  })
})

describe('the log', () => {
  test('has one line for an answer, with what it was about', async () => {
    await ask(app, `${path}?page[page]=0`, { token, headers: { 'x-request-id': 'mine', accept: 'text/csv', 'x-other': 'y' } })
    expect(answered()).toHaveLength(1)
    expect(answered()[0]).toMatchObject({
      reqId: 'mine',
      method: 'GET',
      path,
      route: path,
      status: 400,
      duration: expect.any(Number),
      caller: { class: 'LeadProvider', id: expect.any(Number), name: 'Ambition Institute' },
      request_query_params: { 'page[page]': '0' },
      request_headers: { accept: 'text/csv' },
      request_body: null,
      response_headers: { 'x-request-id': 'mine' },
      response_body: { errors: [{ title: 'Bad request' }] },
    })
    expect(answered()[0].request_headers).not.toHaveProperty('x-other')
  })

  test.each([
    ['of a success', `${path}?page[page]=1`, {}, false],
    ['of a refusal', `${path}?page[page]=0`, {}, true],
    ['of a slow request', `${path}?page[page]=1`, { slowRequest: 0 }, true],
    ['of a success at the level debug', `${path}?page[page]=1`, { logLevel: 'debug' as const }, true],
  ])('%s says in full what was sent and answered: %s %j %s', async (_what, url, config, full) => {
    app = await makeApp({ config: { ...testConfig, ...config }, log: { write: (line) => lines.push(line) } })
    await ask(app, url, { token })
    expect(answered()).toMatchObject([{ path, status: expect.any(Number), caller: { name: 'Ambition Institute' } }])
    const fields = ['request_query_params', 'request_headers', 'request_body', 'response_headers', 'response_body']
    expect(fields.filter((name) => name in answered()[0])).toEqual(full ? fields : [])
  })

  test('marks a slow request', async () => {
    app = await makeApp({ config: { ...testConfig, slowRequest: 0 }, log: { write: (line) => lines.push(line) } })
    await ask(app, '/api/v3/nothing')
    expect(answered()[0]).toMatchObject({ slow: true, level: 40 })
  })
})

test('a body nested as deep as may be is logged and kept, and the call of one nested deeper with what was wrong', async () => {
  const nested = (levels: number) => `{"data":{"attributes":{"funded_place":${'['.repeat(levels)}"a@b.example"${']'.repeat(levels)}}}}`
  for (const levels of [deepest - 3, 100_000]) await ask(app, `${unknown}/accept`, { token, method: 'POST', body: nested(levels) })
  const [deep, deeper] = await kept()
  expect(deep).toMatchObject({ status_code: 404, request_body: JSON.parse(nested(deepest - 3).replace('a@b.example', '[FILTERED]')) })
  expect(deeper).toMatchObject({ status_code: 400, request_body: { error: expect.stringContaining('too many members') } })
  expect(answered()).toHaveLength(2)
})

test('log and audit read a body once', () => {
  const request = { body: { trn: '1234567', reason: 'x' } } as FastifyRequest
  const shown = bodyShown(request)
  request.body = undefined
  expect([shown, bodyShown({ body: undefined } as FastifyRequest)]).toEqual(['{"trn":"[FILTERED]","reason":"x"}', undefined])
  request.body = { another: 1 }
  expect(bodyShown(request)).toBe(shown)
})

test('an error of the database is logged without the values of the row', async () => {
  const email = 'private.person@school.example'
  await make.user(db, { email })
  app.get('/api/again', async () => void (await make.user(db, { email })))
  expect((await ask(app, '/api/again')).statusCode).toBe(500)
  expect(lines.find((line) => line.includes('the request failed'))).toContain('users_email_key')
  expect(lines.join()).not.toContain(email)
})

test('a refusal of the limiter is logged without what the path holds', async () => {
  const limits = { ...testConfig.limits, everything: { requests: 1, seconds: 300 } }
  app = await makeApp({ config: { ...testConfig, limits }, log: { write: (line) => lines.push(line) } })
  for (let request = 0; request < 2; request++) await ask(app, `/private.person@school.example/${token}`)
  expect(lines.filter((line) => line.includes('a rate limit was passed'))).toHaveLength(1)
  expect(lines.join()).not.toMatch(/private\.person|npq_/)
})

test('no token and no address is in any log line, audit row or refusal, wherever a caller puts it', async () => {
  const email = 'private.person@school.example'
  const stranger = makeToken('sandbox')
  const { public_id } = await make.application(db, { user: await make.user(db, { email }) })
  const secrets = [token, stranger, email]
  const answers: string[] = []
  for (const secret of secrets) {
    const spots = [
      { url: `${path}?token=${secret}&filter[participant_id]=${secret}&filter[updated_since]=${secret}&sort=${secret}` },
      { url: `${path}?x=${encodeURIComponent(secret)}&filter=${encodeURIComponent(secret)}` },
      { url: `${path}?${secret}` },
      { url: `${path}?x=${encodeURIComponent(encodeURIComponent(secret))}` },
      { url: `${path}/${secret}` },
      { url: `${path}/${encodeURIComponent(secret)}` },
      { url: `/api/v3/${secret}.csv` },
      { url: `/${secret}` },
      { url: `/%zz${secret}` },
      { url: path, headers: { 'x-request-id': secret, 'user-agent': secret, accept: secret, host: secret, 'cache-control': secret } },
      { url: path, headers: { 'x-with-server-date': secret } },
      { url: `${unknown}/accept`, method: 'POST' as const, body: `{"data": "${secret}` },
      {
        url: `${path}/${public_id}/accept`,
        method: 'POST' as const,
        body: { data: { attributes: { schedule_identifier: secret, [secret]: secret } }, [secret]: 1 },
      },
      { url: `${path}/${public_id}/change-funded-place`, method: 'PUT' as const, body: { data: { attributes: { funded_place: secret } } } },
    ]
    for (const { url, headers, ...asked } of spots) {
      for (const authorization of [`Bearer ${token}`, `Token token="${stranger}"`]) {
        const answer = await ask(app, url, { ...asked, headers: { authorization, ...headers } })
        if (answer.statusCode !== 200) answers.push(answer.body)
      }
    }
  }
  const audits = (await kept()).map((row) => JSON.stringify(row))
  expect(audits.length).toBeGreaterThan(20)
  expect(answered().length).toBeGreaterThan(70)
  for (const secret of secrets) {
    for (const text of [...lines, ...audits, ...answers]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(encodeURIComponent(secret))
    }
  }
})

test('a provider’s accept is kept under the provider’s name, without secret columns', async () => {
  const { public_id } = await make.application(db)
  await ask(app, `${path}/${public_id}/accept`, { token, method: 'POST' })
  const versions = await db.selectFrom('versions').selectAll().execute()
  const { id } = await make.provider(db)
  expect(versions.length).toBeGreaterThan(0)
  for (const { whodunnit, object, object_changes } of versions) {
    expect(whodunnit).toBe(`Lead provider ${id}`)
    expect(JSON.stringify([object, object_changes])).not.toMatch(/hashed_token|raw_identity_payload/)
  }
})
