import { beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transacting } from '../../../src/db/connect.ts'
import { copyPartnerships } from '../../../src/domain/delivery-partners/copy-partnerships.ts'
import { exportPartners, exportPartnerships, importPartners, importPartnerships } from '../../../src/domain/delivery-partners/import.ts'
import type { Act } from '../../../src/domain/history.ts'
import { now } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const act: Act = { now, author: 'Command test' }
const partnersIn = async (cohort: { id: number }) =>
  (
    await db.selectFrom('delivery_partnerships').select(['delivery_partner_id', 'lead_provider_id']).where('cohort_id', '=', cohort.id).execute()
  ).sort((one, other) => one.delivery_partner_id - other.delivery_partner_id)

describe('copying partnerships to a new cohort', () => {
  test('takes those of the cohort right before it, by suffix within the year, and once', async () => {
    await make.deliveryPartner(db, { cohorts: ['2025a', '2024a'] })
    await make.deliveryPartner(db, { cohorts: ['2025b', '2026a'], provider: 'Teach First' })
    await make.deliveryPartner(db, { cohorts: ['2026b'] })
    const late = await make.cohort(db, { start_year: 2025, suffix: 'c' })
    expect(await copyPartnerships(db, act, late.id)).toBe(1)
    expect(await partnersIn(late)).toEqual(await partnersIn(await make.cohortNamed(db, '2025b')))
    expect(await copyPartnerships(db, act, late.id)).toBe(0)
    const next = await make.cohort(db, { start_year: 2027 })
    expect(await copyPartnerships(db, act, next.id)).toBe(1)
    expect(await partnersIn(next)).toEqual(await partnersIn(await make.cohortNamed(db, '2026b')))
    const versions = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).execute()
    expect(versions).toEqual([1, 2].map(() => ({ item_type: 'DeliveryPartnership', event: 'create', whodunnit: 'Command test' })))
  })

  test('adds to what is there, and finds nothing before the first', async () => {
    await make.deliveryPartner(db, { cohorts: ['2021a', '2022a'] })
    await make.deliveryPartner(db, { cohorts: ['2021a'] })
    expect(await copyPartnerships(db, act, (await make.cohortNamed(db, '2022a')).id)).toBe(1)
    expect(await copyPartnerships(db, act, (await make.cohortNamed(db, '2021a')).id)).toBe(0)
  })
})

describe('importing', () => {
  const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const
  const partners = `ECF Id,Name\n${ids[0]},"Harbour, North"\n${ids[1]},Riverside`
  const load = (what: typeof importPartners, text: string) => db.transaction().execute((trx: Transacting) => what(trx, act, Buffer.from(text)))
  const refused = (why: string) => ({ refusals: [expect.objectContaining({ detail: expect.stringContaining(why) })] })

  test('partners and partnerships brings back what an export wrote', async () => {
    const { public_id } = await make.provider(db)
    const partnerships = `Lead Provider ECF Id,Cohort,Delivery Partner ECF Id\n${public_id},2025b,${ids[1]}\n${public_id},2024a,${ids[0]}`
    expect(await load(importPartners, partners)).toEqual({ refusals: [], value: 2 })
    expect(await load(importPartnerships, partnerships)).toEqual({ refusals: [], value: 2 })
    const written = await db.transaction().execute(async (trx) => [await exportPartners(trx), await exportPartnerships(trx)])
    expect(written).toEqual([
      [
        ['ECF Id', 'Name'],
        [ids[0], 'Harbour, North'],
        [ids[1], 'Riverside'],
      ],
      partnerships.split('\n').map((line) => line.split(',')),
    ])
    expect(await load(importPartners, partners)).toEqual(refused('already'))
    expect(await load(importPartnerships, partnerships)).toEqual(refused('already'))
  })

  test.each([
    ['no id', 'x,Harbour'],
    ['no name', `${ids[0]},`],
    ['a name twice', `${ids[0]},Harbour\n${ids[1]},HARBOUR`],
  ])('partners refuses %s, and loads none then', async (_, rows) => {
    expect(await load(importPartners, `ECF Id,Name\n${rows}`)).toEqual(refused('Row'))
    expect(await db.selectFrom('delivery_partners').select('id').execute()).toEqual([])
  })

  test.each([0, 1, 2])('partnerships refuses what column %i does not know', async (column) => {
    await load(importPartners, partners)
    const row = [(await make.provider(db)).public_id, '2025b', ids[0]].map((cell, index) => (index === column ? 'x' : cell))
    expect(await load(importPartnerships, `Lead Provider ECF Id,Cohort,Delivery Partner ECF Id\n${row}`)).toEqual(refused('Row 1'))
  })
})
