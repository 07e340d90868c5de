import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { orRefuse } from '../../src/cli/verdict.ts'
import type { Database, Transacting } from '../../src/db/connect.ts'
import { rehearse } from '../../src/db/rehearse.ts'
import { type Act, change, changeAll, create, destroy } from '../../src/domain/history.ts'
import { issue } from '../../src/domain/tokens/issue.ts'
import { noteUse } from '../../src/domain/tokens/records.ts'
import { revoke } from '../../src/domain/tokens/revoke.ts'
import { hashToken, makeToken } from '../../src/domain/tokens/token.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

const act: Act = { now: Temporal.Instant.from('2026-11-02T09:00:00Z'), author: 'Command test', note: 'asked for by phone' }
const key = 'a key of at least thirty-two characters for tests'

let db: Database
beforeEach(async () => {
  db = await database()
})

function history() {
  return db.selectFrom('versions').select(['item_type', 'item_id', 'event', 'whodunnit', 'object', 'object_changes', 'note']).orderBy('id').execute()
}

describe('the history', () => {
  test('of an application has its creation, each change with what was before, and its end', async () => {
    const { id: _id, raw_application_data: _raw, ...values } = await make.application(db)
    const made = await db.transaction().execute((trx) => create(trx, act, 'applications', { ...values, public_id: crypto.randomUUID() }))
    const changed = await db
      .transaction()
      .execute((trx) => change(trx, act, 'applications', made, { funded_place: true, eligible_for_funding: true }))
    await db.transaction().execute((trx) => destroy(trx, act, 'applications', changed))
    const [creation, update, end] = await history()
    const of = { item_type: 'Application', item_id: made.id, whodunnit: 'Command test', note: 'asked for by phone' }
    expect(creation).toMatchObject({ ...of, event: 'create', object: null, object_changes: { eligible_for_funding: [null, true] } })
    expect(update).toMatchObject({ ...of, event: 'update', object: { funded_place: null } })
    expect(Object.keys(update?.object_changes ?? {}).sort()).toEqual(['funded_place', 'updated_at'])
    expect(end).toMatchObject({ ...of, event: 'destroy', object: { funded_place: true } })
  })

  test('of a person has no word from the identity provider and no key, and no row for what is not worth one', async () => {
    const user = await make.user(db, { raw_identity_payload: '{"a":"private"}', email_updates_unsubscribe_key: 'private-1' })
    const write = (values: Parameters<typeof change<'users'>>[4]) => db.transaction().execute((trx) => change(trx, act, 'users', user, values))
    await write({ raw_identity_payload: '{"b":"private"}', feature_flag_id: 'x', updated_at: Temporal.Instant.from('2026-11-03T09:00:00Z') })
    expect(await history()).toEqual([])
    await write({ full_name: 'New Name', raw_identity_payload: '{"c":"private"}' })
    await write({ email_updates_unsubscribe_key: 'private-2' })
    const rows = await history()
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ item_type: 'User', object_changes: { full_name: [user.full_name, 'New Name'] } })
    expect(JSON.stringify(rows)).not.toContain('private')
  })

  test('of many people changed at once has no word from the identity provider and no key either', async () => {
    const { id } = await make.user(db, { raw_identity_payload: '{"a":"private"}', email_updates_unsubscribe_key: 'private-1' })
    const set = (column: Parameters<typeof changeAll<'users'>>[4], value: string, at: Act = act) =>
      db.transaction().execute((trx) => changeAll(trx, at, 'users', [id], column, value))
    expect(await set('full_name', 'New Name')).toBe(1)
    expect(await set('email_updates_unsubscribe_key', 'private-2', { ...act, now: act.now.add({ seconds: 1 }) })).toBe(1)
    expect(await set('raw_identity_payload', '{"c":"private"}')).toBe(1)
    const rows = await history()
    expect(rows.map(({ object_changes }) => Object.keys(object_changes ?? {}).sort())).toEqual([['full_name', 'updated_at'], ['updated_at']])
    expect(JSON.stringify(rows)).not.toMatch(/private|raw_identity_payload|unsubscribe_key/)
  })

  test('is the same whether one row is changed or many, in the spelling in which the row is read', async () => {
    const anyInstant = fc
      .integer({ min: 0, max: 4e9 })
      .chain((seconds) =>
        fc
          .integer({ min: 0, max: 999_999 })
          .map((micros) => Temporal.Instant.fromEpochNanoseconds(BigInt(seconds) * 10n ** 9n + BigInt(micros) * 1000n)),
      )
    const anyDay = anyInstant.map((instant) => instant.toZonedDateTimeISO('UTC').toPlainDate().toString())
    const anyDecimal = fc.integer({ min: 1, max: 99_999_999 }).map((pence) => (pence / 100).toFixed(2))
    const anyText = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'))
    const anyNote = fc.option(anyText, { nil: undefined })
    const changes = fc.oneof(
      anyText.map((value) => ['users', 'full_name', value] as const),
      anyInstant.map((value) => ['applications', 'accepted_at', value.toString()] as const),
      anyDecimal.map((value) => ['contract_templates', 'per_participant', value] as const),
      fc.integer({ min: 1, max: 999 }).map((value) => ['contract_templates', 'recruitment_target', value] as const),
      anyDay.map((value) => ['statements', 'payment_date', value] as const),
      anyDecimal.map((value) => ['statements', 'reconcile_amount', value] as const),
    )
    const terms = { number_of_payment_periods: 3, output_payment_percentage: 60, service_fee_percentage: 40, service_fee_installments: 0 }
    const made = {
      users: await make.user(db),
      applications: await make.application(db),
      contract_templates: await make.insert(db, 'contract_templates', { ...terms, recruitment_target: 1000, per_participant: '1000000.00' }),
      statements: await make.statement(db, { deadline_date: null }),
    }
    await fc.assert(
      fc.asyncProperty(changes, anyInstant, anyNote, async ([table, column, value], now, note) => {
        const row = made[table]
        const acting: Act = { now, author: 'Command test', ...(note !== undefined && { note }) }
        const undone = (write: (trx: Transacting) => Promise<unknown>) =>
          rehearse(db, { real: false }, async (trx) => {
            await write(trx)
            return trx.selectFrom('versions').select(['item_type', 'item_id', 'event', 'whodunnit', 'object', 'object_changes', 'note']).execute()
          })
        const one = await undone((trx) => change(trx, acting, table, row as never, { [column]: value } as never))
        const many = await undone((trx) => changeAll(trx, acting, table, [row.id], column as never, value))
        expect(many).toEqual(one)
        const { raw_identity_payload: _payload, email_updates_unsubscribe_key: _key, ...read } = JSON.parse(JSON.stringify(row))
        expect(one[0]?.object).toEqual(read)
        expect(one[0]?.object_changes).toMatchObject({ [column]: [read[column], value] })
      }),
      { numRuns: 100 },
    )
  })

  test('of a token has its issue and its end, never its hash, and no row for its use', async () => {
    const token = makeToken('test')
    const issued = await issue(db, { ...act, token, key, label: 'for a test', scope: 'lead_provider', provider: 'Ambition Institute' })
    const { id } = orRefuse(issued)
    await noteUse(db, id)
    orRefuse(await revoke(db, { ...act, id }))
    const again = await revoke(db, { ...act, id })
    expect(again.refusals.map(({ detail }) => detail)).toEqual([
      `Token ${id} (for a test) was revoked already, at 2026-11-02T09:00:00Z by ${act.author}.`,
    ])
    const rows = await history()
    expect(rows.map(({ item_type, item_id, event }) => [item_type, item_id, event])).toEqual([
      ['ApiToken', id, 'create'],
      ['ApiToken', id, 'update'],
    ])
    expect(rows[1]?.object_changes).toMatchObject({ revoked_at: [null, '2026-11-02T09:00:00Z'] })
    for (const secret of [token, hashToken(token, key), 'hashed_token']) expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test('of a declaration has no row for a change of updated_at alone', async () => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db) })
    await db.transaction().execute((trx) => change(trx, act, 'declarations', declaration, { updated_at: act.now }))
    expect(await history()).toEqual([])
  })

  test('goes with the change: a transaction that fails leaves neither', async () => {
    const user = await make.user(db)
    const failing = db.transaction().execute(async (trx) => {
      await change(trx, act, 'users', user, { full_name: 'New Name' })
      throw new Error('too late')
    })
    await expect(failing).rejects.toThrow('too late')
    expect(await history()).toEqual([])
  })

  test.each(['update versions set note = null', 'delete from versions'])('refuses %s', async (statement) => {
    const user = await make.user(db)
    await db.transaction().execute((trx) => change(trx, act, 'users', user, { full_name: 'New Name' }))
    await expect(sql.raw(statement).execute(db)).rejects.toThrow('only ever added')
  })
})
