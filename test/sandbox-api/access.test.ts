import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { ask } from '../support/app.ts'
import { database, onPostgres } from '../support/database.ts'
import { makeSandboxApp, sandboxConfig, sandboxToken } from '../support/sandbox.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeSandboxApp()
  token = await sandboxToken(db)
})

const makeToken = (label: unknown, as = token) =>
  ask(app, '/api/sandbox/tokens', { token: as, method: 'POST', body: { data: { attributes: { label } } } })
const revoke = (id: string, as = token) => ask(app, `/api/sandbox/tokens/${id}/revoke`, { token: as, method: 'PUT' })
const list = async (as = token) => (await ask(app, '/api/sandbox/tokens', { token: as })).json().data

describe('a provider’s own tokens', () => {
  test('are made with what they are for, shown once, used and revoked', async () => {
    const made = (await makeToken('Our nightly job')).json().data
    expect(made).toMatchObject({ type: 'sandbox-token', attributes: { label: 'Our nightly job', token: expect.stringMatching(/^npq_sandbox_/) } })
    expect((await list()).map(({ attributes }: { attributes: object }) => attributes)).toMatchObject([
      { label: 'for a test', token: null, revoked_at: null },
      { label: 'Our nightly job', token: null, revoked_at: null },
    ])
    expect((await ask(app, '/api/v3/npq-applications', { token: made.attributes.token })).statusCode).toBe(200)
    expect((await revoke(made.id)).json().data.attributes).toMatchObject({ token: null, revoked_at: '2026-11-02T09:00:00Z' })
    const later = await makeSandboxApp()
    expect((await ask(later, '/api/v3/npq-applications', { token: made.attributes.token })).statusCode).toBe(401)
    const issued = await db.selectFrom('api_tokens').select(['issued_by', 'revoked_by']).where('public_id', '=', made.id).executeTakeFirstOrThrow()
    expect(issued.issued_by).toMatch(/^Lead provider \d+$/)
    expect(issued.revoked_by).toBe(issued.issued_by)
  })

  test('are kept nowhere, also where the request that makes one has an Idempotency-Key', async () => {
    const request = { token, method: 'POST', headers: { 'idempotency-key': 'once' }, body: { data: { attributes: { label: 'Ours' } } } } as const
    const made = [await ask(app, '/api/sandbox/tokens', request), await ask(app, '/api/sandbox/tokens', request)]
    expect(made.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect(made[0]?.json().data.id).not.toBe(made[1]?.json().data.id)
    expect(await db.selectFrom('kept_answers').selectAll().execute()).toEqual([])
  })

  test('are nobody else’s to see or revoke', async () => {
    const stranger = await sandboxToken(db, 'Teach First')
    const { id } = (await makeToken('Ours')).json().data
    expect(await list(stranger)).toHaveLength(1)
    expect((await revoke(id, stranger)).statusCode).toBe(404)
    expect((await list())[1].attributes.revoked_at).toBeNull()
  })

  test.each([
    ['no label', null, 'label_missing'],
    ['a blank label', '  ', 'label_missing'],
    ['a label that goes on and on', 'x'.repeat(101), 'label_too_long'],
  ])('are not made with %s', async (_, label, code) => {
    const refused = await makeToken(label)
    expect([refused.statusCode, refused.json().errors[0].code]).toEqual([422, code])
    expect(await list()).toHaveLength(1)
  })

  test('are twenty at most, as far as they are in use', async () => {
    for (let count = 1; count < 20; count++) await sandboxToken(db)
    expect((await makeToken('One more')).json().errors[0].code).toBe('too_many_tokens')
    await revoke((await list())[3].id)
    expect((await makeToken('One more')).statusCode).toBe(200)
  })

  test('are never all revoked, nor any of them twice', async () => {
    const [{ id }] = await list()
    expect((await revoke(id)).json().errors[0].code).toBe('last_token')
    const made = (await makeToken('Another')).json().data
    expect((await revoke(made.id)).statusCode).toBe(200)
    expect((await revoke(made.id)).json().errors[0].code).toBe('token_already_revoked')
  })

  test.runIf(onPostgres)('leave one in use, where the last two are revoked at once', async () => {
    await makeToken('Another')
    const answers = await Promise.all((await list()).map(({ id }: { id: string }) => revoke(id)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422])
  })
})

describe('a provider’s last requests', () => {
  beforeEach(async () => {
    app = await makeSandboxApp({ config: { ...sandboxConfig, auditRequests: true } })
  })

  const requests = async (as = token) =>
    (await ask(app, '/api/sandbox/requests', { token: as })).json().data.map(({ attributes }: { attributes: object }) => attributes)

  test('are shown with status, codes, duration and id, the newest first, without what was sent or shown', async () => {
    await ask(app, '/api/v3/npq-applications?filter[cohort]=2026', { token, headers: { 'x-request-id': 'first' } })
    const body = { data: { attributes: { participant_id: 'secret' } } }
    await ask(app, '/api/v3/participant-declarations', { token, method: 'POST', body, headers: { 'x-request-id': 'second' } })
    await expect.poll(() => requests()).toHaveLength(2)
    const shown = await requests()
    expect(shown).toEqual([
      {
        method: 'POST',
        path: '/api/v3/participant-declarations',
        status: 422,
        codes: expect.arrayContaining(['participant_unknown']),
        duration_ms: expect.any(Number),
        request_id: 'second',
        created_at: expect.any(String),
      },
      expect.objectContaining({ method: 'GET', path: '/api/v3/npq-applications', status: 200, codes: [], request_id: 'first' }),
    ])
    expect(JSON.stringify(shown)).not.toContain('secret')
    expect(await requests(await sandboxToken(db, 'Teach First'))).toEqual([])
  })

  test('are a hundred at most', async () => {
    for (let count = 0; count < 101; count++) await ask(app, '/api/v3/statements', { token })
    await expect.poll(async () => (await db.selectFrom('api_request_audits').select('id').execute()).length).toBe(101)
    expect(await requests()).toHaveLength(100)
  })
})
