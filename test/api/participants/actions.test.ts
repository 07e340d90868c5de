import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { ask, makeApp } from '../../support/app.ts'
import { contract } from '../../support/contract.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
let user: RowOf<'users'>
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
  user = await make.user(db)
})

const actions = ['defer', 'resume', 'withdraw', 'change-schedule'] as const
type Action = (typeof actions)[number]
const unknownId = '00000000-0000-4000-8000-000000000000'

async function act(version: string, action: Action, id: string, body?: unknown) {
  const answer = await ask(app, `/api/${version}/participants/npq/${id}/${action}`, { token, method: 'PUT', body })
  const json = answer.json()
  return { status: answer.statusCode, json, titles: json.errors?.map(({ title }: { title: string }) => title), shown: json.data?.attributes }
}
const attributes = (values: Record<string, unknown>) => ({ data: { type: 'anything', attributes: values } })
const headship = (values: Record<string, unknown> = {}) => attributes({ course_identifier: 'npq-headship', ...values })
const enrolled = async (facts: make.ApplicationFacts = {}) => {
  const application = await make.acceptedApplication(db, { user, ...facts })
  await make.declaration(db, { application })
  return application
}
const stored = async ({ id }: RowOf<'applications'>) => db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describe.each(versions)('in %s', (version) => {
  test('each action answers with the participant as it is then', async () => {
    await contract(db, { cohort: '2023a' })
    const application = await enrolled()
    await db.updateTable('declarations').set({ state: 'voided' }).execute()
    const steps: [Action, unknown, string][] = [
      ['defer', headship({ reason: 'career-break', schedule_identifier: 'ignored', cohort: [1] }), 'deferred'],
      ['resume', headship({ reason: 'ignored' }), 'active'],
      ['change-schedule', headship({ schedule_identifier: 'npq-leadership-spring', cohort: 2023 }), 'active'],
      ['withdraw', headship({ reason: 'quality-of-programme-structure-not-suitable.' }), 'withdrawn'],
    ]
    for (const [action, body, status] of steps) {
      const { status: code, json, shown } = await act(version, action, user.public_id, body)
      expect([action, code, json.data?.id, json.data?.type]).toEqual([action, 200, user.public_id, 'npq-participant'])
      expect(shown.updated_at).toBe('2026-11-02T09:00:00Z')
      expect((await stored(application)).training_status).toBe(status)
      if (version !== 'v1') expect(shown.npq_enrolments).toMatchObject([{ training_status: status }])
      if (version === 'v3' && action === 'defer') {
        expect(shown.npq_enrolments[0].deferral).toEqual({ reason: 'career-break', date: '2026-11-02T09:00:00Z' })
      }
    }
  })

  test.each(actions)('%s looks at the body, then for the participant, then at the rules', async (action) => {
    const foreign = await make.user(db)
    await make.acceptedApplication(db, { user: foreign, provider: 'Teach First' })
    const wrong = [undefined, {}, { data: null }, { data: {} }, { data: [] }, { data: '' }, { data: 'x' }, { data: 1 }, { data: [1] }]
    const wrongAttributes = [null, {}, [], '', 'x', 1, true].map((given) => ({ data: { attributes: given } }))
    for (const body of [...wrong, ...wrongAttributes, [], '"x"', '{"data"']) {
      expect(await act(version, action, unknownId, body), JSON.stringify(body)).toMatchObject({ status: 400, titles: ['Bad request'] })
    }
    for (const id of [unknownId, foreign.public_id, user.public_id]) {
      expect(await act(version, action, id, attributes({ other: 1 }))).toMatchObject({ status: 404, json: { error: 'Resource not found' } })
    }
    await enrolled()
    const expected = { defer: ['course_identifier', 'reason'], resume: ['course_identifier'], withdraw: ['course_identifier', 'reason'] }
    const { status, titles, json } = await act(version, action, user.public_id, attributes({ course_identifier: ['npq-headship'] }))
    expect([status, titles]).toEqual([422, action === 'change-schedule' ? ['course_identifier', 'schedule_identifier'] : expected[action]])
    for (const { detail } of json.errors) expect(detail).toMatch(/^[A-Z].*#\/.*\.$/)
  })

  test('a reason of the newer list is known in v3 alone', async () => {
    await enrolled()
    const { status, titles } = await act(version, 'withdraw', user.public_id, headship({ reason: 'change-in-career' }))
    expect([status, titles]).toEqual(version === 'v3' ? [200, undefined] : [422, ['reason']])
  })

  test('a participant’s course with another provider is not acted on', async () => {
    const foreign = await enrolled({ provider: 'Teach First', course: 'npq-senco' })
    await enrolled()
    const body = attributes({ course_identifier: 'npq-senco', reason: 'other', schedule_identifier: 'npq-leadership-spring' })
    for (const action of actions) expect(await act(version, action, user.public_id, body)).toMatchObject({ status: 422, titles: ['participant_id'] })
    expect(await stored(foreign)).toEqual(foreign)
  })

  test('an id of before is 404, or named with the one of now where it is still in use', async () => {
    await enrolled()
    const change = await make.idChange(db, { user })
    for (const action of actions) expect((await act(version, action, change.from_participant_id, headship())).status).toBe(404)
    const next = await make.idChange(db, { user: await make.user(db), from_participant_id: user.public_id })
    for (const action of actions) {
      const { status, json } = await act(version, action, user.public_id, headship({ reason: 'other', schedule_identifier: 'npq-leadership-spring' }))
      expect([status, json.errors[0].title]).toEqual([422, 'participant_id'])
      expect(json.errors[0].detail).toContain(user.public_id)
      expect(json.errors[0].detail).toContain(next.to_participant_id)
    }
  })

  test.each([
    ['null', null],
    ['an empty text', ''],
    ['blanks', ' '],
    ['left out', undefined],
    ['a number', 2023],
    ['a text', '2023'],
  ])('the year of a new schedule can be %s', async (_, cohort) => {
    await contract(db, { cohort: '2023a' })
    const application = await make.acceptedApplication(db, { user })
    const body = headship({ schedule_identifier: 'npq-leadership-spring', ...(cohort !== undefined && { cohort }) })
    expect((await act(version, 'change-schedule', user.public_id, body)).status).toBe(200)
    expect((await stored(application)).schedule_id).toBe((await make.scheduleNamed(db, '2023a', 'npq-leadership-spring')).id)
  })

  test.each([true, '23', 'nineteen', 1.5])('the year of a new schedule cannot be %s', async (cohort) => {
    await make.acceptedApplication(db, { user })
    const body = headship({ schedule_identifier: 'npq-leadership-spring', cohort })
    expect(await act(version, 'change-schedule', user.public_id, body)).toMatchObject({ status: 422, titles: ['schedule_identifier'] })
  })
})
