import type { FastifyInstance } from 'fastify'
import { type KyselyPlugin, sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Endpoint, endpointsOf } from '../../../src/api/endpoint.ts'
import { endpoints } from '../../../src/api/index.ts'
import { type Version, versions } from '../../../src/api/versions.ts'
import { claimKey } from '../../../src/api/writes/kept-answers.ts'
import type { Database } from '../../../src/db/connect.ts'
import { ask, makeApp, testConfig } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import { milestone } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

type Sent = { key?: string; method?: 'POST' | 'PUT'; body?: unknown; as?: string; by?: FastifyInstance }

async function send(path: string, { key, method = 'POST', body, as = token, by = app }: Sent = {}) {
  const answer = await ask(by, path, { token: as, method, body, headers: key === undefined ? {} : { 'idempotency-key': key } })
  const code = answer.statusCode < 300 || answer.statusCode === 404 ? undefined : (answer.json().errors?.[0]?.code as string)
  return { status: answer.statusCode, text: answer.body, code, replayed: answer.headers['idempotency-replayed'] }
}

const accept = (id: string, sent: Sent = {}, version: Version = 'v3') => send(`/api/${version}/npq-applications/${id}/accept`, sent)
const rows = async (table: 'declarations' | 'versions' | 'kept_answers') => (await db.selectFrom(table).select('id').execute()).length

/** What a provider sends to declare the start of a new participant. */
async function start() {
  await make.statement(db)
  const { user_id } = await make.acceptedApplication(db)
  const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()
  const attributes = { participant_id: public_id, declaration_type: 'started', declaration_date: milestone, course_identifier: 'npq-headship' }
  return { data: { type: 'participant-declaration', attributes } }
}

describe.each(versions)('a key in %s', (version) => {
  test('makes a declaration once, and repeats the first answer byte for byte', async () => {
    const body = await start()
    const first = await send(`/api/${version}/participant-declarations`, { key: 'one', body })
    expect([first.status, first.replayed]).toEqual([200, undefined])
    const written = await rows('versions')
    for (const key of ['one', '"one"']) {
      const again = await send(`/api/${version}/participant-declarations`, { key, body })
      expect(again).toEqual({ ...first, replayed: 'true' })
    }
    expect([await rows('declarations'), await rows('versions')]).toEqual([1, written])
  })

  test('is taken by every write, whatever it is answered', async () => {
    const writes = endpointsOf(endpoints, version).filter(({ method }) => method !== 'GET')
    expect(writes.length).toBeGreaterThan(8)
    for (const { method, path } of writes as (Endpoint & { method: 'POST' | 'PUT' })[]) {
      const url = `/api/${version}${path.replace('{id}', '00000000-0000-4000-8000-000000000000')}`
      const body = { data: { attributes: { course_identifier: 'x', delivery_partner_id: 'x', funded_place: true } } }
      const sent = { key: path, method, body }
      const first = await send(url, sent)
      expect([400, 404, 422], path).toContain(first.status)
      expect(await send(url, sent), path).toEqual({ ...first, replayed: 'true' })
    }
  })
})

describe('an answer that is kept', () => {
  test('is a refusal too, also where the request would be accepted by now', async () => {
    const application = await make.application(db, { lead_provider_approval_status: 'rejected' })
    const first = await accept(application.public_id, { key: 'k' })
    expect(first.status).toBe(422)
    await db.updateTable('applications').set({ lead_provider_approval_status: 'pending' }).where('id', '=', application.id).execute()
    expect(await accept(application.public_id, { key: 'k' })).toEqual({ ...first, replayed: 'true' })
    expect((await accept(application.public_id, { key: 'another' })).status).toBe(200)
  })

  test('is told by the JSON of the body, not by its spelling', async () => {
    const { public_id } = await make.application(db)
    const attributes = { schedule_identifier: null }
    await accept(public_id, { key: 'k', body: { data: { attributes } } })
    expect(await accept(public_id.toUpperCase(), { key: 'k', body: '{ "data": {"attributes": {"schedule_identifier":\n null}}}' })).toMatchObject({
      status: 200,
      replayed: 'true',
    })
  })

  test.each<[string, (id: string, other: string) => [string, Sent]]>([
    ['another body', (id) => [`/api/v3/npq-applications/${id}/accept`, { body: { data: { attributes: { funded_place: true } } } }]],
    ['another resource', (_, other) => [`/api/v3/npq-applications/${other}/accept`, {}]],
    ['another action', (id) => [`/api/v3/npq-applications/${id}/reject`, {}]],
    ['another version', (id) => [`/api/v2/npq-applications/${id}/accept`, {}]],
    ['another method', (id) => [`/api/v3/npq-applications/${id}/change-funded-place`, { method: 'PUT', body: {} }]],
  ])('is not given to %s: 422, and nothing is carried out', async (_, other) => {
    const [one, two] = [await make.application(db), await make.application(db)]
    await accept(one.public_id, { key: 'k' })
    const written = await rows('versions')
    const [path, sent] = other(one.public_id, two.public_id)
    expect(await send(path, { ...sent, key: 'k' })).toMatchObject({ status: 422, code: 'idempotency_key_reused', replayed: undefined })
    expect(await rows('versions')).toBe(written)
  })

  test('is not given to another provider with the same key', async () => {
    const mine = await make.application(db)
    const theirs = await make.application(db, { provider: 'Teach First' })
    const as = await make.token(db, 'Teach First')
    const first = await accept(mine.public_id, { key: 'k' })
    expect(await accept(mine.public_id, { key: 'k', as })).toMatchObject({ status: 404, replayed: undefined })
    expect(await accept(theirs.public_id, { key: 'l', as })).toMatchObject({ status: 200, replayed: undefined })
    expect(await accept(mine.public_id, { key: 'k', as: await make.token(db) })).toEqual({ ...first, replayed: 'true' })
  })

  test('is forgotten after a day: the request counts as a new one', async () => {
    const { public_id } = await make.application(db)
    await accept(public_id, { key: 'k' })
    await db.updateTable('kept_answers').set({ created_at: sql`clock_timestamp() - interval '24 hours 1 second'` }).execute()
    expect(await accept(public_id, { key: 'k' })).toMatchObject({ status: 422, replayed: undefined })
    expect(await accept(public_id, { key: 'k' })).toMatchObject({ status: 422, replayed: 'true' })
    expect(await rows('kept_answers')).toBe(1)
  })
})

describe('a key', () => {
  test.each([
    ['is empty', ''],
    ['is blank', ' '],
    ['has 256 characters', 'k'.repeat(256)],
    ['has 10,000 characters', 'k'.repeat(10_000)],
    ['has a space', 'a b'],
    ['is two keys', 'a, b'],
    ['has a parameter', '"a";b=1'],
    ['has one quote', '"a'],
    ['has no character between its quotes', '""'],
    ['is no ASCII', 'é'],
  ])('that %s is refused with 400, and nothing is carried out', async (_, key) => {
    const { public_id } = await make.application(db)
    expect(await accept(public_id, { key })).toMatchObject({ status: 400, code: 'idempotency_key_malformed' })
    expect([await rows('versions'), await rows('kept_answers')]).toEqual([0, 0])
  })

  test('of 255 characters is taken', async () => {
    const { public_id } = await make.application(db)
    expect(await accept(public_id, { key: '~'.repeat(255) })).toMatchObject({ status: 200 })
  })

  test('has no meaning for reads, and a write without one keeps nothing', async () => {
    const { public_id } = await make.application(db)
    const list = await ask(app, '/api/v3/npq-applications', { token, headers: { 'idempotency-key': '' } })
    expect(list.statusCode).toBe(200)
    expect((await accept(public_id)).status).toBe(200)
    expect(await rows('kept_answers')).toBe(0)
  })
})

test('what fails on our side is not kept, and what it had written goes with it', async () => {
  const { public_id } = await make.application(db)
  const keepsNothing: KyselyPlugin = {
    transformQuery({ node }) {
      if (JSON.stringify(node).includes('"kept_answers"') && node.kind === 'InsertQueryNode') throw new Error('the answer cannot be kept')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const failing = await makeApp({ db: db.withPlugin(keepsNothing) })
  expect((await accept(public_id, { key: 'k', by: failing })).status).toBe(500)
  expect([await rows('versions'), await rows('kept_answers')]).toEqual([0, 0])
  expect(await accept(public_id, { key: 'k' })).toMatchObject({ status: 200, replayed: undefined })
})

describe.runIf(onPostgres)('requests with one key at the same time', () => {
  test('are carried out once, and all get the first answer', async () => {
    const body = await start()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('/api/v3/participant-declarations', { key: 'k', body })))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers.filter(({ replayed }) => replayed === undefined)).toHaveLength(1)
    expect(await rows('declarations')).toBe(1)
  })

  test('are answered 409 where the first takes too long, and its answer once it is there', async () => {
    const { public_id, lead_provider_id } = await make.application(db)
    const impatient = await makeApp({ config: { ...testConfig, repeatWait: 60 } })
    await db.transaction().execute(async (trx) => {
      expect(await claimKey(trx, { providerId: lead_provider_id, key: 'k' })).toBe(true)
      expect(await accept(public_id, { key: 'k', by: impatient })).toMatchObject({ status: 409, code: 'idempotency_key_in_use' })
      expect(await accept(public_id, { key: 'other', by: impatient })).toMatchObject({ status: 200 })
    })
    expect(await accept(public_id, { key: 'other', by: impatient })).toMatchObject({ status: 200, replayed: 'true' })
  })
})
