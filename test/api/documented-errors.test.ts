import type { FastifyInstance } from 'fastify'
import type { KyselyPlugin } from 'kysely'
import pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Endpoint, endpointsOf } from '../../src/api/endpoint.ts'
import { makeCursors } from '../../src/api/feed/cursors.ts'
import { endpoints } from '../../src/api/index.ts'
import { memoryWindows } from '../../src/api/rate-limit/memory-windows.ts'
import { type Version, versions } from '../../src/api/versions.ts'
import { standardLimits } from '../../src/config.ts'
import type { Database } from '../../src/db/connect.ts'
import { ask, makeApp, testConfig, tokenKey } from '../support/app.ts'
import { database } from '../support/database.ts'
import { milestone } from '../support/declarations.ts'
import * as make from '../support/make.ts'
import { operationsOf } from '../support/schemas.ts'

const unknownId = '00000000-0000-4000-8000-000000000000'
const formerId = '23dd8d66-e11f-4139-9001-86b4f9abcb02'
const presentId = '7a8fef46-3c43-42c0-b3d5-1ba5904ba562'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

type Asked = Readonly<{ id?: string; suffix?: string; body?: unknown; by?: FastifyInstance; as?: string | undefined; key?: string }>

/** Sends one request to an endpoint. */
function send(version: Version, { method, path }: Endpoint, { id = unknownId, suffix = '', body, by = app, as = token, key }: Asked) {
  const url = `/api/${version}${path.replace('{id}', id)}${suffix}`
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  return ask(by, url, { method, headers, ...(as && { token: as }), ...(method !== 'GET' && body !== undefined && { body }) })
}

const attributes = (values: Record<string, unknown>) => ({ data: { attributes: values } })

/** An id that the endpoint finds. */
async function knownId({ path }: Endpoint): Promise<string> {
  const application = await make.acceptedApplication(db)
  if (path.startsWith('/participant-declarations')) return (await make.declaration(db, { application })).public_id
  return path.startsWith('/participants') ? participantOf(application) : application.public_id
}

async function participantOf({ user_id }: { user_id: number }): Promise<string> {
  return (await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()).public_id
}

/** A request that breaks the rule which the endpoint documents, by the last part of its path. */
const breaking: Record<string, () => Promise<Asked>> = {
  npq: async () => ({ suffix: '?filter[training_status]=asleep' }),
  accept: async () => ({ id: (await make.acceptedApplication(db)).public_id, body: {} }),
  reject: async () => ({ id: (await make.application(db, { lead_provider_approval_status: 'rejected' })).public_id }),
  'change-funded-place': async () => ({ id: (await make.application(db)).public_id, body: attributes({ funded_place: false }) }),
  'participant-declarations': async () => {
    const application = await make.acceptedApplication(db)
    await make.statement(db)
    const sent = { participant_id: await participantOf(application), course_identifier: 'npq-headship', declaration_type: 'started' }
    const body = attributes({ ...sent, declaration_date: milestone })
    expect((await ask(app, '/api/v1/participant-declarations', { token, method: 'POST', body })).statusCode).toBe(200)
    return { body }
  },
  void: async () => ({ id: (await make.declaration(db, { application: await make.acceptedApplication(db), state: 'voided' })).public_id }),
  'change-delivery-partner': async () => ({
    id: (await make.declaration(db, { application: await make.acceptedApplication(db) })).public_id,
    body: attributes({ delivery_partner_id: unknownId }),
  }),
  outcomes: async () => ({
    id: await participantOf(await make.acceptedApplication(db)),
    body: attributes({ course_identifier: 'npq-headship', state: 'passed', completion_date: '2026-02-10' }),
  }),
}
const onUnknownCourse = async () => ({
  id: await participantOf(await make.acceptedApplication(db)),
  body: attributes({ course_identifier: 'npq-nothing' }),
})

type Provoke = (version: Version, endpoint: Endpoint, servers: Awaited<ReturnType<typeof troubled>>) => ReturnType<typeof send>

const provoke: Record<string, Provoke> = {
  400: async (version, endpoint) => {
    const suffix = endpoint.method === 'GET' ? '?filter[updated_since]=x&filter[created_since]=x&page[page]=0&after=x' : ''
    const takesBody = endpoint.format === 'json' && endpoint.body !== undefined
    return send(version, endpoint, { id: await knownId(endpoint), suffix, body: { data: {} }, ...(!takesBody && { key: 'a key' }) })
  },
  401: (version, endpoint) => send(version, endpoint, { as: '' }),
  403: async (version, endpoint) => {
    const application = await make.acceptedApplication(db)
    const { public_id } = await make.declaration(db, { application })
    const other = await make.provider(db, 'Teach First')
    await db.updateTable('applications').set({ lead_provider_id: other.id }).where('id', '=', application.id).execute()
    return send(version, endpoint, { id: public_id, as: await make.token(db, 'Teach First'), body: attributes({ delivery_partner_id: unknownId }) })
  },
  404: (version, endpoint) => send(version, endpoint, { body: attributes({ course_identifier: 'x', funded_place: true, delivery_partner_id: 'x' }) }),
  406: (version, endpoint) => send(version, endpoint, { suffix: '.html' }),
  409: (version, endpoint, { waiting }) => send(version, endpoint, { by: waiting, key: 'k' }),
  410: async (version, endpoint) => send(version, endpoint, { id: formerId, suffix: `?after=${await expiredCursor()}` }),
  413: (version, endpoint) => send(version, endpoint, { body: 'x'.repeat(1024 * 1024 + 1) }),
  422: async (version, endpoint) => send(version, endpoint, await (breaking[endpoint.path.split('/').at(-1) ?? ''] ?? onUnknownCourse)()),
  429: (version, endpoint, { limited }) => send(version, endpoint, { by: limited }),
  500: (version, endpoint, { broken }) => send(version, endpoint, { by: broken }),
  503: (version, endpoint, { busy }) => send(version, endpoint, { by: busy }),
}

async function expiredCursor(): Promise<string> {
  const { id } = await make.provider(db)
  const position = { system: '1', transaction: '1', id: 1 }
  return makeCursors(tokenKey).write(id, { position, at: Temporal.Instant.fromEpochMilliseconds(0) })
}

/** Servers that pass a limit, fail, are overloaded, and find every key in use. */
async function troubled() {
  const time = { now: 0 }
  const windows = memoryWindows(() => time.now * 1_000_000)
  const limit = standardLimits.token
  const { id } = await db.selectFrom('api_tokens').select('id').executeTakeFirstOrThrow()
  for (let request = 0; request < limit.requests; request++) await windows.take([{ rule: 'token', whose: String(id), limit }])
  time.now = limit.seconds - 12
  const pool = new pg.Pool({ max: 1 })
  Object.defineProperty(pool, 'waitingCount', { value: 3 })
  const fails = () => {
    throw new Error('the inside is broken')
  }
  return {
    limited: await makeApp({ windows, config: { ...testConfig, limits: { ...testConfig.limits, token: limit } } }),
    broken: await makeApp({ db: new Proxy(db, { get: fails }) }),
    waiting: await makeApp({ db: db.withPlugin(noneClaims), config: { ...testConfig, repeatWait: 0 } }),
    busy: await makeApp({ pool, config: { ...testConfig, mostWaiting: 3 } }),
  }
}

/** Answers every claim of a key as where another request holds it. */
const noneClaims: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  async transformResult({ result }) {
    return { ...result, rows: result.rows.map((row) => ('claimed' in row ? { claimed: false } : row)) }
  },
}

function firstError(example: unknown): unknown {
  return (example as { errors: readonly unknown[] }).errors[0]
}

describe.each(versions)('the document of %s', (version) => {
  test('has of every error what a running server answers', async () => {
    const servers = await troubled()
    const user = await make.user(db, { public_id: presentId })
    await make.acceptedApplication(db, { user })
    await make.idChange(db, { user, from_participant_id: formerId, created_at: Temporal.Instant.from('2026-09-21T14:00:00Z') })
    const statuses = new Set<string>()
    for (const endpoint of endpointsOf(endpoints, version)) {
      const name = `${endpoint.method} /api/${version}${endpoint.path}`
      for (const [status, { content = {}, headers = {} }] of Object.entries(operationsOf(version).get(name)?.responses ?? {})) {
        if (status === '200') continue
        statuses.add(status)
        const answer = await provoke[status]?.(version, endpoint, servers)
        const [type, media] = Object.entries(content)[0] ?? []
        expect([answer?.statusCode, answer?.headers['content-type']], `${name} ${status}`).toEqual([Number(status), type])
        for (const [header, { example }] of Object.entries(headers)) expect(answer?.headers[header], `${name} ${status}`).toBe(String(example))
        if (type !== 'application/json') expect(answer?.body, `${name} ${status}`).toBe(media?.example ?? '')
        else if (status === '422') expect(answer?.json().errors, name).toContainEqual(firstError(media?.example))
        else expect(answer?.json(), `${name} ${status}`).toEqual(media?.example)
      }
    }
    const everywhere = ['400', '401', '404', '409', '413', '422', '429', '500', '503']
    expect([...statuses].sort()).toEqual([...everywhere, ...(version === 'v3' ? ['403', '410'] : ['406'])].sort())
  })
})
