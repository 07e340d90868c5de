import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { now } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import { declared, declareFor, pay, voidOf } from '../../support/declarations.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const outcomes = async () =>
  (await db.selectFrom('outcomes').selectAll().orderBy('id').execute()).map((one) => [one.state, one.completion_date.toString()])

describe('voiding a declaration', () => {
  test.each(['eligible', 'payable', 'ineligible'] as const)('that is %s voids its item too', async (state) => {
    const statement = await make.statement(db, { state: state === 'payable' ? 'payable' : 'open' })
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state })
    await make.item(db, { declaration, statement })
    expect(await voidOf(db, declaration)).toEqual({ refusals: [] })
    expect(await declared(db)).toMatchObject([{ state: 'voided', updated_at: now, items: [{ state: 'voided', statement_id: statement.id }] }])
    const versions = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).orderBy('id').execute()
    expect(versions.map(({ item_type, event }) => [item_type, event])).toEqual([
      ['Declaration', 'update'],
      ['StatementItem', 'update'],
    ])
  })

  test('that is submitted needs no statement', async () => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db) })
    expect(await voidOf(db, declaration)).toEqual({ refusals: [] })
    expect(await declared(db)).toMatchObject([{ state: 'voided', items: [] }])
  })

  test('twice is refused', async () => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db) })
    await voidOf(db, declaration)
    expect((await voidOf(db, declaration)).refusals.map(({ title }) => title)).toEqual(['declaration'])
  })

  test('that was paid claws it back with the next statement, once', async () => {
    const paidWith = await make.statement(db, { month: 9, deadline_date: Temporal.PlainDate.from('2026-09-30'), state: 'paid' })
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'paid' })
    await make.item(db, { declaration, statement: paidWith })
    expect((await voidOf(db, declaration)).refusals.map(({ title }) => title)).toEqual(['declaration'])
    expect(await declared(db)).toMatchObject([{ state: 'paid', items: [{ state: 'paid', statement_id: paidWith.id }] }])

    const next = await make.statement(db, { courses: [] })
    expect(await voidOf(db, declaration)).toEqual({ refusals: [] })
    const refund = (state: string) => [
      { state: 'paid', statement_id: paidWith.id },
      { state, statement_id: next.id },
    ]
    expect(await declared(db)).toMatchObject([{ state: 'awaiting_clawback', items: refund('awaiting_clawback') }])
    expect((await voidOf(db, declaration)).refusals.map(({ title }) => title)).toEqual(['declaration'])
    await db.updateTable('statements').set({ state: 'payable' }).where('id', '=', next.id).execute()
    await pay(db, next)
    expect(await declared(db)).toMatchObject([{ state: 'clawed_back', items: refund('clawed_back') }])
  })

  test('goes to a statement of the maker and of the declaration’s own cohort, wherever the application is now', async () => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'paid' })
    const cohort = await make.cohortNamed(db, '2024a')
    await db
      .updateTable('applications')
      .set({ lead_provider_id: (await make.provider(db, 'Teach First')).id, cohort_id: cohort.id, schedule_id: null })
      .execute()
    await make.statement(db, { provider: 'Teach First' })
    await make.statement(db, { cohort: '2024a' })
    const own = await make.statement(db, { month: 12, deadline_date: Temporal.PlainDate.from('2026-12-31'), payment_date: null })
    expect(await voidOf(db, declaration)).toEqual({ refusals: [] })
    expect(await declared(db)).toMatchObject([{ items: [{ state: 'awaiting_clawback', statement_id: own.id }] }])
  })

  test('is nothing that another provider can do', async () => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db) })
    const other = await make.provider(db, 'Teach First')
    expect((await voidOf(db, { ...declaration, lead_provider_id: other.id })).refusals).toHaveLength(1)
    expect(await declared(db)).toMatchObject([{ state: 'submitted' }])
  })

  test('frees its milestone', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    for (let time = 0; time < 2; time++) {
      expect((await declareFor(db, application)).refusals).toEqual([])
      const standing = await db.selectFrom('declarations').selectAll().where('state', '=', 'eligible').executeTakeFirstOrThrow()
      await voidOf(db, standing)
    }
    expect((await declared(db)).map(({ state }) => state)).toEqual(['voided', 'voided'])
  })

  test('never asks for a partner, nor minds one that is available no more', async () => {
    const partner = await make.deliveryPartner(db, { cohorts: [] })
    const application = await make.acceptedApplication(db, { cohort: '2024a', teacher_catchment: 'england', funded_place: true })
    for (const values of [{}, { delivery_partner_id: partner.id }]) {
      const declaration = await make.declaration(db, { application, ...values })
      expect(await voidOf(db, declaration)).toEqual({ refusals: [] })
    }
  })

  test('dated ahead is possible', async () => {
    const declaration = await make.declaration(db, {
      application: await make.acceptedApplication(db),
      declaration_date: Temporal.Instant.from('2029-01-01T00:00:00Z'),
    })
    expect(await voidOf(db, declaration)).toEqual({ refusals: [] })
  })
})

describe('voiding a completion', () => {
  const completed = { declaration_type: 'completed', declaration_date: Temporal.Instant.from('2024-06-30T12:00:00Z') } as const

  test('voids its outcome, without a letter', async () => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), ...completed })
    await make.insert(db, 'outcomes', { declaration_id: declaration.id, state: 'passed', completion_date: Temporal.PlainDate.from('2024-06-01') })
    await voidOf(db, declaration)
    expect(await outcomes()).toEqual([
      ['passed', '2024-06-01'],
      ['voided', '2024-06-30'],
    ])
    expect(await letters(db)).toEqual([])
  })

  test('records one even where there was none, but not a second void', async () => {
    const application = await make.acceptedApplication(db)
    await voidOf(db, await make.declaration(db, { application, ...completed }))
    expect(await outcomes()).toEqual([['voided', '2024-06-30']])
    const again = await make.declaration(db, { application, ...completed, state: 'payable' })
    await make.insert(db, 'outcomes', { declaration_id: again.id, state: 'voided', completion_date: Temporal.PlainDate.from('2024-06-01') })
    await voidOf(db, again)
    expect(await outcomes()).toHaveLength(2)
  })

  test('of a coaching offer, or another milestone, records none', async () => {
    const coaching = await make.acceptedApplication(db, { course: 'npq-early-headship-coaching-offer', schedule: 'npq-ehco-november' })
    await voidOf(db, await make.declaration(db, { application: coaching, ...completed }))
    await voidOf(db, await make.declaration(db, { application: await make.acceptedApplication(db) }))
    expect(await outcomes()).toEqual([])
  })
})
