import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { moduleOf } from '../../packages/client/generate.ts'
import { type Connection, connect, type Failure, NpqError, orThrow, sync, wordsOf } from '../../packages/client/src/index.ts'
import { published } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { documentOf } from '../../src/api/openapi.ts'
import { versions } from '../../src/api/versions.ts'
import { standingAt } from '../../src/clock.ts'
import { makeSandbox } from '../../src/sandbox-api/index.ts'
import { makeApp, now, tokenKey } from '../support/app.ts'
import { database } from '../support/database.ts'
import { milestone } from '../support/declarations.ts'
import * as make from '../support/make.ts'
import { operationsIn } from '../support/schemas.ts'

let app: FastifyInstance
let base: string
beforeEach(async () => {
  app = await makeApp()
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => app.close())

const instant = (text: string) => Temporal.Instant.from(text)
const unknownId = '7a8fef46-3c43-42c0-b3d5-1ba5904ba562'

type Sent = { method: string; address: string; key: string | null; body: string | undefined }
type Scripted = Response | Error | 'real'

/** A client whose first requests get these answers, and what it sent and how long it waited. */
async function scripted(answers: Scripted[] = [], more: Partial<Connection> = {}) {
  const sent: Sent[] = []
  const waits: number[] = []
  const client = connect({
    version: 'v3',
    url: base,
    token: await make.token(await database()),
    async fetch(url, init) {
      const headers = new Headers(init?.headers)
      const body = init?.body === undefined ? undefined : String(init.body)
      sent.push({
        method: init?.method ?? '',
        address: decodeURIComponent(String(url).slice(base.length)),
        key: headers.get('idempotency-key'),
        body,
      })
      const answer = answers.shift() ?? 'real'
      if (answer instanceof Error) throw answer
      return answer === 'real' ? fetch(url, init) : answer
    },
    pause: async (milliseconds) => void waits.push(milliseconds),
    ...more,
  })
  return { client, sent, waits }
}

const answered = (status: number, headers: Record<string, string> = {}, body: unknown = { error: 'Service unavailable' }) =>
  new Response(JSON.stringify(body), { status, headers })

function failed(result: { ok: true } | { ok: false; failure: Failure }): Failure {
  if (result.ok) throw new Error('It succeeded.')
  return result.failure
}

const sandbox = makeSandbox({ environment: 'sandbox', tokenKey, clock: standingAt(now) }).surface
const surfaces = [...versions.map((version) => [version, published(endpoints, version)] as const), ['sandbox', sandbox] as const]

describe.each(surfaces)('the client of %s', (version, surface) => {
  const document = documentOf(surface, 'https://npq.example')

  test('is made from the OpenAPI document', async () => {
    const module = await moduleOf(JSON.parse(JSON.stringify(document)))
    await expect(module).toMatchFileSnapshot(`../../packages/client/src/${version}.ts`)
  })

  test('has a function for every request, and sends it where the document says', async () => {
    const sent: string[] = []
    const client = connect({
      version,
      url: 'https://npq.example/',
      token: 'npq_test_x',
      async fetch(url, init) {
        sent.push(`${init?.method} ${new URL(String(url)).pathname}`)
        return new Response('{"data":[],"meta":{"cursor":"x"}}')
      },
    })
    for (const { path, operationId, ...endpoint } of surface.endpoints) {
      const call = client[operationId as keyof typeof client] as (...given: unknown[]) => unknown
      const body = endpoint.format === 'json' && endpoint.body
      const result = call(...(path.match(/\{\w+\}/g) ?? []).map(() => unknownId), ...(body ? [{}] : []))
      const many = typeof result === 'object' && result && Symbol.asyncIterator in result
      await (many ? (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next() : result)
    }
    expect(sent.sort()).toEqual([...operationsIn(document).keys()].map((name) => name.replace(/\{\w+\}/, unknownId)).sort())
  })
})

describe('a list', () => {
  test('is read page by page as one goes through it, with its filter and order', async () => {
    const db = await database()
    const { client, sent } = await scripted()
    for (let count = 0; count < 3; count++) await make.application(db, { cohort: '2026b' })
    await make.application(db, { cohort: '2025a' })
    const ids = []
    for await (const { id } of client.listApplications({ filter: { cohort: '2026' }, sort: '-created_at', page: { per_page: 2 } })) ids.push(id)
    expect(new Set(ids).size).toBe(3)
    const page = (number: number) => `/api/v3/npq-applications?filter[cohort]=2026&sort=-created_at&page[page]=${number}&page[per_page]=2`
    expect(sent.map(({ address }) => address)).toEqual([page(1), page(2)])
  })

  test('asks for no more to a page than the API gives, so that a full page is not taken for the last', async () => {
    const { client, sent } = await scripted()
    await client.listStatements({ page: { per_page: 10_000 } }).all()
    expect(sent[0]?.address).toBe('/api/v3/statements?page[page]=1&page[per_page]=3000')
  })

  test('throws what kind of failure it met', async () => {
    const reading = connect({ version: 'v3', url: base, token: 'npq_test_none' }).listApplications().all()
    const error = await reading.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(NpqError)
    expect((error as NpqError).failure).toMatchObject({ kind: 'unauthorised', status: 401 })
  })

  test('can be had as the text of a file', async () => {
    const { id: label } = await make.application(await database())
    const client = connect({ version: 'v1', url: base, token: await make.token(await database()) })
    const file = await orThrow(client.listApplicationsAsCsv())
    expect([file.split('\n')[0]?.startsWith('id,'), file.trim().split('\n').length, label > 0]).toEqual([true, 2, true])
  })
})

describe('a request', () => {
  test('is sent again after the wait that a 429 states, and no sooner than a 503 says', async () => {
    const { client, sent, waits } = await scripted([
      answered(429, { 'retry-after': '7' }),
      answered(503, { 'retry-after': '20' }),
      new TypeError('fetch failed'),
    ])
    expect(await client.listStatements().all()).toEqual([])
    expect(sent).toHaveLength(4)
    expect(waits.slice(0, 2)).toEqual([7000, 20_000])
    expect(waits[2]).toBeGreaterThanOrEqual(1000)
    expect(waits[2]).toBeLessThanOrEqual(2000)
  })

  test('waits until the window has room, where the last answer said that nothing remains', async () => {
    const full = answered(200, { ratelimit: '"token";r=0;t=12' }, { data: [] })
    const { client, waits } = await scripted([full])
    await client.listStatements().all()
    await client.listStatements().all()
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeGreaterThan(11_000)
  })

  test.each([
    ['five attempts', {}, Array.from({ length: 9 }, () => answered(503)), 5],
    ['the attempts that it was given', { attempts: 2 }, [answered(503), answered(503), answered(503)], 2],
    ['as long as its patience lasts', { patience: 60_000 }, [answered(429, { 'retry-after': '61' })], 1],
  ] as const)('is given up after %s', async (_, more, answers, times) => {
    const { client, sent } = await scripted([...answers], more)
    expect(['unavailable', 'too-many-requests']).toContain(failed(await client.getStatement(unknownId)).kind)
    expect(sent).toHaveLength(times)
  })

  test('is sent once where no repeat would mend it', async () => {
    const { client, sent } = await scripted()
    expect(failed(await client.getApplication(unknownId))).toMatchObject({ kind: 'not-found', requestId: expect.stringMatching(/./) })
    expect(sent).toHaveLength(1)
  })

  test('ends with the signal that its caller gave', async () => {
    const { client, sent } = await scripted([answered(503), answered(503)])
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(client.getStatement(unknownId, { signal: controller.signal })).rejects.toThrow('enough')
    expect(sent).toEqual([])
  })
})

describe('a write', () => {
  test('is repeated under the same key, and the next one has another', async () => {
    const db = await database()
    const { client, sent } = await scripted([answered(503), new TypeError('fetch failed')])
    const [one, two] = [await make.application(db), await make.application(db)]
    expect((await orThrow(client.acceptApplication(one.public_id))).attributes.status).toBe('accepted')
    await orThrow(client.rejectApplication(two.public_id))
    const keys = sent.map(({ key }) => key)
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]])
    expect(keys[3]).not.toBe(keys[0])
  })

  test('that was carried out although its answer was lost is answered as it was the first time', async () => {
    const { public_id } = await make.application(await database())
    let lost = false
    const { client } = await scripted([], {
      async fetch(url, init) {
        const answer = await fetch(url, init)
        if (lost) return answer
        await answer.text()
        lost = true
        throw new TypeError('terminated')
      },
    })
    const result = await client.acceptApplication(public_id)
    expect(result).toMatchObject({ ok: true, replayed: true, data: { id: public_id, attributes: { status: 'accepted' } } })
  })

  test('is tried out without a key, and tells what is foreseen', async () => {
    const db = await database()
    await make.statement(db)
    const { user_id } = await make.acceptedApplication(db)
    const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()
    const { client, sent } = await scripted()
    const result = await client.createDeclaration(
      { participant_id: public_id, declaration_type: 'started', declaration_date: milestone, course_identifier: 'npq-headship' },
      { dryRun: true },
    )
    expect(result).toMatchObject({ ok: true, meta: { dry_run: true, payment: { will_be_paid: true } } })
    expect(sent).toMatchObject([{ address: '/api/v3/participant-declarations?dry_run=true', key: null }])
    expect(await client.listDeclarations().all()).toEqual([])
  })

  test('takes a key of its caller', async () => {
    const { client, sent } = await scripted()
    await client.rejectApplication(unknownId, { key: 'row-17' })
    expect(sent[0]?.key).toBe('row-17')
  })

  test('without a key is repeated only where it was not looked at', async () => {
    const { client, sent } = await scripted([answered(429, { 'retry-after': '1' }), answered(503)])
    expect(failed(await client.rejectApplication(unknownId, { key: false })).kind).toBe('unavailable')
    expect(sent.map(({ key }) => key)).toEqual([null, null])
  })

  test('whose key would be passed over has none, and is repeated only where it was not looked at', async () => {
    const sent: (string | null)[] = []
    const answers = [answered(429, { 'retry-after': '1' }), answered(503)]
    const client = connect({
      version: 'sandbox',
      url: base,
      token: 'npq_test_x',
      async fetch(_, init) {
        sent.push(new Headers(init?.headers).get('idempotency-key'))
        return answers.shift() ?? answered(500)
      },
      pause: async () => undefined,
    })
    expect(failed(await client.makeToken({ label: 'Our nightly job' }))).toMatchObject({ kind: 'unavailable', status: 503 })
    expect(sent).toEqual([null, null])
  })

  test('sends its attributes in the envelope of the API', async () => {
    const { client, sent } = await scripted()
    await client.acceptApplication(unknownId, { funded_place: true })
    expect(sent[0]).toMatchObject({
      method: 'POST',
      address: `/api/v3/npq-applications/${unknownId}/accept`,
      body: '{"data":{"type":"npq-application-accept","attributes":{"funded_place":true}}}',
    })
  })

  test('tells why it was refused by codes that the compiler knows', async () => {
    const { public_id } = await make.application(await database(), { cohort: '2026b' })
    const { client } = await scripted()
    const result = await client.acceptApplication(public_id)
    if (result.ok || result.failure.kind !== 'refused') throw new Error('It was not refused.')
    expect(result.failure.reasons.map(({ code }) => code)).toEqual(['funded_place_missing'])
    expect(wordsOf(result.failure)).toMatch(/^422 refused – funded_place: .* \(x-request-id .+\)$/)
    const known: typeof result.failure.reasons = [{ title: '', detail: '', code: 'funded_place_missing' }]
    expect(known).toHaveLength(1)
  })
})

describe('an answer that is no success', () => {
  test.each([
    [400, 'malformed'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [406, 'malformed'],
    [409, 'in-progress'],
    [413, 'malformed'],
    [422, 'refused'],
    [500, 'unavailable'],
    [301, 'unexpected'],
  ] as const)('%s is told as %s', async (status, kind) => {
    const { client } = await scripted([answered(status)], { attempts: 1 })
    expect(failed(await client.rejectApplication(unknownId))).toMatchObject({ kind, status })
  })

  test('names the new id of a participant whose id was replaced', async () => {
    const db = await database()
    const { id } = await make.user(db)
    const application = await make.acceptedApplication(db, { user: { id } })
    const user = await db.selectFrom('users').selectAll().where('id', '=', application.user_id).executeTakeFirstOrThrow()
    await make.idChange(db, { user, from_participant_id: unknownId })
    const { client } = await scripted()
    expect(failed(await client.getParticipant(unknownId))).toMatchObject({ kind: 'replaced', newId: user.public_id })
  })

  test('is told as a page of something else, or as no answer, where it is not the API that speaks', async () => {
    const { client } = await scripted([new Response('<h1>Sign in</h1>')])
    expect(failed(await client.getStatement(unknownId))).toMatchObject({ kind: 'unexpected', text: '<h1>Sign in</h1>' })
    const closed = connect({ version: 'v3', url: 'http://127.0.0.1:1', token: 'x', attempts: 1 })
    expect(wordsOf(failed(await closed.getStatement(unknownId)))).toMatch(/^No answer came: /)
  })
})

describe('the feed', () => {
  test('tells what changed since a cursor, batch by batch, and goes on from the cursor that was kept', async () => {
    const db = await database()
    const { client } = await scripted()
    const read = async (after: string) => {
      const changes: string[] = []
      let kept = after
      for await (const { data, cursor } of client.listChanges({ after, limit: 1 })) {
        changes.push(...data.map(({ attributes }) => `${attributes.kind} ${attributes.resource_type} ${attributes.resource_id}`))
        kept = cursor
      }
      return { changes, kept }
    }
    const [one, two] = [await make.application(db), await make.application(db)]
    const start = await read('now')
    await orThrow(client.rejectApplication(one.public_id))
    const first = await read(start.kept)
    await orThrow(client.rejectApplication(two.public_id))
    const second = await read(first.kept)
    expect([start.changes, first.changes, second.changes]).toEqual([
      [],
      [`updated npq_application ${one.public_id}`],
      [`updated npq_application ${two.public_id}`],
    ])
  })

  test('goes on while it waits, until the signal of its caller', async () => {
    const { client, sent } = await scripted(Array.from({ length: 3 }, () => answered(200, {}, { data: [], meta: { cursor: 'c' } })))
    const controller = new AbortController()
    const following = async () => {
      for await (const { cursor } of client.listChanges({ after: 'b', wait: 30 }, { signal: controller.signal })) {
        if (sent.length === 3) controller.abort(new Error(`left at ${cursor}`))
      }
    }
    await expect(following()).rejects.toThrow('left at c')
    expect(sent.map(({ address }) => address)).toEqual(['b', 'c', 'c'].map((after) => `/api/v3/changes?after=${after}&wait=30`))
  })

  test('says where a cursor is too old', async () => {
    const { client } = await scripted([answered(410, {}, { errors: [{ title: '', detail: '', code: 'cursor_expired' }] })])
    const reading = client.listChanges({ after: 'old' })[Symbol.asyncIterator]().next()
    await expect(reading).rejects.toMatchObject({ failure: { kind: 'expired' } })
  })
})

describe('sync', () => {
  test('gives everything twice, then only what changed since the run before the last began by the clock of the API', async () => {
    const db = await database()
    const { public_id: old } = await make.application(db, {
      created_at: instant('2026-10-01T00:00:00Z'),
      updated_at: instant('2026-10-01T00:00:00Z'),
    })
    const at = (date: string) => ({ date: new Date(date).toUTCString() })
    const dated = (date: string): typeof fetch => {
      return async (url, init) => {
        const answer = await fetch(url, init)
        return new Response(await answer.text(), { status: answer.status, headers: at(date) })
      }
    }
    const token = await make.token(db)
    let cursor: string | undefined
    const run = async (date: string) => {
      const client = connect({ version: 'v3', url: base, token, fetch: dated(date) })
      const ids: string[] = []
      for await (const page of sync((query) => client.listApplications(query), cursor)) {
        ids.push(...page.records.map(({ id }) => id))
        cursor = page.cursor
      }
      return ids
    }
    expect(await run('2026-11-02T08:20:00Z')).toEqual([old])
    expect(await run('2026-11-02T09:20:00Z')).toEqual([old])
    const { public_id: changed } = await make.application(db, { updated_at: instant('2026-11-02T08:20:00Z') })
    expect(await run('2026-11-02T10:20:00Z')).toEqual([changed])
    expect(cursor).toBe('["2026-11-02T09:20:00.000Z","2026-11-02T10:20:00.000Z"]')
  })

  test('moves the cursor with the last page only, so that a run that breaks off is begun again', async () => {
    const db = await database()
    for (let count = 0; count < 3; count++) await make.application(db)
    const { client } = await scripted()
    const cursors = []
    for await (const { cursor } of sync((query) => client.listApplications({ ...query, page: { per_page: 2 } }))) cursors.push(cursor)
    expect(cursors).toEqual([undefined, expect.stringMatching(/^\["20/)])
  })

  test('refuses a cursor that it did not make', async () => {
    const { client } = await scripted()
    const reading = sync((query) => client.listApplications(query), 'yesterday').next()
    await expect(reading).rejects.toThrow('This cursor was not made by sync: yesterday. Leave it out to read everything.')
  })
})
