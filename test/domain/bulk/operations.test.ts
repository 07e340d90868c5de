import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { rejectApplications, revertApplications } from '../../../src/domain/applications/bulk.ts'
import { type BulkOperation, runBulk } from '../../../src/domain/bulk/operation.ts'
import { backfillDeliveryPartners } from '../../../src/domain/declarations/backfill-delivery-partners.ts'
import { submitDeclarations } from '../../../src/domain/declarations/submit-declarations.ts'
import { updateTrns } from '../../../src/domain/participants/update-trns.ts'
import { now } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import { declared, milestone } from '../../support/declarations.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const unknownId = '00000000-0000-4000-8000-000000000000'
const act = { now, author: 'Command test' }

async function run<Row>(operation: BulkOperation<Row>, lines: string[], on = db): Promise<[string, boolean, string][]> {
  const { results } = await runBulk(on, act, operation, operation.read(Buffer.from(lines.join('\n'))).rows)
  return results.map(({ key, refused, outcome }) => [key, refused, outcome])
}
const publicIdOf = async (application: RowOf<'applications'>) =>
  (await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()).public_id

describe('submitting declarations', () => {
  const heading = 'participant_id,declaration_type,declaration_date,course_identifier,delivery_partner_id,lead_provider_name,has_passed'

  test('saves the good rows, reports the bad ones and keeps each to itself', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    const id = await publicIdOf(application)
    const results = await run(submitDeclarations, [
      heading,
      `${id},started,${milestone},npq-headship,,Ambition Institute,`,
      `${unknownId},started,${milestone},npq-headship,,Ambition Institute,`,
      `x,started,${milestone},npq-headship,,Nobody,`,
      `${id},started,${milestone},npq-headship,,Nobody,`,
      `${id},started,${milestone},npq-headship,,Teach First,`,
      `${id},started-1,${milestone},npq-headship,,Ambition Institute,`,
      `${id},started,${milestone},npq-headship,,Ambition Institute,`,
      `${id},completed,2024-06-01T00:00:00Z,npq-headship,,Ambition Institute,TRUE`,
    ])
    expect(results.map(([key, refused]) => [key, refused])).toEqual([
      ['1', false],
      ['2', true],
      ['3', true],
      ['4', true],
      ['5', true],
      ['6', true],
      ['7', true],
      ['8', false],
    ])
    expect(results[1]?.[2]).toContain('no participant')
    expect(results[3]?.[2]).toContain('no lead provider')
    expect(results[5]?.[2]).toContain('#/declaration_type')
    expect((await declared(db)).map(({ declaration_type, state }) => [declaration_type, state])).toEqual([
      ['started', 'eligible'],
      ['completed', 'eligible'],
    ])
    expect(await db.selectFrom('outcomes').select('state').execute()).toEqual([{ state: 'passed' }])
    const authors = await db.selectFrom('versions').select('whodunnit').distinct().execute()
    expect(authors).toEqual([{ whodunnit: 'Command test' }])
  })

  test('asks for a partner as v3 does', async () => {
    await make.statement(db, { cohort: '2024a' })
    const partner = await make.deliveryPartner(db, { cohorts: ['2024a'] })
    const application = await make.acceptedApplication(db, { cohort: '2024a', teacher_catchment: 'england', funded_place: true })
    const id = await publicIdOf(application)
    const row = (named: string) => `${id},started,2025-02-01T00:00:00Z,npq-headship,${named},Ambition Institute,`
    const results = await run(submitDeclarations, [heading, row(''), row(unknownId), row(partner.public_id)])
    expect(results.map(([, refused]) => refused)).toEqual([true, true, false])
    expect(await declared(db)).toMatchObject([{ delivery_partner_id: partner.id }])
  })

  test('as a rehearsal tells the same and saves nothing', async () => {
    await make.statement(db)
    const id = await publicIdOf(await make.acceptedApplication(db))
    const rows = [heading, ...Array.from({ length: 2 }, () => `${id},started,${milestone},npq-headship,,Ambition Institute,`)]
    const rehearsed = await rehearse(db, { real: false }, (trx) => run(submitDeclarations, rows, trx))
    expect(rehearsed.map(([, refused]) => refused)).toEqual([false, true])
    expect(await declared(db)).toEqual([])
    expect(await db.selectFrom('versions').select('id').execute()).toEqual([])
  })

  test('makes an unexpected failure the result of its row', async () => {
    await make.statement(db)
    const ids = [await publicIdOf(await make.acceptedApplication(db)), await publicIdOf(await make.acceptedApplication(db))]
    const rows = ids.map((id, index) => `${id},${index === 0 ? 'completed' : 'started'},${milestone},npq-headship,,Ambition Institute,true`)
    await sql`alter table outcomes add constraint outcomes_none check (false)`.execute(db)
    try {
      const results = await run(submitDeclarations, [heading, ...rows])
      expect(results.map(([, refused]) => refused)).toEqual([true, false])
      expect((await declared(db)).map(({ declaration_type }) => declaration_type)).toEqual(['started'])
    } finally {
      await sql`alter table outcomes drop constraint outcomes_none`.execute(db)
    }
  })
})

describe('rejecting applications', () => {
  test('rejects what was not rejected and has no live declaration', async () => {
    const pending = await make.application(db)
    const rejected = await make.application(db, { lead_provider_approval_status: 'rejected', reason_for_rejection: 'rejected_by_provider' })
    const live = await make.acceptedApplication(db)
    await make.declaration(db, { application: live })
    const voided = await make.acceptedApplication(db)
    await make.declaration(db, { application: voided, state: 'voided' })
    const ids = [pending.public_id.toUpperCase(), rejected.public_id, live.public_id, voided.public_id, unknownId, 'x', pending.public_id]
    const results = await run(rejectApplications, ids)
    expect(results.map(([key, refused]) => [key, refused])).toEqual(ids.map((id, index) => [id, ![0, 3].includes(index)]))
    const stored = await db.selectFrom('applications').selectAll().orderBy('id').execute()
    expect(stored.map((one) => [one.lead_provider_approval_status, one.reason_for_rejection])).toEqual([
      ['rejected', 'registration_expired'],
      ['rejected', 'rejected_by_provider'],
      ['accepted', null],
      ['rejected', 'registration_expired'],
    ])
    expect(await letters(db)).toHaveLength(2)
  })
})

describe('reverting applications', () => {
  test.each([
    ['accepted', '2026b', true, null],
    ['accepted', '2026a', false, false],
    ['rejected', '2023a', null, null],
  ] as const)('puts one that is %s in %s back to pending', async (status, cohort, place, left) => {
    const application = await make.acceptedApplication(db, {
      cohort,
      lead_provider_approval_status: status,
      funded_place: place,
      ...(status === 'rejected' && { reason_for_rejection: 'rejected_by_provider' }),
    })
    expect(await run(revertApplications, [application.public_id])).toEqual([[application.public_id, false, 'Changed to pending.']])
    expect(await db.selectFrom('applications').selectAll().executeTakeFirst()).toMatchObject({
      lead_provider_approval_status: 'pending',
      reason_for_rejection: null,
      funded_place: left,
      schedule_id: application.schedule_id,
      accepted_at: application.accepted_at,
      training_status: 'active',
      updated_at: now,
    })
    expect(await db.selectFrom('application_states').select('id').execute()).toEqual([])
    expect(await db.selectFrom('users').select('significantly_updated_at').executeTakeFirst()).toEqual({ significantly_updated_at: now })
    expect(await letters(db)).toEqual([])
  })

  const states = ['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const
  test.each(states)('minds a declaration that is %s as it should', async (state) => {
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, state })
    const [[, refused] = []] = await run(revertApplications, [application.public_id])
    expect(refused).toBe(['submitted', 'eligible', 'payable', 'paid'].includes(state))
  })

  test('refuses one that is pending, and ids that are not there', async () => {
    const { public_id } = await make.application(db)
    expect((await run(revertApplications, [public_id, unknownId, 'x'])).map(([, refused]) => refused)).toEqual([true, true, true])
  })
})

describe('updating TRNs', () => {
  test('sets and verifies those that are TRNs', async () => {
    const user = await make.user(db, { trn: null, trn_verified: false, trn_lookup_status: 'Failed' })
    const results = await run(updateTrns, [
      'User ID,Updated TRN',
      ...['0000000', '12345x7', '123456', ''].map((trn) => `${user.public_id},${trn}`),
      `${unknownId},0000000`,
      `${user.public_id}, 12 345 67 `,
    ])
    expect(results.map(([, refused]) => refused)).toEqual([true, true, true, true, true, false])
    expect(results[4]?.[2].split(', ')).toHaveLength(2)
    expect(await db.selectFrom('users').selectAll().executeTakeFirst()).toMatchObject({
      trn: '1234567',
      trn_verified: true,
      trn_lookup_status: null,
      significantly_updated_at: now,
    })
  })
})

describe('backfilling delivery partners', () => {
  const heading = 'Declaration ID,Primary Delivery Partner ID,Secondary Delivery Partner ID'

  test('adds what is missing, and replaces nothing', async () => {
    const [first, second, third] = [await make.deliveryPartner(db), await make.deliveryPartner(db), await make.deliveryPartner(db)]
    const foreign = await make.deliveryPartner(db, { provider: 'Teach First' })
    const made = (values: Partial<RowOf<'declarations'>> = {}, facts: make.ApplicationFacts = {}) =>
      make.acceptedApplication(db, { teacher_catchment: 'england', ...facts }).then((application) => make.declaration(db, { application, ...values }))
    const one = { delivery_partner_id: first.id }
    const both = { ...one, secondary_delivery_partner_id: second.id }
    const cases: [RowOf<'declarations'>, string, string, boolean, [number | null, number | null]][] = [
      [await made(), first.public_id, '', false, [first.id, null]],
      [await made(), first.public_id, '#N/A', false, [first.id, null]],
      [await made({ state: 'voided' }), first.public_id, second.public_id, false, [first.id, second.id]],
      [await made(one), third.public_id, second.public_id, false, [first.id, second.id]],
      [await made(one), '', second.public_id, false, [first.id, second.id]],
      [await made(one), second.public_id, '', true, [first.id, null]],
      [await made(both), first.public_id, third.public_id, true, [first.id, second.id]],
      [await made(), unknownId, '', true, [null, null]],
      [await made(), first.public_id, unknownId, true, [null, null]],
      [await made(), foreign.public_id, '', true, [null, null]],
      [await made(), first.public_id, foreign.public_id, true, [null, null]],
      [await made(), first.public_id, first.public_id, true, [null, null]],
      [await made({}, { teacher_catchment: 'wales' }), first.public_id, '', true, [null, null]],
    ]
    const rows = cases.map(([declaration, primary, secondary]) => [declaration.public_id, primary, secondary].join())
    const results = await run(backfillDeliveryPartners, [heading, ...rows, `${unknownId},${first.public_id},`, `x,${first.public_id},`])
    expect(results.map(([, refused]) => refused)).toEqual([...cases.map(([, , , refused]) => refused), true, true])
    for (const [declaration, , , , partners] of cases) {
      const stored = (await declared(db)).find(({ id }) => id === declaration.id)
      expect([stored?.delivery_partner_id, stored?.secondary_delivery_partner_id]).toEqual(partners)
    }
    expect(results[7]?.[2]).toContain(unknownId)
    expect(results[8]?.[2]).toContain(unknownId)
  })

  test.runIf(onPostgres)('works on 10,000 rows', { timeout: 300_000 }, async () => {
    const partner = await make.deliveryPartner(db)
    const application = await make.acceptedApplication(db, { teacher_catchment: 'england' })
    const row = {
      ...(await make.declaration(db, { application, state: 'voided' })),
      id: undefined,
      public_id: undefined,
      transferred_to_id: undefined,
    }
    for (let slice = 0; slice < 10; slice++) {
      await db
        .insertInto('declarations')
        .values(Array.from({ length: 1000 }, () => JSON.parse(JSON.stringify(row))))
        .execute()
    }
    const ids = await db.selectFrom('declarations').select('public_id').execute()
    const results = await run(backfillDeliveryPartners, [heading, ...ids.map(({ public_id }) => `${public_id},${partner.public_id},`)])
    expect(results.filter(([, refused]) => !refused)).toHaveLength(10_001)
    const bare = await db.selectFrom('declarations').select('id').where('delivery_partner_id', 'is', null).execute()
    expect(bare).toEqual([])
  })
})
