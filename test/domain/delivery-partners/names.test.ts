import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { addPartner, renamePartner } from '../../../src/domain/delivery-partners/name-partner.ts'
import { addPartnership, removePartnership } from '../../../src/domain/delivery-partners/partnerships.ts'
import { findPartner } from '../../../src/domain/delivery-partners/records.ts'
import { similarNames } from '../../../src/domain/delivery-partners/similar-names.ts'
import { now } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'

const act = { now, author: 'Admin ann@example.org (delivery-partner add)' }
const versions = () => db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).orderBy('id').execute()

let db: Database
beforeEach(async () => {
  db = await database()
})

describe('a name is similar to another', () => {
  test.each<[string, string, boolean]>([
    ['Harbour Learning Hub', 'Harbour Trust', true],
    ['Harbour Learning Hub', 'The Harbour Trust', true],
    ['The Harbour', 'Harbour Trust', true],
    ['Learning Hub', 'North Learning Hub', true],
    ['Riverside', 'riverbank', false],
    ['Riverside', 'Rivenside', true],
    ['abcdefgh', 'abcdWXYZ', true],
    ['abcdefgh', 'abcVWXYZ', false],
    ['abcdefgh', 'bcdefghXYZ', true],
    ['Harbour', 'Harbour', false],
    ['Meadow', 'Harbour', false],
  ])('%s and %s: %s', (name, other, similar) => {
    expect(similarNames(name, [other])).toEqual(similar ? [other] : [])
  })
})

describe('naming a delivery partner', () => {
  test('adds it with its history, and tells of similar names', async () => {
    await make.deliveryPartner(db, { name: 'Harbour Trust' })
    const added = await addPartner(db, { ...act, name: '  Harbour Learning Hub ' })
    expect(added).toMatchObject({ refusals: [], similar: ['Harbour Trust'] })
    expect(await findPartner(db, 'harbour learning hub')).toMatchObject({ value: { name: 'Harbour Learning Hub', public_id: added.publicId } })
    expect(await versions()).toEqual([{ item_type: 'DeliveryPartner', event: 'create', whodunnit: act.author }])
  })

  test('changes its name, and leaves who may name it', async () => {
    const partner = await make.deliveryPartner(db, { name: 'Harbour Trust' })
    expect(await renamePartner(db, { ...act, partnerId: partner.id, name: 'HARBOUR Trust' })).toMatchObject({ refusals: [], similar: [] })
    expect(await findPartner(db, partner.public_id)).toMatchObject({ value: { name: 'HARBOUR Trust' } })
    expect(await db.selectFrom('delivery_partnerships').select('id').execute()).toHaveLength(1)
    expect(await versions()).toEqual([{ item_type: 'DeliveryPartner', event: 'update', whodunnit: act.author }])
  })

  test.each([
    [' ', 'A delivery partner needs a name.'],
    ['x'.repeat(256), 'The name of a delivery partner has 255 characters at most.'],
    ['harbour trust', 'There is a delivery partner Harbour Trust already.'],
  ])('is refused in words for %j', async (name, detail) => {
    await make.deliveryPartner(db, { name: 'Harbour Trust' })
    const other = await make.deliveryPartner(db, { name: 'Riverside' })
    for (const named of [await addPartner(db, { ...act, name }), await renamePartner(db, { ...act, partnerId: other.id, name })]) {
      expect(named.refusals.map((refusal) => refusal.detail)).toEqual([detail])
    }
    expect(await versions()).toEqual([])
  })

  test('is refused where it has the name', async () => {
    const partner = await make.deliveryPartner(db, { name: 'Riverside' })
    expect((await renamePartner(db, { ...act, partnerId: partner.id, name: 'Riverside' })).refusals).toHaveLength(1)
  })

  test('finds none by another name, and says which may be meant', async () => {
    await make.deliveryPartner(db, { name: 'Harbour Trust' })
    const details = async (name: string) => (await findPartner(db, name)).refusals.map(({ detail }) => detail)
    expect(await details('Harbour')).toEqual(['There is no delivery partner Harbour. Perhaps you mean: Harbour Trust.'])
    expect(await details('x'.repeat(30))).toEqual([expect.stringContaining('There is no delivery partner')])
  })

  test.runIf(onPostgres)('the same at once adds one, and refuses the others in words', async () => {
    const added = await Promise.all(Array.from({ length: 5 }, () => addPartner(db, { ...act, name: 'Harbour Trust' })))
    expect(added.map(({ refusals }) => refusals.length).sort()).toEqual([0, 1, 1, 1, 1])
  })
})

describe('a partnership', () => {
  const between = async () => ({
    ...act,
    partnerId: (await make.deliveryPartner(db, { cohorts: [] })).id,
    providerId: (await make.provider(db)).id,
    cohortId: (await make.cohortNamed(db, '2023a')).id,
  })

  test('is added once and removed once, with history', async () => {
    const command = await between()
    expect(await addPartnership(db, command)).toEqual({ refusals: [] })
    expect((await addPartnership(db, command)).refusals).toMatchObject([{ title: 'partnership', detail: expect.stringContaining('already') }])
    expect(await removePartnership(db, command)).toEqual({ refusals: [], declarations: 0 })
    expect((await removePartnership(db, command)).refusals).toMatchObject([
      { title: 'partnership', detail: expect.stringContaining('nothing to remove') },
    ])
    expect((await versions()).map(({ event }) => event)).toEqual(['create', 'destroy'])
  })

  test('is removed although declarations name the partner, which they keep', async () => {
    const command = await between()
    await addPartnership(db, command)
    const application = await make.acceptedApplication(db)
    const declaration = await make.declaration(db, { application, delivery_partner_id: command.partnerId })
    expect(await removePartnership(db, command)).toEqual({ refusals: [], declarations: 1 })
    const kept = await db.selectFrom('declarations').selectAll().executeTakeFirstOrThrow()
    expect(kept).toEqual(declaration)
  })

  test.runIf(onPostgres)('is added once, however many add it', async () => {
    const command = await between()
    const added = await Promise.all(Array.from({ length: 5 }, () => addPartnership(db, command)))
    expect(added.map(({ refusals }) => refusals.length).sort()).toEqual([0, 1, 1, 1, 1])
  })
})
