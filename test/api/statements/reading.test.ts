import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: Awaited<ReturnType<typeof makeApp>>
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

const get = (path: string) => ask(app, `/api/v3/statements${path}`, { token })
const idsOf = async (query: string) => (await get(query)).json().data.map(({ id }: { id: string }) => id)
const date = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(text)

describe('a statement', () => {
  test('shows its attributes in their order and formats', async () => {
    const { public_id } = await make.statement(db, {
      cohort: '2025b',
      year: 2026,
      month: 7,
      deadline_date: date('2026-06-25'),
      payment_date: date('2026-07-25'),
      created_at: at('2025-09-02T08:15:00.999Z'),
      updated_at: at('2026-01-26T00:00:04.5Z'),
    })
    const answer = await get(`/${public_id}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(answer.body).toBe(
      JSON.stringify({
        data: {
          id: public_id,
          type: 'statement',
          attributes: {
            month: 'July',
            year: '2026',
            cohort: '2025',
            cut_off_date: '2026-06-25',
            payment_date: '2026-07-25',
            paid: false,
            created_at: '2025-09-02T08:15:00Z',
            updated_at: '2026-01-26T00:00:04Z',
          },
        },
      }),
    )
  })

  test.each([
    ['open', null, false],
    ['payable', null, false],
    ['payable', at('2026-11-01T10:00:00Z'), false],
    ['paid', at('2026-11-01T10:00:00Z'), true],
  ] as const)('in state %s, authorised at %s, has paid %s', async (state, marked_as_paid_at, paid) => {
    const { public_id } = await make.statement(db, { state, marked_as_paid_at })
    expect((await get(`/${public_id}`)).json().data.attributes.paid).toBe(paid)
  })

  test('without dates shows null for both', async () => {
    const { public_id } = await make.statement(db, { deadline_date: null, payment_date: null })
    expect((await get(`/${public_id.toUpperCase()}`)).json().data.attributes).toMatchObject({ cut_off_date: null, payment_date: null })
  })

  test('is not found where it is another provider’s, no payment run, malformed or filtered out', async () => {
    const own = await make.statement(db, { cohort: '2022a' })
    const theirs = await make.statement(db, { provider: 'Teach First' })
    const fee = await make.statement(db, { output_fee: false })
    const hidden = [
      `/${theirs.public_id}`,
      `/${fee.public_id}`,
      '/123XXX',
      '/5f0a6a34-6d0e-4a0c-9a55-3c1f2f8a7b10',
      `/${own.public_id}?filter[cohort]=2021`,
      `/${own.public_id}?filter[updated_since]=2030-01-01`,
    ]
    for (const path of hidden) {
      const answer = await get(path)
      expect([path, answer.statusCode, answer.json()]).toEqual([path, 404, { error: 'Resource not found' }])
    }
    expect((await get(`/${own.public_id}?filter[cohort]=2022&filter[updated_since]=2026-10-01T09:00:00Z`)).statusCode).toBe(200)
    expect((await get(`/${own.public_id}?filter[updated_since]=never`)).statusCode).toBe(400)
  })
})

describe('the list of statements', () => {
  test('holds the provider’s own payment runs alone, each once', async () => {
    const own = await make.statement(db)
    await make.statement(db, { provider: 'Teach First' })
    await make.statement(db, { month: 10, output_fee: false })
    await make.contract(db, { statement: own, course: 'npq-senco' })
    for (const type of ['started', 'retained-1'] as const) {
      const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), declaration_type: type, state: 'eligible' })
      await make.item(db, { statement: own, declaration })
    }
    expect(await idsOf('')).toEqual([own.public_id])
  })

  test('is ordered by payment date, those without one last, and stable over pages', async () => {
    const made = new Map<string, string>()
    const days = ['2026-12-03', '2026-12-01', null, '2026-12-02', '2026-12-02', null, '2026-12-02', '2026-12-02']
    for (const [index, day] of days.entries()) {
      const { public_id } = await make.statement(db, { month: index + 1, deadline_date: null, payment_date: day === null ? null : date(day) })
      made.set(public_id, String(index))
    }
    const expected = ['1', '3', '4', '6', '7', '0', '2', '5']
    const pages = [1, 2, 3].map((page) => idsOf(`?page[page]=${page}&page[per_page]=5`))
    const lists = (await Promise.all(pages)).map((ids) => ids.map((id: string) => made.get(id)))
    expect(lists).toEqual([expected.slice(0, 5), expected.slice(5), []])
  })

  test('is filtered by start year, whatever the suffix', async () => {
    const made: Record<string, string> = {}
    for (const cohort of ['2023a', '2024a', '2025a', '2025b']) made[(await make.statement(db, { cohort })).public_id] = cohort
    const cohorts = async (filter: string) => (await idsOf(`?filter[cohort]=${filter}`)).map((id: string) => made[id])
    expect(await cohorts('2023,2024')).toEqual(['2023a', '2024a'])
    expect(await cohorts('2025')).toEqual(['2025a', '2025b'])
    expect(await cohorts('0000')).toEqual([])
    expect(await cohorts('nope')).toEqual([])
    expect(await cohorts('')).toEqual(['2023a', '2024a', '2025a', '2025b'])
    expect(await idsOf('?filter[cohort][]=2023&filter[unknown]=x&sort=-payment_date')).toHaveLength(4)
  })

  test('is filtered by its own time of change, that very moment included', async () => {
    await make.statement(db, { month: 1, updated_at: at('2026-11-02T07:00:00Z') })
    const changed = await make.statement(db, { month: 2, updated_at: at('2026-11-02T08:59:00Z') })
    expect(await idsOf('?filter[updated_since]=2026-11-02T08:00:00Z')).toEqual([changed.public_id])
    expect(await idsOf('?filter[updated_since]=2026-11-02T08:59:00Z')).toEqual([changed.public_id])
    expect(await idsOf('?filter[updated_since]=')).toHaveLength(2)
  })

  test.each([
    ['filter=x', '#/filter'],
    ['filter[updated_since]=invalid', '#/updated_since'],
    ['page[page]=-1', '#/page[page]'],
    ['page[per_page]=0', '#/page[per_page]'],
    ['page[page]=abc', '#/page[page]'],
  ])('refuses ?%s with 400 and names %s', async (query, named) => {
    const answer = await get(`?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().errors).toMatchObject([{ title: 'Bad request', detail: expect.stringContaining(named) }])
  })

  test('needs a token', async () => {
    const answer = await ask(app, '/api/v3/statements', { token: 'npq_test_nothing' })
    expect([answer.statusCode, answer.json()]).toEqual([401, { error: 'HTTP Token: Access denied' }])
  })
})

test.each(['v1', 'v2'])('there are no statements in %s, neither a list nor one', async (version) => {
  const { public_id } = await make.statement(db)
  for (const path of ['', `/${public_id}`]) {
    const answer = await ask(app, `/api/${version}/statements${path}`, { token })
    expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'Resource not found' }])
  }
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('nothing of a statement can be changed with %s', async (method) => {
  const { public_id } = await make.statement(db)
  for (const path of ['', `/${public_id}`]) expect((await ask(app, `/api/v3/statements${path}`, { token, method, body: {} })).statusCode).toBe(404)
})
