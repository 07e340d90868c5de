import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { standingAt } from '../../src/clock.ts'
import type { Database } from '../../src/db/connect.ts'
import { ask } from '../support/app.ts'
import { database, onPostgres } from '../support/database.ts'
import * as make from '../support/make.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'
import { breakStatement } from '../support/statements.ts'

const other = 'Teach First'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeSandboxApp()
  token = await sandboxToken(db)
})

const move = (day: unknown, as = token) => ask(app, '/api/sandbox/clock', { token: as, method: 'POST', body: { data: { attributes: { day } } } })
const read = async (path: string, as = token) => (await ask(app, path, { token: as })).json().data.attributes
const sent = (attributes: Record<string, unknown>) => ({ method: 'POST' as const, body: { data: { attributes } } })

/** A participant on a course, and the body of the declaration of its start. */
async function participant(providerName?: string) {
  const application = await make.acceptedApplication(db, { ...(providerName && { provider: providerName }) })
  const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
  return { participant_id: public_id, course_identifier: 'npq-headship', declaration_type: 'started', declaration_date: '2023-11-01T10:00:00Z' }
}

describe('a provider’s own day', () => {
  beforeEach(async () => {
    await make.statement(db)
    await make.statement(db, { month: 12, deadline_date: Temporal.PlainDate.from('2026-12-31'), payment_date: Temporal.PlainDate.from('2027-01-25') })
  })

  test('is the calendar’s until it is moved, and then so many days ahead for this provider alone', async () => {
    expect(await read('/api/sandbox/clock')).toEqual({ day: '2026-11-02', now: '2026-11-02T09:00:00Z', days_ahead: 0, last_day: '2027-01-25' })
    const stranger = await sandboxToken(db, other)
    expect((await move('2026-12-26')).json().data.attributes).toEqual({
      day: '2026-12-26',
      now: '2026-12-26T09:00:00Z',
      days_ahead: 54,
      last_day: '2027-01-25',
    })
    expect(await read('/api/sandbox/clock', stranger)).toMatchObject({ day: '2026-11-02', days_ahead: 0 })
    // what one may declare by then, the other may not
    const later = { declaration_date: '2026-12-20T10:00:00Z' }
    const own = await ask(app, '/api/v3/participant-declarations', { token, ...sent({ ...(await participant()), ...later }) })
    expect(own.statusCode).toBe(200)
    expect(own.json().data.attributes.created_at).toBe('2026-12-26T09:00:00Z')
    await make.statement(db, { provider: other })
    const theirs = await ask(app, '/api/v3/participant-declarations', { token: stranger, ...sent({ ...(await participant(other)), ...later }) })
    expect([theirs.statusCode, theirs.json().errors.map(({ title }: { title: string }) => title)]).toEqual([422, ['declaration_date']])
  })

  test('brings money: a declaration becomes payable and is paid, and what is clawed back is taken off', async () => {
    const declared = await ask(app, '/api/v3/participant-declarations', { token, ...sent(await participant()) })
    const { id, attributes } = declared.json().data
    const statement = `/api/v3/statements/${attributes.statement_id}`
    const state = async () => [(await read(`/api/v3/participant-declarations/${id}`)).state, (await read(statement)).paid]
    expect(await state()).toEqual(['eligible', false])
    await move('2026-11-30')
    expect(await state()).toEqual(['eligible', false])
    await move('2026-12-01')
    expect(await state()).toEqual(['payable', false])
    await move('2026-12-25')
    expect(await state()).toEqual(['paid', true])
    expect(await read(statement)).toMatchObject({ updated_at: '2026-12-25T00:00:00Z' })
    const clawback = await ask(app, `/api/v3/participant-declarations/${id}/void`, { token, method: 'PUT' })
    expect(clawback.json().data.attributes.state).toBe('awaiting-clawback')
    await move('2027-01-25')
    expect(await state()).toEqual(['clawed-back', true])
    expect(await db.selectFrom('jobs').selectAll().where('kind', '=', 'mark statement paid').execute()).toEqual([])
  })

  test('does what is due in the order of its days, however far it is moved at once, and leaves others’ statements alone', async () => {
    const theirs = await make.statement(db, { provider: other })
    await make.item(db, {
      declaration: await make.declaration(db, { application: await make.acceptedApplication(db, { provider: other }), state: 'eligible' }),
      statement: theirs,
    })
    const declared = await ask(app, '/api/v3/participant-declarations', { token, ...sent(await participant()) })
    await move('2027-01-25')
    expect(await read(`/api/v3/participant-declarations/${declared.json().data.id}`)).toMatchObject({
      state: 'paid',
      updated_at: '2026-12-25T00:00:00Z',
    })
    const history = await db.selectFrom('versions').select('whodunnit').where('item_type', '=', 'Statement').orderBy('id').execute()
    const provider = (await make.provider(db)).id
    expect(history.map(({ whodunnit }) => whodunnit)).toEqual([
      'Background job: mark statements payable',
      `Lead provider ${provider}`,
      `Background job: mark statement paid, authorised by Lead provider ${provider}`,
      'Background job: mark statements payable',
    ])
    expect(await db.selectFrom('statements').select('state').where('id', '=', theirs.id).executeTakeFirstOrThrow()).toEqual({ state: 'open' })
  })

  test('carries no time that was read past, where something was due before', async () => {
    app = await makeSandboxApp({ clock: standingAt(Temporal.Instant.from('2026-12-28T09:00:00Z')) })
    const application = await make.acceptedApplication(db)
    const [due] = await db.selectFrom('statements').selectAll().where('month', '=', 11).execute()
    const declaration = await make.declaration(db, { application, state: 'eligible' })
    await make.item(db, { declaration, statement: due as NonNullable<typeof due> })
    await move('2026-12-28')
    expect(await read(`/api/v3/participant-declarations/${declaration.public_id}`)).toMatchObject({
      state: 'paid',
      updated_at: '2026-12-28T09:00:00Z',
    })
  })

  test('gives way to X-With-Server-Date for one request', async () => {
    await move('2026-12-26')
    const asked = sent({ ...(await participant()), declaration_date: '2026-12-20T10:00:00Z' })
    const headers = { 'x-with-server-date': '2026-12-01T09:00:00Z' }
    expect((await ask(app, '/api/v3/participant-declarations', { token, headers, ...asked })).statusCode).toBe(422)
    expect((await ask(app, '/api/v3/participant-declarations', { token, ...asked })).statusCode).toBe(200)
  })

  test.each([
    [
      'the past',
      '2026-11-01',
      'day_past',
      'Your day is 2 November 2026 already, and it cannot go back: what was paid stays paid. Reset your sandbox to begin again.',
    ],
    [
      'a day after the last payment',
      '2027-01-26',
      'day_after_last_statement',
      'Your last statement is paid on 25 January 2027. Give a #/day until then.',
    ],
    ['no date', 'tomorrow', 'day_missing', 'Give the day to move to in #/day, such as 2026-12-26.'],
    ['nothing', null, 'day_missing', 'Give the day to move to in #/day, such as 2026-12-26.'],
  ])('is not moved to %s', async (_, day, code, detail) => {
    const refused = await move(day)
    expect([refused.statusCode, refused.json()]).toEqual([422, { errors: [{ title: 'day', detail, code }] }])
    expect(await read('/api/sandbox/clock')).toMatchObject({ day: '2026-11-02' })
  })

  test('is not moved where the rest of what is due cannot be done', async () => {
    const declared = await ask(app, '/api/v3/participant-declarations', { token, ...sent(await participant()) })
    const last = await db.selectFrom('statements').select('id').where('month', '=', 12).executeTakeFirstOrThrow()
    await breakStatement(db, last)
    expect((await move('2027-01-25')).statusCode).toBe(500)
    expect(await read('/api/sandbox/clock')).toMatchObject({ day: '2026-11-02' })
    expect(await read(`/api/v3/participant-declarations/${declared.json().data.id}`)).toMatchObject({ state: 'eligible' })
  })

  test.runIf(onPostgres)('is moved by one after the other, where several ask at once', async () => {
    await ask(app, '/api/v3/participant-declarations', { token, ...sent(await participant()) })
    const answers = await Promise.all(['2026-12-25', '2026-12-26', '2027-01-25'].map((day) => move(day)))
    for (const { statusCode } of answers) expect([200, 422]).toContain(statusCode)
    expect(await read('/api/sandbox/clock')).toMatchObject({ day: '2027-01-25' })
    const paid = await db.selectFrom('statement_items').select('state').execute()
    expect(paid).toEqual([{ state: 'paid' }])
  })
})

test('a provider without statements has no day to move to', async () => {
  const refused = await move('2026-11-03')
  expect([refused.statusCode, refused.json().errors[0].code]).toEqual([422, 'day_after_last_statement'])
  expect((await move('2026-11-02')).statusCode).toBe(200)
})
