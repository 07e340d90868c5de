import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { backgroundWriter } from '../../src/observe/audit.ts'
import { redact, redactPath, redactQuery } from '../../src/observe/redact.ts'
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
  app = await makeApp({ config: { ...testConfig, auditRequests: true }, log: { write: (line) => lines.push(line) } })
})

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
      response_body: { errors: [{ title: expect.any(String), detail: expect.any(String) }] },
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

  test('marks a slow request', async () => {
    app = await makeApp({ config: { ...testConfig, slowRequest: 0 }, log: { write: (line) => lines.push(line) } })
    await ask(app, '/api/v3/nothing')
    expect(answered()[0]).toMatchObject({ slow: true, level: 40 })
  })
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

describe('redaction', () => {
  test.each(['trn', 'TRN', 'to', 'code', 'Full_Name', 'api_key', 'password', 'user_email', 'previous_names', 'Authorization'])(
    'masks %s at any depth',
    (name) => {
      expect(redact({ a: [{ [name]: { x: 1 } }] })).toEqual({ a: [{ [name]: '[FILTERED]' }] })
    },
  )
  test.each(['training_status', 'cohort', 'total', 'decoded'])('leaves %s', (name) => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: 'x' })
  })
  test('masks parameters and paths', () => {
    expect(redactQuery('filter[trn]=1&page[page]=2')).toEqual({ 'filter[trn]': '[FILTERED]', 'page[page]': '2' })
    expect(redactQuery('')).toBeNull()
    expect(redactPath('/x/a%40b.example?q')).toBe('/x/[FILTERED]')
  })
})
