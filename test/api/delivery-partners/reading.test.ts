import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
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

const at = (text: string) => Temporal.Instant.from(text)
const get = (rest = '') => ask(app, `/api/v3/delivery-partners${rest}`, { token })
const names = async (query = '') => (await get(`?${query}`)).json().data.map((one: { attributes: { name: string } }) => one.attributes.name)

describe('the delivery partners', () => {
  test('are shown with the cohorts of the caller, each year once', async () => {
    const partner = await make.deliveryPartner(db, {
      name: 'Harbour Learning Hub',
      cohorts: ['2025b', '2024a', '2025a'],
      created_at: at('2025-03-11T08:00:00.9Z'),
      updated_at: at('2025-06-02T14:30:12Z'),
    })
    const llse = await make.provider(db, 'LLSE')
    const cohort = await make.cohortNamed(db, '2023a')
    await make.insert(db, 'delivery_partnerships', { delivery_partner_id: partner.id, lead_provider_id: llse.id, cohort_id: cohort.id })
    const shown = {
      id: partner.public_id,
      type: 'delivery-partner',
      attributes: {
        name: 'Harbour Learning Hub',
        cohort: [2024, 2025],
        created_at: '2025-03-11T08:00:00Z',
        updated_at: '2025-06-02T14:30:12Z',
      },
    }
    const one = (await get(`/${partner.public_id}`)).json()
    expect(one).toEqual({ data: shown })
    expect(Object.keys(one.data.attributes)).toEqual(['name', 'cohort', 'created_at', 'updated_at'])
    expect((await get('?filter[cohort]=2025')).json()).toEqual({ data: [shown] })
  })

  test('of other providers, or of none, are not there', async () => {
    const others = [await make.deliveryPartner(db, { provider: 'LLSE' }), await make.deliveryPartner(db, { cohorts: [] })]
    expect(await names()).toEqual([])
    for (const { public_id } of [...others, { public_id: '00000000-0000-4000-8000-000000000000' }, { public_id: 'x' }]) {
      const answer = await get(`/${public_id}`)
      expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'Resource not found' }])
    }
  })

  test('come by name, or as the sort says', async () => {
    for (const [name, created, updated] of [
      ['B', 1, 3],
      ['A', 2, 3],
      ['C', 3, 1],
    ] as const) {
      await make.deliveryPartner(db, { name, created_at: at(`2025-01-0${created}T00:00Z`), updated_at: at(`2025-02-0${updated}T00:00Z`) })
    }
    for (const query of ['', 'sort=', 'sort=nonsense', 'sort=email', 'sort=name', 'sort=%2Bname'])
      expect(await names(query), query).toEqual(['A', 'B', 'C'])
    expect(await names('sort=-name')).toEqual(['C', 'B', 'A'])
    expect(await names('sort=-created_at')).toEqual(['C', 'A', 'B'])
    expect(await names('sort=-updated_at,bogus,-created_at')).toEqual(['A', 'B', 'C'])
    expect(await names('sort=updated_at,created_at')).toEqual(['C', 'B', 'A'])
    expect(await names('page[per_page]=2&page[page]=2')).toEqual(['C'])
    expect(await names('page[per_page]=2&page[page]=3')).toEqual([])
    expect((await get('?page[page]=0')).statusCode).toBe(400)
  })

  test('are filtered by one start year', async () => {
    await make.deliveryPartner(db, { name: 'A', cohorts: ['2025a', '2025b'] })
    await make.deliveryPartner(db, { name: 'B', cohorts: ['2024a'] })
    expect(await names('filter[cohort]=2025')).toEqual(['A'])
    expect(await names('filter[cohort]=2024,2025')).toEqual(['B'])
    expect(await names('filter[cohort]=')).toEqual(['A', 'B'])
    for (const none of ['2021', 'nope', 'nope,2024', ',']) expect(await names(`filter[cohort]=${none}`), none).toEqual([])
    expect(await names('filter[name]=A')).toEqual(['A', 'B'])
    expect((await get('?filter=2025')).statusCode).toBe(400)
  })

  test.each(['v1', 'v2'])('do not exist in %s', async (version) => {
    expect((await ask(app, `/api/${version}/delivery-partners`, { token })).statusCode).toBe(404)
  })

  test('need a token', async () => {
    expect((await ask(app, '/api/v3/delivery-partners')).statusCode).toBe(401)
  })
})
