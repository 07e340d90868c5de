import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import type { Database } from '../../../src/db/connect.ts'
import type { NewRowOf, RowOf } from '../../../src/db/schema.ts'
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

type Shown = { id: string; type: string; attributes: Record<string, unknown> & { npq_enrolments: Record<string, unknown>[] } }
const at = (text: string) => Temporal.Instant.from(text)
const old = at('2026-01-01T00:00Z')
const get = (version: string, path = '', caller = token) => ask(app, `/api/${version}/participants/npq${path}`, { token: caller })
const list = async (version: string, query = '', caller = token): Promise<Shown[]> => (await get(version, `?${query}`, caller)).json().data
const listed = async (version: string, query = '') => (await list(version, query)).map(({ id }) => id)

async function attributesOf(version: string, { public_id }: { public_id: string }, caller = token) {
  const { data }: { data: Shown } = (await get(version, `/${public_id}`, caller)).json()
  expect((await list(version, '', caller)).find(({ id }) => id === public_id)).toEqual(data)
  return data.attributes
}
const oldUser = (values = {}) => make.user(db, { created_at: old, updated_at: old, significantly_updated_at: old, ...values })
const accepted = (user: RowOf<'users'>, facts: make.ApplicationFacts = {}) => make.acceptedApplication(db, { user, updated_at: old, ...facts })

describe('a participant', () => {
  test.each([
    ['v1', ['participant_id', 'full_name', 'email', 'npq_courses', 'funded_places', 'teacher_reference_number', 'updated_at']],
    ['v2', ['email', 'full_name', 'teacher_reference_number', 'updated_at', 'npq_enrolments']],
    ['v3', ['full_name', 'previous_names', 'teacher_reference_number', 'updated_at', 'npq_enrolments', 'participant_id_changes']],
  ])('has its attributes in the order of %s', async (version, names) => {
    const user = await oldUser()
    await accepted(user)
    const { data } = (await get(version, `/${user.public_id}`)).json()
    expect(Object.keys(data)).toEqual(['id', 'type', 'attributes'])
    expect([data.id, data.type, Object.keys(data.attributes)]).toEqual([user.public_id, 'npq-participant', names])
  })

  test('shows all that is known of it', async () => {
    const school = await make.insert(db, 'schools', { urn: '0123456', name: 'Elm Road School' })
    const user = await oldUser({ full_name: 'Ines Okafor', previous_names: ['Ines Byrne'], email: 'ines@school.example', trn: '3012345' })
    const application = await accepted(user, {
      cohort: '2025b',
      funded_place: true,
      school_id: school.id,
      training_status: 'deferred',
      targeted_delivery_funding_eligibility: true,
      accepted_at: at('2025-09-30T10:00:00.9Z'),
      created_at: at('2025-07-01T00:00Z'),
      updated_at: at('2026-03-02T09:14:07.999999Z'),
    })
    await make.insert(db, 'application_states', {
      application_id: application.id,
      lead_provider_id: application.lead_provider_id,
      state: 'deferred',
      reason: 'parental-leave',
      created_at: at('2026-10-02T09:14:07Z'),
    })
    const change = await make.idChange(db, { user, created_at: at('2026-01-15T08:00Z'), updated_at: at('2026-01-15T08:00Z') })
    const enrolment = {
      course_identifier: 'npq-headship',
      schedule_identifier: 'npq-leadership-autumn',
      cohort: '2025',
      npq_application_id: application.public_id,
      eligible_for_funding: true,
      training_status: 'deferred',
      school_urn: '0123456',
      targeted_delivery_funding_eligibility: true,
    }
    const common = { full_name: 'Ines Okafor', teacher_reference_number: '3012345', updated_at: '2026-03-02T09:14:07Z' }
    expect(await attributesOf('v1', user)).toEqual({
      ...common,
      participant_id: user.public_id,
      email: 'ines@school.example',
      npq_courses: ['npq-headship'],
      funded_places: [{ npq_course: 'npq-headship', funded_place: true, npq_application_id: application.public_id }],
    })
    const v2 = await attributesOf('v2', user)
    expect(v2).toEqual({ ...common, email: 'ines@school.example', npq_enrolments: [{ ...enrolment, funded_place: true }] })
    expect(Object.keys(v2.npq_enrolments[0] ?? {})).toEqual([...Object.keys(enrolment), 'funded_place'])
    const v3 = await attributesOf('v3', user)
    expect(v3).toEqual({
      ...common,
      previous_names: ['Ines Byrne'],
      npq_enrolments: [
        {
          ...enrolment,
          email: 'ines@school.example',
          cohort_suffix: 'b',
          withdrawal: null,
          deferral: { reason: 'parental-leave', date: '2026-10-02T09:14:07Z' },
          created_at: '2025-09-30T10:00:00Z',
          funded_place: true,
        },
      ],
      participant_id_changes: [
        { from_participant_id: change.from_participant_id, to_participant_id: user.public_id, changed_at: '2026-01-15T08:00:00Z' },
      ],
    })
    expect(Object.keys(v3.npq_enrolments[0] ?? {})).toEqual([
      ...['email', 'course_identifier', 'schedule_identifier', 'cohort', 'cohort_suffix', 'npq_application_id', 'eligible_for_funding'],
      ...['training_status', 'school_urn', 'targeted_delivery_funding_eligibility', 'withdrawal', 'deferral', 'created_at', 'funded_place'],
    ])
  })

  test('shows null for what is not known', async () => {
    const user = await oldUser({ email: null, archived_email: 'x@school.example', archived_at: old, trn: '1234567', trn_verified: false })
    await accepted(user, { cohort: null, schedule_id: null, accepted_at: null, targeted_delivery_funding_eligibility: null, training_status: null })
    for (const version of ['v1', 'v2']) expect(await attributesOf(version, user)).toMatchObject({ email: null, teacher_reference_number: null })
    const { npq_enrolments, ...v3 } = await attributesOf('v3', user)
    expect(v3).toMatchObject({ previous_names: [], teacher_reference_number: null, participant_id_changes: [] })
    expect(npq_enrolments).toMatchObject([
      { email: null, schedule_identifier: null, cohort: null, cohort_suffix: null, school_urn: null, created_at: null, funded_place: null },
    ])
    expect(npq_enrolments).toMatchObject([{ training_status: 'active', targeted_delivery_funding_eligibility: false }])
  })

  test('shows its enrolments in the order in which the applications were made', async () => {
    const user = await oldUser()
    const second = await accepted(user, { course: 'npq-senco', created_at: at('2026-02-02T00:00Z') })
    const third = await accepted(user, { course: 'npq-executive-leadership', created_at: at('2026-02-02T00:00Z') })
    const first = await accepted(user, { cohort: '2022a', created_at: at('2026-02-01T00:00Z') })
    const { npq_enrolments } = await attributesOf('v2', user)
    expect(npq_enrolments.map(({ npq_application_id }) => npq_application_id)).toEqual([first, second, third].map(({ public_id }) => public_id))
    expect(await attributesOf('v1', user)).toMatchObject({ npq_courses: ['npq-headship', 'npq-senco', 'npq-executive-leadership'] })
  })

  test.each([
    ['the person', { user: '2026-06-01T01:02:03.9Z' }],
    ['an application', { application: '2026-06-01T01:02:03.9Z' }],
    ['another provider’s application that is not even accepted', { foreign: '2026-06-01T01:02:03.9Z' }],
    ['an id change', { idChange: '2026-06-01T01:02:03.9Z' }],
  ])('was last changed when %s was, whichever changed last', async (_, times: Record<string, string>) => {
    const time = (name: string) => at(times[name] ?? '2026-01-01T00:00Z')
    const user = await oldUser({ significantly_updated_at: time('user'), updated_at: at('2026-09-09T00:00Z') })
    await accepted(user, { updated_at: time('application') })
    await make.application(db, { user, provider: 'Teach First', updated_at: time('foreign') })
    await make.idChange(db, { user, updated_at: time('idChange') })
    for (const version of versions) expect(await attributesOf(version, user)).toMatchObject({ updated_at: '2026-06-01T01:02:03Z' })
  })
})

describe('the reason of a deferral or withdrawal', () => {
  const state = (
    application: RowOf<'applications'>,
    name: 'active' | 'deferred' | 'withdrawn',
    reason: string | null,
    day: string,
    provider?: number,
  ) =>
    make.insert(db, 'application_states', {
      application_id: application.id,
      lead_provider_id: provider ?? application.lead_provider_id,
      state: name,
      reason,
      created_at: at(`2026-10-${day}T00:00Z`),
    })
  const shown = async (user: RowOf<'users'>) =>
    (await attributesOf('v3', user)).npq_enrolments.map(({ withdrawal, deferral }) => ({ withdrawal, deferral }))

  test('is that of the newest one', async () => {
    const user = await oldUser()
    const application = await accepted(user, { training_status: 'deferred' })
    await state(application, 'deferred', 'career-break', '05')
    await state(application, 'active', null, '06')
    await state(application, 'deferred', 'bereavement', '07')
    expect(await shown(user)).toEqual([{ withdrawal: null, deferral: { reason: 'bereavement', date: '2026-10-07T00:00:00Z' } }])
  })

  test('is shown for the present status alone', async () => {
    const user = await oldUser()
    const withdrawn = await accepted(user, { training_status: 'withdrawn' })
    await state(withdrawn, 'deferred', 'career-break', '05')
    await state(withdrawn, 'withdrawn', 'other', '06')
    const active = await accepted(user, { course: 'npq-senco' })
    await state(active, 'deferred', 'career-break', '05')
    await state(active, 'active', null, '07')
    expect(await shown(user)).toEqual([
      { withdrawal: { reason: 'other', date: '2026-10-06T00:00:00Z' }, deferral: null },
      { withdrawal: null, deferral: null },
    ])
  })

  test('is not shown where another provider recorded it', async () => {
    const user = await oldUser()
    const application = await accepted(user, { training_status: 'deferred' })
    await state(application, 'deferred', 'career-break', '09', (await make.provider(db, 'Teach First')).id)
    await db.deleteFrom('application_states').where('lead_provider_id', '=', application.lead_provider_id).execute()
    expect(await shown(user)).toEqual([{ withdrawal: null, deferral: null }])
    expect((await attributesOf('v3', user)).npq_enrolments).toMatchObject([{ training_status: 'deferred' }])
  })
})

describe.each(versions)('the participants of a provider in %s', (version) => {
  test('are people with an accepted application there, each once', async () => {
    const [own, pending, rejected, foreign] = [await oldUser(), await oldUser(), await oldUser(), await oldUser()]
    await accepted(own)
    await accepted(own, { course: 'npq-senco', training_status: 'withdrawn' })
    await make.idChange(db, { user: own })
    await make.idChange(db, { user: own })
    await make.application(db, { user: own, course: 'npq-leading-literacy' })
    await make.application(db, { user: pending })
    await make.application(db, { user: rejected, lead_provider_approval_status: 'rejected' })
    await accepted(foreign, { provider: 'Teach First' })
    await make.application(db, { user: foreign })
    expect(await listed(version)).toEqual([own.public_id])
    for (const { public_id } of [pending, rejected, foreign]) {
      const answer = await get(version, `/${public_id}`)
      expect([answer.statusCode, answer.body]).toEqual([404, '{"error":"Resource not found"}'])
    }
    const { attributes } = (await get(version, `/${own.public_id}`)).json().data
    expect(attributes[version === 'v1' ? 'funded_places' : 'npq_enrolments']).toHaveLength(2)
  })

  test('come and go with their applications', async () => {
    const user = await oldUser()
    const application = await accepted(user)
    const other = await make.token(db, 'Teach First')
    const seenBy = async () => [(await get(version, `/${user.public_id}`)).statusCode, (await get(version, `/${user.public_id}`, other)).statusCode]
    const set = (values: Partial<NewRowOf<'applications'>>) => db.updateTable('applications').set(values).where('id', '=', application.id).execute()
    expect(await seenBy()).toEqual([200, 404])
    await set({ lead_provider_id: (await make.provider(db, 'Teach First')).id })
    expect(await seenBy()).toEqual([404, 200])
    for (const status of ['rejected', 'pending'] as const) {
      await set({ lead_provider_approval_status: status })
      expect(await seenBy()).toEqual([404, 404])
    }
    await set({ lead_provider_approval_status: 'accepted' })
    expect(await seenBy()).toEqual([404, 200])
    await set({ user_id: (await oldUser()).id })
    expect(await seenBy()).toEqual([404, 404])
    await db.deleteFrom('applications').execute()
    expect(await db.selectFrom('participations').selectAll().execute()).toEqual([])
  })

  test('are listed oldest first, in pages', async () => {
    const users: RowOf<'users'>[] = []
    for (const day of [3, 1, 2, 1, 5, 6, 7, 8]) users.push(await oldUser({ created_at: at(`2026-02-0${day}T00:00Z`) }))
    for (const user of [...users].reverse()) await accepted(user)
    const order = [1, 3, 2, 0, 4, 5, 6, 7].map((place) => users[place]?.public_id)
    expect(await listed(version)).toEqual(order)
    expect(await listed(version, 'page[per_page]=5')).toEqual(order.slice(0, 5))
    expect(await listed(version, 'page[per_page]=5&page[page]=2')).toEqual(order.slice(5))
    expect(await listed(version, 'page[per_page]=5&page[page]=3')).toEqual([])
    if (version !== 'v3') expect(await listed(version, 'sort=-created_at&filter[training_status]=nonsense')).toEqual(order)
  })

  test('can be asked for by when they last changed, whatever changed', async () => {
    const since = async (text: string) => listed(version, `filter[updated_since]=${text}`)
    const user = await oldUser({ updated_at: at('2026-09-09T00:00Z') })
    const application = await accepted(user)
    await accepted(user, { course: 'npq-senco', updated_at: at('2026-03-01T00:00Z') })
    expect(await since('2026-03-01T00:00:00Z')).toEqual([user.public_id])
    expect(await since('2026-03-01T01:00:01%2B01:00')).toEqual([])
    await make.application(db, { user, provider: 'Teach First', updated_at: at('2026-04-01T00:00Z') })
    expect(await since('2026-04-01')).toEqual([user.public_id])
    await make.idChange(db, { user, created_at: at('2026-05-01T00:00Z'), updated_at: at('2026-05-01T00:00Z') })
    expect(await since('2026-05-01')).toEqual([user.public_id])
    expect(await since('2026-05-02')).toEqual([])
    await db
      .updateTable('users')
      .set({ significantly_updated_at: at('2026-06-01T00:00Z') })
      .where('id', '=', user.id)
      .execute()
    const shown = await list(version, 'filter[updated_since]=2026-06-01')
    expect(shown.map(({ id }) => id)).toEqual([user.public_id])
    expect(JSON.stringify(shown)).toContain(application.public_id)
    expect(await listed(version, 'filter[updated_since]=%20')).toEqual([user.public_id])
  })

  test.each([
    ['?filter[updated_since]=nonsense', 400, 'Bad request'],
    ['?filter=', 400, 'Bad request'],
    ['?filter=abc', 400, 'Bad request'],
    ['?page[page]=-1', 400, 'Bad request'],
    ['/00000000-0000-4000-8000-000000000000?filter=abc', 400, 'Bad request'],
  ])('are not to be had with %s', async (query, status, title) => {
    const answer = await get(version, query)
    expect([answer.statusCode, answer.json().errors.map((error: { title: string }) => error.title)]).toEqual([status, [title]])
  })

  test('need a token', async () => {
    for (const path of ['', '/outcomes', '/00000000-0000-4000-8000-000000000000']) {
      expect((await ask(app, `/api/${version}/participants/npq${path}`)).statusCode).toBe(401)
    }
    expect((await get(version, '/123XXX')).statusCode).toBe(404)
  })
})

describe('the filters of v3', () => {
  test('leave only the enrolments in the status that was asked for, and their changes', async () => {
    const user = await oldUser()
    const withdrawn = await accepted(user, { training_status: 'withdrawn', updated_at: at('2026-03-01T00:00Z') })
    await accepted(user, { course: 'npq-senco', updated_at: at('2026-06-01T00:00Z') })
    await accepted(user, { course: 'npq-leading-literacy', training_status: 'deferred', provider: 'Teach First' })
    const [shown, ...more] = await list('v3', 'filter[training_status]=withdrawn')
    expect(more).toEqual([])
    expect(shown?.attributes.npq_enrolments.map(({ npq_application_id }) => npq_application_id)).toEqual([withdrawn.public_id])
    expect(shown?.attributes['updated_at']).toBe('2026-03-01T00:00:00Z')
    expect(await listed('v3', 'filter[training_status]=deferred')).toEqual([])
    expect(await listed('v3', 'filter[training_status]=active')).toEqual([user.public_id])
    for (const ignored of ['filter[training_status]=', 'filter[training_status][]=paused'])
      expect(await listed('v3', ignored)).toEqual([user.public_id])
  })

  test('refuse an unknown status after unreadable dates and before bad pages', async () => {
    const titles = async (query: string) => {
      const answer = await get('v3', `?filter[training_status]=paused${query}`)
      return [answer.statusCode, answer.json().errors.map(({ title }: { title: string }) => title)]
    }
    expect(await titles('')).toEqual([422, ['Unpermitted parameters']])
    expect(await titles('&page[page]=0')).toEqual([422, ['Unpermitted parameters']])
    expect(await titles('&filter[updated_since]=x')).toEqual([400, ['Bad request']])
  })

  test('find a participant by an id of before, with that change alone', async () => {
    const user = await oldUser()
    await accepted(user)
    await make.application(db, { user, provider: 'Teach First', updated_at: at('2026-08-01T00:00Z') })
    await accepted(await oldUser())
    const change = await make.idChange(db, { user, updated_at: at('2026-03-01T00:00Z') })
    await make.idChange(db, { user, updated_at: at('2026-07-01T00:00Z') })
    const [shown, ...more] = await list('v3', `filter[from_participant_id]=${change.from_participant_id.toUpperCase()}`)
    expect(more).toEqual([])
    expect(shown?.id).toBe(user.public_id)
    expect(shown?.attributes['updated_at']).toBe('2026-03-01T00:00:00Z')
    expect(shown?.attributes['participant_id_changes']).toMatchObject([{ from_participant_id: change.from_participant_id }])
    for (const nobody of ['00000000-0000-4000-8000-000000000000', 'nonsense', user.public_id]) {
      expect(await listed('v3', `filter[from_participant_id]=${nobody}`)).toEqual([])
    }
    expect(await listed('v3', 'filter[from_participant_id]=')).toHaveLength(2)
  })

  test('do not find a stranger by an id of before', async () => {
    const user = await oldUser()
    await accepted(user, { provider: 'Teach First' })
    const change = await make.idChange(db, { user })
    expect(await listed('v3', `filter[from_participant_id]=${change.from_participant_id}`)).toEqual([])
  })
})

test('the list of v3 is ordered by the keys that are asked for', async () => {
  const times = [
    ['2026-01-01T00:00Z', '2026-03-01T00:00Z'],
    ['2026-01-02T00:00Z', '2026-02-01T00:00Z'],
    ['2026-01-03T00:00Z', '2026-03-01T00:00Z'],
  ] as const
  const ids: string[] = []
  for (const [created, updated] of times) {
    const user = await oldUser({ created_at: at(created), updated_at: at(updated) })
    await accepted(user)
    ids.push(user.public_id)
  }
  const order = async (sort: string) => (await listed('v3', `sort=${sort}`)).map((id) => ids.indexOf(id)).join('')
  const cases = { '': '012', bogus: '012', '-created_at': '210', '%2Bupdated_at,-created_at': '120', '-updated_at,created_at,bogus': '021' }
  for (const [sort, expected] of Object.entries(cases)) expect(await order(sort), sort).toBe(expected)
})
