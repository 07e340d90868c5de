import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { endpoints } from '../../src/api/index.ts'
import { versions } from '../../src/api/versions.ts'
import type { Database } from '../../src/db/connect.ts'
import { deepest, mostMembers } from '../../src/http/bodies.ts'
import { ask, makeApp } from '../support/app.ts'
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

const csvPaths = endpoints.filter(({ format }) => format === 'csv').map(({ path }) => path)
const withoutCsv = endpoints.filter(({ method, path, format }) => format === 'json' && (method !== 'GET' || !csvPaths.includes(`${path}.csv`)))
const unknownId = '00000000-0000-4000-8000-000000000000'

describe('a path', () => {
  test.each([
    ['GET', '/api/v3/nothing'],
    ['GET', '/api/v4/npq-applications'],
    ['GET', '/api/v3'],
    ['PATCH', '/api/v3/npq-applications'],
    ['DELETE', `/api/v3/npq-applications/${unknownId}`],
    ['POST', '/api/v1/npq-applications'],
    ['GET', `/api/v1/npq-applications/${unknownId}/accept`],
    ['GET', '/api/v1/npq-enrolments.json'],
  ] as const)('that no version has (%s %s) is 404 without a look at the token', async (method, url) => {
    const answer = await ask(app, url, { method })
    expect([answer.statusCode, answer.body]).toEqual([404, '{"error":"Resource not found"}'])
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  })

  test.each(['POST', 'PATCH', 'PUT'] as const)('that no version has is 404 for %s before its body is read', async (method) => {
    const headers = { 'content-type': 'application/json' }
    for (const payload of ['{"data"', `"${'x'.repeat(1_100_000)}"`])
      expect((await app.inject({ method, url: '/api/v3/nothing', headers, payload })).statusCode).toBe(404)
  })

  test.each(['50%', '%ff', '%zz'])('is found whatever its query: filter[cohort]=%s', async (value) => {
    const url = `/api/v3/npq-applications?filter[cohort]=${value}`
    expect([(await ask(app, url, { token })).statusCode, (await ask(app, url)).statusCode]).toEqual([200, 401])
  })

  test.each(['/%61pi/v3/npq-applications', 'http://npq.example/api/v3/npq-applications', 'http://npq.example/api/v3/nothing'])(
    'in another spelling, %s, is answered in JSON',
    async (url) => {
      const answer = await ask(app, url)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([url.endsWith('nothing') ? 404 : 401, 'application/json'])
    },
  )

  test.each(['/api/v2/nothing.csv', '/api/v1/npq-enrolments.csv', '/api/nothing.csv', '/api/v3.csv', '/api/guidance/nothing.csv', '/nothing.csv'])(
    'of an unknown CSV file (%s) is 404 with an empty text',
    async (url) => {
      const answer = await ask(app, url, { token })
      expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([404, '', 'text/plain'])
    },
  )

  test.each(withoutCsv.map(({ method, path, versions }) => [method, path, versions] as const))(
    'that has no CSV form (%s %s) is answered in JSON with .csv as without, refusals included',
    async (method, path, ofVersions) => {
      const { public_id } = await make.application(db, { lead_provider_approval_status: 'rejected' })
      for (const version of ofVersions) {
        for (const id of [public_id, unknownId]) {
          const url = `/api/${version}${path.replace('{id}', id)}`
          // a cursor tells when it was given, so no two answers with one are the same
          const query = path === '/changes' ? '?after=x' : ''
          const body = { data: { attributes: { course_identifier: 'x', delivery_partner_id: 'x' } } }
          const [plain, suffixed] = [
            await ask(app, `${url}${query}`, { token, method, body }),
            await ask(app, `${url}.csv${query}`, { token, method, body }),
          ]
          expect([suffixed.statusCode, suffixed.body, suffixed.headers['content-type']]).toEqual([plain.statusCode, plain.body, 'application/json'])
          if (!path.includes('{id}')) break
        }
      }
    },
  )

  test.each(versions)('of %s may end in a slash or in .json', async (version) => {
    for (const ending of ['', '/', '.json', '.json/', '/?', '?page[page]=1']) {
      const answer = await ask(app, `/api/${version}/npq-applications${ending}`, { token })
      expect([answer.statusCode, answer.body], ending).toEqual([200, '{"data":[]}'])
    }
  })

  test.each([
    ['/api/v1/npq-applications.html', 406],
    ['/api/v2/npq-applications.xml', 406],
    ['/api/v3/npq-applications.html', 200],
    ['/api/v3/npq-applications.csv', 200],
  ])('with another suffix, %s, is answered %i', async (url, status) => {
    const answer = await ask(app, url, { token })
    expect([answer.statusCode, answer.body]).toEqual([status, status === 200 ? '{"data":[]}' : ''])
    expect((await ask(app, url)).statusCode).toBe(401)
  })

  test('answers HEAD as GET without a body', async () => {
    const answer = await ask(app, '/api/v3/npq-applications', { token, method: 'HEAD' })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
  })

  test.each(['123XXX', '%ZZ', '%FF', 'a'.repeat(5000), `${unknownId}0`, '%00', "' or 1=1", unknownId])('with the id %s is 404', async (id) => {
    const answer = await ask(app, `/api/v3/npq-applications/${id}`, { token })
    expect([answer.statusCode, answer.body]).toEqual([404, '{"error":"Resource not found"}'])
  })

  test('takes an id in any letter case, and with a suffix that means nothing there', async () => {
    const { public_id } = await make.application(db)
    for (const id of [public_id, public_id.toUpperCase(), `${public_id}.json`, `${public_id}.html`]) {
      expect((await ask(app, `/api/v3/npq-applications/${id}`, { token })).json().data.id).toBe(public_id)
    }
  })
})

describe('the members of a body', () => {
  const members = (howMany: number) => Object.fromEntries(Array.from({ length: howMany }, (_, place) => [`k${place}`, 1]))
  const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  // beside them there are data, attributes and the root
  const around = 3
  test.each([
    ['as many members as may be', members(mostMembers - around + 1), 404],
    ['one more', members(mostMembers - around + 2), 400],
    ['80,000 members', members(80_000), 400],
    ['a list of 80,000', { x: Array(80_000).fill(1) }, 400],
    ['80,000 lists', { x: Array(80_000).fill([]) }, 400],
    ['lists as deep as may be', { x: deep(deepest - around) }, 404],
    ['lists one deeper', { x: deep(deepest - around + 1) }, 400],
    ['a text of many commas, quotes and brackets', { x: '",[{\\"'.repeat(10_000), y: '\\' }, 404],
  ])('with %s', async (_, attributes, status) => {
    const url = `/api/v3/participants/npq/${unknownId}/resume`
    const answer = await ask(app, url, { token, method: 'PUT', body: { data: { attributes } } })
    expect(answer.statusCode).toBe(status)
    if (status === 400) {
      expect(answer.json().errors).toEqual([
        {
          code: 'body_too_complex',
          title: 'Bad request',
          detail: expect.stringContaining(`more than ${mostMembers} members, or is nested more than ${deepest} deep`),
        },
      ])
    }
  })
})

describe('an answer', () => {
  test('is JSON whatever the Accept header asks for', async () => {
    for (const accept of ['text/csv', 'text/html', 'application/xml']) {
      const answer = await ask(app, '/api/v1/npq-applications', { token, headers: { accept } })
      expect(answer.headers['content-type']).toBe('application/json')
    }
  })

  test('is compressed for a client that asks for gzip', async () => {
    for (let i = 0; i < 5; i++) await make.application(db)
    const answer = await ask(app, '/api/v3/npq-applications', { token, headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers['content-encoding']).toBe('gzip')
  })

  test('carries a harmless request id of the caller, and a new one in the place of any other', async () => {
    const ids = ['my-id.1:2_3', 'a b', '', 'x'.repeat(200), '<script>']
    const kept = await Promise.all(
      ids.map(async (id) => (await ask(app, '/api/v3/nothing', { headers: { 'x-request-id': id } })).headers['x-request-id'] === id),
    )
    expect(kept).toEqual([true, false, false, false, false])
  })

  test('to a failure of ours is a plain 500 that tells nothing', async () => {
    await app.close()
    const broken = await makeApp({ db: new Proxy(db, { get: brokenQuery }) })
    const answer = await ask(broken, '/api/v3/npq-applications', { token, headers: { accept: 'text/html' } })
    expect([answer.statusCode, answer.body]).toEqual([500, '{"error":"Internal server error"}'])
    const csv = await ask(broken, '/api/v1/npq-applications.csv', { token })
    expect([csv.statusCode, csv.body, csv.headers['content-type']]).toEqual([500, '', 'text/plain'])
  })
})

function brokenQuery(): never {
  throw new Error('a secret of the inside')
}

describe.each(versions)('paging in %s', (version) => {
  const list = async (query: string) => (await ask(app, `/api/${version}/npq-applications?${query}`, { token })).json().data

  test('cuts the list into pages that neither overlap nor skip, and ends in an empty one', async () => {
    const person = await make.user(db)
    const ids: string[] = []
    for (let i = 0; i < 8; i++) ids.push((await make.application(db, { user: person })).public_id)
    const pages = await Promise.all([1, 2, 3].map((page) => list(`page[page]=${page}&page[per_page]=5`)))
    expect(pages.map((page) => page.length)).toEqual([5, 3, 0])
    expect(pages.flat().map(({ id }) => id)).toEqual(ids)
  })

  test.each([
    'page[page]=-1',
    'page[page]=0',
    'page[per_page]=0',
    'page[per_page]=-5',
    'page[page]=abc',
    'page[per_page]=',
    'page[page]=1.5',
    'page[page]=2abc',
  ])('refuses %s', async (query) => {
    const answer = await ask(app, `/api/${version}/npq-applications?${query}`, { token })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual({
      errors: [
        { code: 'page_malformed', title: 'Bad request', detail: 'The parameters #/page[page] and #/page[per_page] must be valid positive numbers.' },
      ],
    })
  })

  test.each([
    ['page=2', 1],
    ['page[page][x]=0', 1],
    ['page[page]=%201%20', 1],
    ['page[per_page]=5000', 1],
    [`page[per_page]=${'9'.repeat(40)}`, 1],
    [`page[page]=${'9'.repeat(40)}`, 0],
    ['page[page]=9007199254740993', 0],
  ])('reads %s without complaint', async (query, count) => {
    await make.application(db)
    expect(await list(query)).toHaveLength(count)
  })

  test('gives 100 without being asked, and never more than 3,000', async () => {
    await make.copies(db, await make.application(db), 3000)
    expect(await list('')).toHaveLength(100)
    expect(await list('page[per_page]=5000')).toHaveLength(3000)
    expect(await list('page[per_page]=5000&page[page]=2')).toHaveLength(1)
  })

  test('is left out of single resources', async () => {
    const { public_id } = await make.application(db)
    expect((await ask(app, `/api/${version}/npq-applications/${public_id}?page[page]=-1`, { token })).statusCode).toBe(200)
  })
})

describe.each(versions)('the shape of filters in %s', (version) => {
  test.each(['filter=abc', 'filter=', 'filter[]=x', 'filter[cohort]=2023&filter=x'])('refuses %s on lists, resources and actions', async (query) => {
    const { public_id } = await make.application(db)
    for (const [method, path] of [
      ['GET', ''],
      ['GET', `/${public_id}`],
      ['POST', `/${public_id}/reject`],
    ] as const) {
      const answer = await ask(app, `/api/${version}/npq-applications${path}?${query}`, { token, method })
      expect(answer.statusCode).toBe(400)
      expect(answer.json().errors).toEqual([
        { code: 'filter_malformed', title: 'Bad request', detail: expect.stringContaining('#/filter is not a valid field') },
      ])
    }
  })

  test.each([
    'filter',
    'filter[unknown]=x',
    'filter[cohort]=',
    'filter[cohort]=%20',
    'filter[cohort][]=1999',
    'filter[cohort][x]=1999',
    'filter%5Bcohort%5D=',
  ])('does not filter by %s', async (query) => {
    await make.application(db)
    expect((await ask(app, `/api/${version}/npq-applications?${query}`, { token })).json().data).toHaveLength(1)
  })
})

describe('a body', () => {
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const { public_id } = await make.application(db)
    return ask(app, `/api/v3/npq-applications/${public_id}/reject`, { token, method: 'POST', body, headers })
  }

  test.each(['{"data"', '{', 'nonsense', '\u0000', '[', Buffer.from([0x22, 0xff, 0x22]), Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])])(
    'that is not JSON (%j) is 400, even where no body is needed, and changes nothing',
    async (body) => {
      const answer = await post(body)
      expect(answer.statusCode).toBe(400)
      expect(answer.json().errors).toEqual([{ code: 'body_malformed', title: 'Bad request', detail: expect.stringContaining('JSON') }])
      expect(await db.selectFrom('applications').select('lead_provider_approval_status as status').execute()).toEqual([{ status: 'pending' }])
    },
  )

  test.each(['application/json; charset=utf-8', 'application/vnd.api+json', 'text/json', 'APPLICATION/JSON'])('is read as %s', async (type) => {
    expect((await post('{', { 'content-type': type })).statusCode).toBe(400)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])(
    'of the type %s counts as none',
    async (type) => {
      expect((await post('{', { 'content-type': type })).statusCode).toBe(200)
    },
  )

  test('without bytes counts as none', async () => {
    expect((await post('')).statusCode).toBe(200)
  })

  test('over 1 MiB is 413, whatever its type', async () => {
    for (const type of ['application/json', 'text/plain']) {
      const answer = await post(`"${'x'.repeat(1024 * 1024)}"`, { 'content-type': type })
      expect(answer.statusCode).toBe(413)
      expect(answer.json().errors[0].title).toBe('Payload too large')
    }
  })
})
