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

const actions = { accept: 'POST', reject: 'POST', 'change-funded-place': 'PUT' } as const
type Action = keyof typeof actions

async function act(version: string, action: Action, application: { public_id: string }, body?: unknown) {
  const answer = await ask(app, `/api/${version}/npq-applications/${application.public_id}/${action}`, { token, method: actions[action], body })
  const json = answer.json()
  return { status: answer.statusCode, json, titles: json.errors?.map(({ title }: { title: string }) => title), shown: json.data?.attributes }
}
const attributes = (values: Record<string, unknown>) => ({ data: { type: 'anything', attributes: values } })
const stored = async ({ id }: RowOf<'applications'>) => db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe.each(versions)('in %s', (version) => {
  test('accepting answers 200 with the application as it is then', async () => {
    const application = await make.application(db, { cohort: '2026b' })
    const { status, json, shown } = await act(version, 'accept', application, attributes({ funded_place: true }))
    expect(status).toBe(200)
    expect(json.data).toMatchObject({ id: application.public_id, type: 'npq_application' })
    expect(shown).toMatchObject({ status: 'accepted', funded_place: true, updated_at: '2026-11-02T09:00:00Z' })
    if (version === 'v3') expect(shown.schedule_identifier).toBe('npq-leadership-autumn')
  })

  test('accepting reads its body as an optional one', async () => {
    const cases: [unknown, number][] = [
      [undefined, 200],
      [{}, 200],
      [{ other: 1 }, 200],
      [attributes({ funded_place: null }), 200],
      [attributes({ funded_place: 'x', unknown: 1 }), 200],
      [{ data: null }, 400],
      [{ data: 'x' }, 400],
      [{ data: 1 }, 400],
      [{ data: [1] }, 400],
      [{ data: {} }, 400],
      [{ data: { attributes: null } }, 400],
      [{ data: { attributes: {} } }, 400],
      [{ data: { attributes: 'x' } }, 400],
      [{ data: { attributes: [1] } }, 400],
      [attributes({ foo: 1 }), 400],
      [attributes({ funded_place: {} }), 400],
      [attributes({ funded_place: [true] }), 400],
      [[], 400],
      ['"text"', 400],
      ['1', 400],
      ['null', 400],
    ]
    for (const [body, expected] of cases) {
      const application = await make.application(db)
      const { status, titles } = await act(version, 'accept', application, body)
      expect([status, titles], JSON.stringify(body)).toEqual([expected, expected === 400 ? ['Bad request'] : undefined])
      expect((await stored(application)).lead_provider_approval_status).toBe(expected === 200 ? 'accepted' : 'pending')
    }
  })

  test('an action looks for the application before it looks at the body', async () => {
    const foreign = await make.application(db, { provider: 'Teach First' })
    for (const action of Object.keys(actions) as Action[]) {
      for (const public_id of [foreign.public_id, '00000000-0000-4000-8000-000000000000', '123XXX']) {
        expect(await act(version, action, { public_id }, { data: {} })).toMatchObject({ status: 404, json: { error: 'Resource not found' } })
      }
    }
    expect(await stored(foreign)).toEqual(foreign)
  })

  test('accepting names every rule that is broken', async () => {
    const application = await make.application(db, { cohort: '2026b', lead_provider_approval_status: 'rejected' })
    const { status, json, titles } = await act(version, 'accept', application)
    expect([status, titles]).toEqual([422, ['funded_place', 'application']])
    for (const { detail } of json.errors) expect(detail).toMatch(/^[A-Z].*\.$/)
    expect(await stored(application)).toEqual(application)
  })

  test('accepting with a schedule works in v3 alone', async () => {
    const spring = attributes({ schedule_identifier: 'npq-leadership-spring' })
    const application = await make.application(db)
    expect((await act(version, 'accept', application, spring)).status).toBe(version === 'v3' ? 200 : 400)
    const other = await make.application(db)
    await act(version, 'accept', other, attributes({ schedule_identifier: 'npq-leadership-spring', funded_place: null }))
    const expected = version === 'v3' ? 'npq-leadership-spring' : 'npq-leadership-autumn'
    expect((await stored(other)).schedule_id).toBe((await make.scheduleNamed(db, '2023a', expected)).id)
  })

  test('rejecting passes over its body and gives the provider’s reason', async () => {
    for (const body of [undefined, {}, { data: 1 }, attributes({ reason_for_rejection: 'registration_expired' })]) {
      const { status, shown } = await act(version, 'reject', await make.application(db), body)
      expect([status, shown.status, shown.reason_for_rejection]).toEqual([200, 'rejected', 'rejected_by_provider'])
    }
  })

  test('rejecting twice is refused', async () => {
    const application = await make.application(db)
    await act(version, 'reject', application)
    expect(await act(version, 'reject', application)).toMatchObject({ status: 422, titles: ['application'] })
  })

  test('the funded place can be changed both ways, and setting it again writes nothing', async () => {
    const application = await make.acceptedApplication(db, { cohort: '2026b', funded_place: false })
    for (const place of [true, false]) {
      const { status, shown } = await act(version, 'change-funded-place', application, attributes({ funded_place: place }))
      expect([status, shown.funded_place]).toEqual([200, place])
    }
    const before = await db.selectFrom('versions').select('id').execute()
    expect((await act(version, 'change-funded-place', application, attributes({ funded_place: false }))).status).toBe(200)
    expect(await db.selectFrom('versions').select('id').execute()).toEqual(before)
    expect(await db.selectFrom('users').select('significantly_updated_at').execute()).toEqual([{ significantly_updated_at: application.created_at }])
  })

  test.each<[string, unknown, number, string]>([
    ['nothing', undefined, 422, 'funded_place'],
    ['no attributes', { data: {} }, 400, 'Bad request'],
    ['another attribute alone', attributes({ schedule_identifier: 'npq-leadership-autumn' }), 400, 'Bad request'],
    ['null', attributes({ funded_place: null }), 422, 'funded_place'],
    ['a text', attributes({ funded_place: 'true' }), 422, 'funded_place'],
  ])('changing the funded place refuses %s', async (_, body, status, title) => {
    const application = await make.acceptedApplication(db, { cohort: '2026b', funded_place: false })
    expect(await act(version, 'change-funded-place', application, body)).toMatchObject({ status, titles: [title] })
  })

  test.each(['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const)(
    'a %s declaration holds or frees the funded place',
    async (state) => {
      const application = await make.acceptedApplication(db, { cohort: '2026b', funded_place: true })
      await make.declaration(db, { application, state })
      const blocks = ['submitted', 'eligible', 'payable', 'paid'].includes(state)
      for (const place of [true, false]) {
        expect((await act(version, 'change-funded-place', application, attributes({ funded_place: place }))).status).toBe(blocks ? 422 : 200)
      }
    },
  )
})

describe('a schedule identifier', () => {
  test.each([
    ['an empty text', '', 200],
    ['blanks', '  ', 200],
    ['null', null, 200],
    ['a number', 17, 422],
    ['a NUL', 'nul\u0000byte', 422],
    ['half a character', '\ud800', 422],
    ['100,000 letters', 'x'.repeat(100_000), 422],
  ])('of %s is read', async (_, schedule_identifier, status) => {
    const { status: answered, titles } = await act('v3', 'accept', await make.application(db), attributes({ schedule_identifier }))
    expect([answered, titles]).toEqual([status, status === 422 ? ['schedule_identifier'] : undefined])
  })
})

test('rejecting moves what the participant’s application at another provider shows, changing a funded place does not', async () => {
  const user = await make.user(db)
  const own = await make.acceptedApplication(db, { user, cohort: '2026b', funded_place: true })
  const elsewhere = await make.application(db, { user, provider: 'Teach First', course: 'npq-senior-leadership' })
  const theirs = await make.token(db, 'Teach First')
  const shown = async () => (await ask(app, `/api/v3/npq-applications/${elsewhere.public_id}`, { token: theirs })).json().data.attributes.updated_at
  await act('v3', 'change-funded-place', own, attributes({ funded_place: false }))
  expect(await shown()).toBe('2026-10-01T09:00:00Z')
  await act('v3', 'reject', own)
  expect(await shown()).toBe('2026-11-02T09:00:00Z')
})
