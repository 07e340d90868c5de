import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

type Shown = { id: string; type: string; attributes: Record<string, unknown> }
const at = (text: string) => Temporal.Instant.from(text)
const get = (version: string, rest = '', as = token) => ask(app, `/api/${version}/participant-declarations${rest}`, { token: as })
const listed = async (version: string, query = '', as = token) =>
  (await get(version, `?${query}`, as)).json().data.map(({ id }: Shown) => id) as string[]
const attributesOf = async (version: string, { public_id }: { public_id: string }) =>
  (await get(version, `/${public_id}`)).json().data.attributes as Record<string, unknown>
const declaration = async (values: Partial<RowOf<'declarations'>> = {}, facts: make.ApplicationFacts = {}) =>
  make.declaration(db, { application: await make.acceptedApplication(db, facts), ...values })
const transfer = async (to: string) =>
  db
    .updateTable('applications')
    .set({ lead_provider_id: (await make.provider(db, to)).id })
    .execute()

const common = ['participant_id', 'declaration_type', 'course_identifier', 'declaration_date', 'state', 'has_passed']

describe('a declaration', () => {
  test.each([
    ['v1', [...common, 'voided', 'eligible_for_payment', 'updated_at']],
    ['v2', [...common, 'updated_at']],
    [
      'v3',
      [
        ...[...common, 'delivery_partner_id', 'delivery_partner_name', 'secondary_delivery_partner_id', 'secondary_delivery_partner_name'],
        ...['statement_id', 'application_id', 'clawback_statement_id', 'uplift_paid', 'lead_provider_name', 'ineligible_for_funding_reason'],
        ...['created_at', 'updated_at'],
      ],
    ],
  ])('has its attributes in the order of %s', async (version, names) => {
    const { public_id } = await declaration()
    const shown = (await get(version, `/${public_id}`)).json().data
    expect(Object.keys(shown)).toEqual(['id', 'type', 'attributes'])
    expect([shown.id, shown.type]).toEqual([public_id, 'participant-declaration'])
    expect(Object.keys(shown.attributes)).toEqual(names)
    expect((await get(version)).json().data).toEqual([shown])
  })

  test('shows all that is known of it', async () => {
    const first = await make.deliveryPartner(db, { name: 'Harbour Learning Hub' })
    const second = await make.deliveryPartner(db, { name: 'Riverside Alliance' })
    const statement = await make.statement(db, { state: 'paid' })
    const refund = await make.statement(db, { month: 12 })
    const application = await make.acceptedApplication(db, { targeted_delivery_funding_eligibility: true })
    const made = await make.declaration(db, {
      application,
      state: 'awaiting_clawback',
      declaration_date: at('2026-02-03T09:15:00.999Z'),
      delivery_partner_id: first.id,
      secondary_delivery_partner_id: second.id,
      created_at: at('2026-02-04T11:02:07.5Z'),
      updated_at: at('2026-02-05T11:02:07.999999Z'),
    })
    await make.item(db, { declaration: made, statement, state: 'paid' })
    await make.item(db, { declaration: made, statement: refund })
    const user = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
    expect(await attributesOf('v3', made)).toEqual({
      participant_id: user.public_id,
      declaration_type: 'started',
      course_identifier: 'npq-headship',
      declaration_date: '2026-02-03T09:15:00Z',
      state: 'awaiting-clawback',
      has_passed: null,
      delivery_partner_id: first.public_id,
      delivery_partner_name: 'Harbour Learning Hub',
      secondary_delivery_partner_id: second.public_id,
      secondary_delivery_partner_name: 'Riverside Alliance',
      statement_id: statement.public_id,
      application_id: application.public_id,
      clawback_statement_id: refund.public_id,
      uplift_paid: true,
      lead_provider_name: 'Ambition Institute',
      ineligible_for_funding_reason: null,
      created_at: '2026-02-04T11:02:07Z',
      updated_at: '2026-02-05T11:02:07Z',
    })
  })

  const states = ['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const
  test.each(states)('that is %s says so in every version, with what follows from it', async (state) => {
    const statement = await make.statement(db)
    const made = await declaration({ state, state_reason: 'duplicate' })
    if (state !== 'submitted') await make.item(db, { declaration: made, statement })
    const wire = state.replace('_', '-')
    expect(await attributesOf('v1', made)).toMatchObject({
      state: wire,
      voided: state === 'voided',
      eligible_for_payment: ['eligible', 'payable'].includes(state),
    })
    expect(await attributesOf('v2', made)).toMatchObject({ state: wire })
    expect(await attributesOf('v3', made)).toMatchObject({
      state: wire,
      ineligible_for_funding_reason: state === 'ineligible' ? 'duplicate_declaration' : null,
      statement_id: ['eligible', 'payable', 'paid'].includes(state) ? statement.public_id : null,
      clawback_statement_id: ['awaiting_clawback', 'clawed_back'].includes(state) ? statement.public_id : null,
    })
  })

  test.each<[boolean, Partial<RowOf<'declarations'>>, make.ApplicationFacts]>([
    [true, { state: 'paid' }, {}],
    [true, { state: 'clawed_back' }, {}],
    [false, { state: 'payable' }, {}],
    [false, { state: 'paid', declaration_type: 'retained-1' }, {}],
    [false, { state: 'paid' }, { targeted_delivery_funding_eligibility: false }],
    [false, { state: 'paid' }, { targeted_delivery_funding_eligibility: null }],
    [false, { state: 'paid' }, { course: 'npq-early-headship-coaching-offer', schedule: 'npq-ehco-november' }],
  ])('has its uplift paid: %s for %o of %o', async (paid, values, facts) => {
    const made = await declaration(values, { targeted_delivery_funding_eligibility: true, ...facts })
    expect((await attributesOf('v3', made))['uplift_paid']).toBe(paid)
  })

  test.each(versions)('follows the outcome recorded last, whatever its time, in %s, and is listed once', async (version) => {
    const made = await declaration({ declaration_type: 'completed' })
    const outcome = (state: 'passed' | 'failed' | 'voided', second: number) =>
      make.insert(db, 'outcomes', {
        declaration_id: made.id,
        state,
        completion_date: Temporal.PlainDate.from('2026-01-01'),
        created_at: at('2026-01-01T00:00:00Z').add({ seconds: second }),
      })
    const passed = async () => (await attributesOf(version, made))['has_passed']
    await outcome('failed', 5)
    expect(await passed()).toBe(false)
    await outcome('passed', 4)
    expect(await passed()).toBe(true)
    await outcome('voided', 4)
    expect(await passed()).toBeNull()
    expect(await listed(version)).toEqual([made.public_id])
  })
})

describe.each(versions)('the list of %s', (version) => {
  test('is in the order of creation, whatever is asked, and comes in pages', async () => {
    const made: RowOf<'declarations'>[] = []
    for (const second of [3, 1, 2, 2, 5, 4, 8, 7]) made.push(await declaration({ created_at: at('2026-01-01T00:00:00Z').add({ seconds: second }) }))
    const order = [1, 2, 3, 0, 5, 4, 7, 6].map((index) => made[index]?.public_id)
    expect(await listed(version, 'sort=-created_at')).toEqual(order)
    const page = (number: number) => listed(version, `page[page]=${number}&page[per_page]=5`)
    expect([await page(1), await page(2), await page(3)]).toEqual([order.slice(0, 5), order.slice(5), []])
    expect((await get(version, '?page[page]=-1')).statusCode).toBe(400)
  })

  test('holds what changed since a moment, that moment included', async () => {
    const [older, newer] = [
      await declaration({ updated_at: at('2026-05-01T10:00:00Z') }),
      await declaration({ updated_at: at('2026-05-02T10:00:00Z') }),
    ]
    const since = (text: string) => listed(version, `filter[updated_since]=${text}`)
    expect(await since('2026-05-02T10:00:00Z')).toEqual([newer.public_id])
    expect(await since('2026-05-01T11:00:00%2B01:00')).toEqual([older.public_id, newer.public_id])
    expect(await since('')).toHaveLength(2)
    const answer = await get(version, '?filter[updated_since]=invalid')
    expect([answer.statusCode, answer.json().errors[0].title]).toEqual([400, 'Bad request'])
  })

  test('holds the participants who are asked for', async () => {
    const [one, other] = [await declaration(), await declaration()]
    await declaration()
    const id = async (made: typeof one) => (await attributesOf(version, made))['participant_id'] as string
    const of = (text: string) => listed(version, `filter[participant_id]=${text}`)
    expect(await of(`${(await id(one)).toUpperCase()},${await id(other)}`)).toEqual([one.public_id, other.public_id])
    expect(await of('00000000-0000-4000-8000-000000000000')).toEqual([])
    expect(await of('')).toHaveLength(3)
    for (const bad of ['filter[participant_id]=not-a-uuid', 'filter[participant_id][x]=', 'filter=abc', 'filter=']) {
      expect((await get(version, `?${bad}`)).statusCode, bad).toBe(400)
    }
  })

  test('takes other filters for nothing', async () => {
    await declaration()
    expect(await listed(version, 'filter[delivery_partner_id]=x&filter[state]=voided')).toHaveLength(1)
  })

  test('goes by cohorts in v3 alone', async () => {
    const made: string[] = []
    for (const cohort of ['2023a', '2024a', '2025a', '2025b']) made.push((await declaration({}, { cohort })).public_id)
    const all = version === 'v3' ? undefined : made
    expect(await listed(version, 'filter[cohort]=2023,2024')).toEqual(all ?? made.slice(0, 2))
    expect(await listed(version, 'filter[cohort][]=2023&filter[cohort][]=2025')).toEqual(all ?? [made[0], made[2], made[3]])
    expect(await listed(version, 'filter[cohort]=0000')).toEqual(all ?? [])
    expect(await listed(version, 'filter[cohort]=')).toEqual(made)
  })

  test('shows no one else’s declaration, nor finds it', async () => {
    const foreign = await declaration({}, { provider: 'Teach First' })
    expect(await listed(version)).toEqual([])
    for (const id of [foreign.public_id, '00000000-0000-4000-8000-000000000000', '123XXX']) {
      const answer = await get(version, `/${id}`)
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'Resource not found' }])
    }
    expect((await get(version, '', 'wrong')).statusCode).toBe(401)
  })
})

describe('after a transfer', () => {
  test('both providers see what the first declared, the new one in v3 only; the first sees nothing of the new one’s', async () => {
    const first = await declaration()
    await transfer('Teach First')
    const { id } = await make.provider(db, 'Teach First')
    const application = await db.selectFrom('applications').selectAll().executeTakeFirstOrThrow()
    const second = await make.declaration(db, { application, lead_provider_id: id, declaration_type: 'retained-1' })
    const other = await make.token(db, 'Teach First')
    for (const version of versions) {
      expect(await listed(version)).toEqual([first.public_id])
      expect(await listed(version, '', other)).toEqual(version === 'v3' ? [first.public_id, second.public_id] : [second.public_id])
      expect((await get(version, `/${first.public_id}`, other)).statusCode).toBe(version === 'v3' ? 200 : 404)
      expect((await get(version, `/${second.public_id}`)).statusCode).toBe(404)
    }
    await transfer('LLSE')
    expect(await listed('v3', '', other)).toEqual([second.public_id])
    await transfer('Ambition Institute')
    expect(await listed('v3')).toEqual([first.public_id, second.public_id])
  })

  const names = ['Ambition Institute', 'Teach First', 'LLSE'] as const
  test('no provider ever sees what the rule does not show it', { timeout: 300_000 }, async () => {
    const tokens: Record<string, string> = {}
    for (const name of names) tokens[name] = await make.token(db, name)
    const one = fc.record({ maker: fc.constantFrom(...names), holder: fc.constantFrom(...names), second: fc.nat({ max: 3 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 6 }), async (facts) => {
        await db.deleteFrom('declarations').execute()
        const made: { id: string; maker: string; holder: string }[] = []
        for (const { maker, holder, second } of facts) {
          const application = await make.acceptedApplication(db, { provider: maker })
          const row = await make.declaration(db, { application, created_at: at('2026-01-01T00:00:00Z').add({ seconds: second }) })
          await db
            .updateTable('applications')
            .set({ lead_provider_id: (await make.provider(db, holder)).id })
            .where('id', '=', application.id)
            .execute()
          made.push({ id: row.public_id, maker, holder })
        }
        for (const name of names) {
          for (const version of versions) {
            const visible = made.filter(({ maker, holder }) => maker === name || (version === 'v3' && holder === name)).map(({ id }) => id)
            expect((await listed(version, '', tokens[name])).sort()).toEqual(visible.sort())
            const found = await Promise.all(made.map(async ({ id }) => ((await get(version, `/${id}`, tokens[name])).statusCode === 200 ? [id] : [])))
            expect(found.flat().sort()).toEqual(visible)
          }
        }
      }),
      { numRuns: 8 },
    )
  })
})

describe.each([
  ['v1', ['id', ...common, 'voided', 'eligible_for_payment', 'updated_at']],
  ['v2', ['id', ...common, 'updated_at']],
])('the CSV file of %s', (version, columns) => {
  test('has a header and every row, in the list’s order and whatever page is asked for', async () => {
    const second = await declaration({ created_at: at('2026-01-02T00:00:00Z') })
    const first = await declaration({ created_at: at('2026-01-01T00:00:00Z'), state: 'clawed_back', declaration_type: 'completed' })
    await make.insert(db, 'outcomes', { declaration_id: first.id, state: 'passed', completion_date: Temporal.PlainDate.from('2026-01-01') })
    await declaration({}, { provider: 'Teach First' })
    const answer = await get(version, '.csv?page[page]=-1&page[per_page]=1')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/csv'])
    const [header, ...rows] = answer.body.trimEnd().split('\n')
    expect(header).toBe(columns.join(','))
    expect(rows.map((row) => row.split(',')[0])).toEqual([first.public_id, second.public_id])
    const flags = version === 'v1' ? 'false,false,' : ''
    expect(rows[0]).toContain(`,completed,npq-headship,2023-11-01T10:00:00Z,clawed-back,true,${flags}2026-10-01T09:00:00Z`)
    expect(rows[1]).toContain(`,submitted,,${flags}`)
  })

  test('is empty where there is nothing', async () => {
    await declaration({}, { provider: 'Teach First' })
    const answer = await get(version, '.csv')
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([200, 'text/csv', ''])
  })

  test('filters as the list does, and tells errors in JSON', async () => {
    await declaration({ updated_at: at('2026-05-01T00:00:00Z') })
    expect((await get(version, '.csv?filter[updated_since]=2026-05-02T00:00:00Z')).body).toBe('')
    for (const [query, status, as] of [
      ['?filter[updated_since]=x', 400, token],
      ['', 401, 'wrong'],
    ] as const) {
      const answer = await get(version, `.csv${query}`, as)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'application/json'])
    }
  })

  test('holds more rows than any page, each once', async () => {
    const application = await make.acceptedApplication(db)
    const rows = Array.from({ length: 2345 }, () => ({
      application_id: application.id,
      lead_provider_id: application.lead_provider_id,
      cohort_id: application.cohort_id ?? 0,
      declaration_type: 'started' as const,
      declaration_date: at('2026-01-01T00:00:00Z'),
      state: 'voided' as const,
      created_at: at('2026-01-01T00:00:00Z'),
    }))
    await db.insertInto('declarations').values(rows).execute()
    const ids = (await get(version, '.csv')).body
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[0])
    expect(new Set(ids).size).toBe(2345)
    expect(ids).toHaveLength(2345)
  })
})

test('v3 has no CSV file', async () => {
  expect((await get('v3', '.csv')).headers['content-type']).toBe('application/json')
})
