import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Version, versions } from '../../../src/api/versions.ts'
import { standingAt } from '../../../src/clock.ts'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import { declared, milestone } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

async function send(method: 'POST' | 'PUT', path: string, body?: unknown, as = token, server = app) {
  const answer = await ask(server, path, { token: as, method, body })
  const json = answer.json()
  return { status: answer.statusCode, json, titles: json.errors?.map(({ title }: { title: string }) => title), shown: json.data?.attributes }
}
const declare = (version: Version, attributes: Record<string, unknown>, as = token, server = app) =>
  send('POST', `/api/${version}/participant-declarations`, { data: { type: 'participant-declaration', attributes } }, as, server)
const put = (version: Version, action: string, { public_id }: { public_id: string }, body?: unknown, as = token) =>
  send('PUT', `/api/${version}/participant-declarations/${public_id}/${action}`, body, as)
const unknownId = '00000000-0000-4000-8000-000000000000'

async function attributesFor(application: RowOf<'applications'>, change: Record<string, unknown> = {}) {
  const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
  const course = await db.selectFrom('courses').select('identifier').where('id', '=', application.course_id).executeTakeFirstOrThrow()
  const attributes = { participant_id: public_id, declaration_type: 'started', declaration_date: milestone, course_identifier: course.identifier }
  return { ...attributes, ...change }
}

/** A trigger named `unforeseen` on declarations, for this test alone. */
async function withTrigger(text: string) {
  onTestFinished(async () => void (await sql`drop trigger if exists unforeseen on declarations`.execute(db)))
  await sql.raw(text).execute(db)
}

describe.each(versions)('declaring in %s', (version) => {
  test('answers 200 with the declaration', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    const { status, json, shown } = await declare(version, await attributesFor(application))
    expect(status).toBe(200)
    const [made] = await declared(db)
    expect(json.data).toMatchObject({ id: made?.public_id, type: 'participant-declaration' })
    expect(shown).toMatchObject({ state: 'eligible', declaration_date: milestone, has_passed: null, updated_at: '2026-11-02T09:00:00Z' })
  })

  test('needs a body of the documented structure', async () => {
    for (const body of [
      undefined,
      {},
      { data: {} },
      { data: { attributes: {} } },
      { data: 'x' },
      { data: { attributes: 'x' } },
      [],
      'null',
      '{"data"',
    ]) {
      const { status, titles } = await send('POST', `/api/${version}/participant-declarations`, body)
      expect([status, titles], JSON.stringify(body)).toEqual([400, ['Bad request']])
    }
  })

  test('takes unknown attributes, and lists and objects, for nothing', async () => {
    expect((await declare(version, { dummy: 1 })).titles).toEqual(['participant_id', 'declaration_date', 'declaration_type', 'declaration_type'])
    const nested = { participant_id: ['x'], declaration_date: { a: 1 }, declaration_type: [], has_passed: {} }
    expect((await declare(version, nested)).titles).toEqual(['participant_id', 'declaration_date', 'declaration_type', 'declaration_type'])
    await make.statement(db)
    const attributes = await attributesFor(await make.acceptedApplication(db), { dummy: 1, delivery_partner_id: ['x'] })
    expect((await declare(version, attributes)).status).toBe(200)
  })

  test('answers for participants that it cannot find as for those of others', async () => {
    await make.statement(db)
    const foreign = await make.acceptedApplication(db, { provider: 'Teach First' })
    const pending = await make.application(db)
    const known = await attributesFor(await make.acceptedApplication(db))
    const answers = [
      await declare(version, await attributesFor(foreign)),
      await declare(version, await attributesFor(pending)),
      await declare(version, { ...known, participant_id: unknownId }),
      await declare(version, { ...known, participant_id: 'x' }),
      await declare(version, { ...known, participant_id: 12 }),
    ]
    for (const { status, json } of answers) expect([status, json]).toEqual([422, answers[0]?.json])
    expect(answers[0]?.titles).toEqual(['participant_id'])
    expect((await declare(version, { ...known, participant_id: known.participant_id.toUpperCase() })).status).toBe(200)
  })

  test('tells the new id of a visible participant alone', async () => {
    await make.statement(db)
    const old = '11111111-1111-4111-8111-111111111111'
    const application = await make.acceptedApplication(db)
    const attributes = await attributesFor(application, { participant_id: old })
    const change = { user_id: application.user_id, from_participant_id: old, to_participant_id: '22222222-2222-4222-8222-222222222222' }
    await make.insert(db, 'participant_id_changes', change)
    const { titles, json } = await declare(version, attributes)
    expect(titles).toEqual(['participant_id'])
    expect(json.errors[0].detail).toMatch(/11111111.*22222222/)
    const other = await make.token(db, 'Teach First')
    expect((await declare(version, attributes, other)).json.errors[0].detail).not.toContain('22222222')
  })

  test('needs a course that the participant is on, or its twin under contract', async () => {
    await make.statement(db)
    const headship = await make.acceptedApplication(db)
    for (const course_identifier of [undefined, '', 'npq-nothing', 'npq-senco', 7]) {
      expect((await declare(version, await attributesFor(headship, { course_identifier }))).titles).toEqual(['course_identifier'])
    }
    const twin = { course_identifier: 'npq-additional-support-offer' }
    const coaching = await make.acceptedApplication(db, { course: 'npq-early-headship-coaching-offer', schedule: 'npq-ehco-november' })
    expect((await declare(version, await attributesFor(coaching, twin))).titles).toEqual(['cohort'])
    await make.statement(db, { month: 12, courses: ['npq-additional-support-offer'] })
    const { status, shown } = await declare(version, await attributesFor(coaching, twin))
    expect([status, shown.course_identifier]).toEqual([200, 'npq-early-headship-coaching-offer'])
  })

  test('without a schedule is refused', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db, { schedule_id: null })
    expect((await declare(version, await attributesFor(application))).titles).toEqual(['application'])
  })

  test('of completion shows the result', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    const attributes = await attributesFor(application, { declaration_type: 'completed', has_passed: 'false' })
    expect((await declare(version, attributes)).shown).toMatchObject({ declaration_type: 'completed', has_passed: false })
    expect((await declare(version, await attributesFor(application, { declaration_type: 'completed' }))).titles).toEqual(['has_passed'])
  })

  test('is judged at the moment of the request’s own clock', async () => {
    await make.statement(db)
    const attributes = await attributesFor(await make.acceptedApplication(db), { declaration_date: '2026-11-02T09:00:01Z' })
    expect((await declare(version, attributes)).titles).toEqual(['declaration_date'])
    const later = await makeApp({ clock: standingAt(Temporal.Instant.from('2026-11-02T09:00:01Z')) })
    expect((await declare(version, attributes, token, later)).status).toBe(200)
  })

  test('asks for a partner in v3 alone, for cohorts from 2024 in England', async () => {
    const partner = await make.deliveryPartner(db, { cohorts: ['2024a'] })
    const second = await make.deliveryPartner(db, { cohorts: ['2024a'] })
    const elsewhere = [
      await make.deliveryPartner(db, { provider: 'Teach First', cohorts: ['2024a'] }),
      await make.deliveryPartner(db, { cohorts: ['2023a', '2025a'] }),
    ]
    await make.statement(db, { cohort: '2024a' })
    await make.statement(db)
    const dated = { declaration_date: '2025-01-10T00:00:00Z' }
    const inEngland = () => make.acceptedApplication(db, { cohort: '2024a', teacher_catchment: 'england', funded_place: true })
    const inWales = () => make.acceptedApplication(db, { cohort: '2024a', teacher_catchment: 'wales', funded_place: true })
    const tried = async (application: RowOf<'applications'>, sent: Record<string, unknown>) => {
      const { status, titles } = await declare(version, await attributesFor(application, { ...dated, ...sent }))
      return titles ?? status
    }
    expect(await tried(await inEngland(), {})).toEqual(version === 'v3' ? ['delivery_partner_id'] : 200)
    expect(await tried(await inEngland(), { delivery_partner_id: null })).toEqual(version === 'v3' ? ['delivery_partner_id'] : 200)
    expect(await tried(await inWales(), {})).toBe(200)
    expect(await tried(await make.acceptedApplication(db, { teacher_catchment: 'england' }), {})).toBe(200)
    for (const public_id of [...elsewhere.map((one) => one.public_id), unknownId, '', 'foo', 7]) {
      expect(await tried(await inEngland(), { delivery_partner_id: public_id })).toEqual(['delivery_partner_id'])
      const both = { delivery_partner_id: partner.public_id, secondary_delivery_partner_id: public_id }
      expect(await tried(await inEngland(), both)).toEqual(['secondary_delivery_partner_id'])
    }
    const both = { delivery_partner_id: partner.public_id, secondary_delivery_partner_id: second.public_id }
    expect(await tried(await inWales(), both)).toEqual(['delivery_partner_id', 'secondary_delivery_partner_id'])
    const application = await inEngland()
    expect(await tried(application, both)).toBe(200)
    expect((await declared(db)).at(-1)).toMatchObject({
      application_id: application.id,
      delivery_partner_id: partner.id,
      secondary_delivery_partner_id: second.id,
    })
  })

  test('before 2024 counts an English school as inside catchment', async () => {
    const partner = await make.deliveryPartner(db)
    await make.statement(db)
    for (const [urn, expected] of [
      ['101234', 200],
      ['401234', 422],
    ] as const) {
      const school = await make.insert(db, 'schools', { urn, name: 'Ash Lane School' })
      const application = await make.acceptedApplication(db, { school_id: school.id })
      const { status } = await declare(version, await attributesFor(application, { delivery_partner_id: partner.public_id }))
      expect([urn, status]).toEqual([urn, expected])
    }
  })

  test('whose outcome cannot be recorded answers 400 and saves nothing', async () => {
    await make.statement(db)
    const attributes = await attributesFor(await make.acceptedApplication(db), { declaration_type: 'completed', has_passed: true })
    await sql`alter table outcomes add constraint outcomes_none check (false)`.execute(db)
    try {
      expect(await declare(version, attributes)).toMatchObject({ status: 400, titles: ['Bad request'] })
      expect(await declared(db)).toEqual([])
    } finally {
      await sql`alter table outcomes drop constraint outcomes_none`.execute(db)
    }
  })
})

describe.each(versions)('voiding in %s', (version) => {
  test('answers 200 with the declaration as it is then, whatever the body', async () => {
    const statement = await make.statement(db)
    for (const body of [undefined, { data: {} }, '[]']) {
      const made = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'eligible' })
      await make.item(db, { declaration: made, statement })
      const { status, shown } = await put(version, 'void', made, body)
      expect([status, shown.state, shown.updated_at]).toEqual([200, 'voided', '2026-11-02T09:00:00Z'])
      if (version === 'v1') expect(shown).toMatchObject({ voided: true, eligible_for_payment: false })
      if (version === 'v3') expect(shown.statement_id).toBeNull()
    }
  })

  test('what was paid shows both statements', async () => {
    const paid = await make.statement(db, { state: 'paid' })
    const next = await make.statement(db, { month: 12 })
    const made = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'paid' })
    await make.item(db, { declaration: made, statement: paid })
    const { status, shown } = await put(version, 'void', made)
    expect([status, shown.state]).toEqual([200, 'awaiting-clawback'])
    if (version === 'v3') expect(shown).toMatchObject({ statement_id: paid.public_id, clawback_statement_id: next.public_id })
    expect(await put(version, 'void', made)).toMatchObject({ status: 422, titles: ['declaration'] })
  })

  test('a duplicate is possible also after the statement that holds it was paid', async () => {
    const statement = await make.statement(db, { state: 'paid' })
    const made = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'ineligible', state_reason: 'duplicate' })
    await make.item(db, { declaration: made, statement })
    const { status, shown } = await put(version, 'void', made)
    expect([status, shown.state]).toEqual([200, 'voided'])
    expect(await declared(db)).toMatchObject([{ state: 'voided', items: [{ state: 'voided', statement_id: statement.id }] }])
  })

  test('what the database alone refuses is answered in the form of every refusal', async () => {
    const made = await make.declaration(db, { application: await make.acceptedApplication(db) })
    await withTrigger(`create trigger unforeseen before update of state on declarations
      for each row execute function refuse_illegal_transition('none>at_all')`)
    const { status, json } = await put(version, 'void', made)
    expect([status, json]).toEqual([
      422,
      { errors: [{ code: 'not_changeable', title: 'base', detail: expect.stringContaining('nothing was changed') }] },
    ])
  })

  test('what another provider made is refused where it is seen, and not found where it is not', async () => {
    const made = await make.declaration(db, { application: await make.acceptedApplication(db) })
    const other = await make.token(db, 'Teach First')
    expect((await put(version, 'void', made, undefined, other)).status).toBe(404)
    await db
      .updateTable('applications')
      .set({ lead_provider_id: (await make.provider(db, 'Teach First')).id })
      .execute()
    const answer = await put(version, 'void', made, undefined, other)
    if (version === 'v3') expect(answer).toMatchObject({ status: 403, titles: ['Cannot modify declaration'] })
    else expect(answer).toMatchObject({ status: 404, json: { error: 'Resource not found' } })
    expect(await declared(db)).toMatchObject([{ state: 'submitted' }])
    expect((await put(version, 'void', made)).status).toBe(200)
  })

  test('what does not exist is not found', async () => {
    for (const public_id of [unknownId, 'x']) expect((await put(version, 'void', { public_id })).status).toBe(404)
  })
})

describe('changing delivery partners', () => {
  const change = (made: { public_id: string }, attributes: Record<string, unknown>, as = token) =>
    put('v3', 'change-delivery-partner', made, { data: { attributes } }, as)
  const inEngland = (cohort: '2023a' | '2024a') =>
    make.acceptedApplication(db, { cohort, teacher_catchment: 'england', ...(cohort === '2024a' && { funded_place: true }) })

  test('replaces both, in any state, and takes off the second where it is left out', async () => {
    const [one, two] = [await make.deliveryPartner(db), await make.deliveryPartner(db)]
    for (const state of ['submitted', 'voided', 'paid'] as const) {
      const made = await make.declaration(db, { application: await inEngland('2023a'), state })
      const both = { delivery_partner_id: one.public_id, secondary_delivery_partner_id: two.public_id.toUpperCase() }
      expect((await change(made, both)).shown).toMatchObject({
        delivery_partner_name: one.name,
        secondary_delivery_partner_name: two.name,
        updated_at: '2026-11-02T09:00:00Z',
      })
      for (const blank of [{}, { secondary_delivery_partner_id: null }, { secondary_delivery_partner_id: '' }]) {
        await change(made, both)
        const { shown } = await change(made, { delivery_partner_id: two.public_id, ...blank, participant_id: 'x' })
        expect(shown).toMatchObject({ delivery_partner_id: two.public_id, secondary_delivery_partner_id: null })
      }
    }
  })

  test('to what they are changes nothing, even off the list', async () => {
    const partner = await make.deliveryPartner(db, { cohorts: [] })
    const made = await make.declaration(db, { application: await inEngland('2024a'), delivery_partner_id: partner.id })
    const { status, shown } = await change(made, { delivery_partner_id: partner.public_id })
    expect([status, shown.updated_at]).toEqual([200, '2026-10-01T09:00:00Z'])
    expect(await db.selectFrom('versions').select('id').execute()).toEqual([])
  })

  test('goes by the list of the maker for the declaration’s cohort', async () => {
    const made = await make.declaration(db, { application: await inEngland('2024a') })
    const titles = async (facts: Parameters<typeof make.deliveryPartner>[1]) =>
      (await change(made, { delivery_partner_id: (await make.deliveryPartner(db, facts)).public_id })).titles
    expect(await titles({ cohorts: ['2023a'] })).toEqual(['delivery_partner_id'])
    expect(await titles({ cohorts: ['2024a'], provider: 'Teach First' })).toEqual(['delivery_partner_id'])
    expect(await titles({ cohorts: ['2024a'] })).toBeUndefined()
  })

  test('asks for one where the declaration had one that is needed', async () => {
    const partner = await make.deliveryPartner(db, { cohorts: ['2023a', '2024a'] })
    const made = async (cohort: '2023a' | '2024a', has: boolean) =>
      make.declaration(db, { application: await inEngland(cohort), delivery_partner_id: has ? partner.id : null })
    const unknown = { delivery_partner_id: unknownId }
    expect((await change(await made('2024a', true), unknown)).titles).toEqual(['delivery_partner', 'delivery_partner_id'])
    expect((await change(await made('2024a', false), unknown)).titles).toEqual(['delivery_partner'])
    expect((await change(await made('2023a', true), unknown)).titles).toEqual(['delivery_partner'])
    const second = { secondary_delivery_partner_id: partner.public_id }
    expect((await change(await made('2024a', true), { ...unknown, ...second })).titles).toEqual([
      'delivery_partner',
      'delivery_partner_id',
      'secondary_delivery_partner_id',
    ])
  })

  test('looks for the declaration, then for its maker, then at the body', async () => {
    const made = await make.declaration(db, { application: await inEngland('2023a') })
    expect((await put('v3', 'change-delivery-partner', { public_id: unknownId }, {})).status).toBe(404)
    for (const body of [{}, { data: {} }, { data: { attributes: {} } }])
      expect((await put('v3', 'change-delivery-partner', made, body)).status).toBe(400)
    const other = await make.token(db, 'Teach First')
    await db
      .updateTable('applications')
      .set({ lead_provider_id: (await make.provider(db, 'Teach First')).id })
      .execute()
    expect(await put('v3', 'change-delivery-partner', made, {}, other)).toMatchObject({ status: 403, titles: ['Cannot modify declaration'] })
  })

  test('fails outside catchment', async () => {
    const partner = await make.deliveryPartner(db)
    const made = await make.declaration(db, { application: await make.acceptedApplication(db, { teacher_catchment: 'wales' }) })
    expect((await change(made, { delivery_partner_id: partner.public_id })).titles).toEqual(['delivery_partner_id'])
  })

  test.each(['v1', 'v2'] as const)('does not exist in %s', async (version) => {
    const made = await make.declaration(db, { application: await inEngland('2023a') })
    expect((await put(version, 'change-delivery-partner', made, {})).status).toBe(404)
  })
})
