import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { ask } from '../support/app.ts'
import { database, onPostgres } from '../support/database.ts'
import * as make from '../support/make.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeSandboxApp()
  token = await sandboxToken(db)
})

type Made = { id: string; attributes: Record<string, unknown> }
const send = (attributes?: Record<string, unknown>, as = token) =>
  ask(app, '/api/sandbox/applications', { token: as, method: 'POST', ...(attributes && { body: { data: { attributes } } }) })
const made = async (attributes?: Record<string, unknown>): Promise<Made[]> => (await send(attributes)).json().data
const howMany = async (table: 'users' | 'applications') =>
  Number(
    (
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  )

describe('making applications', () => {
  test('makes one where nothing is asked for, pending, of a new person, in the newest cohort, which its provider can accept', async () => {
    const [one, ...more] = await made()
    expect(more).toEqual([])
    expect(one?.attributes).toMatchObject({
      status: 'pending',
      course_identifier: 'npq-headship',
      cohort: '2026',
      cohort_suffix: 'b',
      teacher_reference_number: expect.stringMatching(/^7\d{6}$/),
      teacher_reference_number_validated: true,
      created_at: '2026-11-02T09:00:00Z',
    })
    const url = `/api/v3/npq-applications/${one?.id}`
    expect((await ask(app, url, { token })).json().data).toEqual(one)
    const body = { data: { attributes: { funded_place: one?.attributes['eligible_for_funding'] } } }
    expect((await ask(app, `${url}/accept`, { token, method: 'POST', body })).statusCode).toBe(200)
  })

  test('makes as many as are asked for, of people who share nothing', async () => {
    const all = [...(await made({ count: 60 })), ...(await made({ count: 40 }))]
    expect(all).toHaveLength(100)
    for (const attribute of ['participant_id', 'email', 'teacher_reference_number']) {
      expect(new Set(all.map(({ attributes }) => attributes[attribute])).size, attribute).toBe(100)
    }
  })

  test('asks the database as often for nine hundred as for one', async () => {
    await made({ count: 1 })
    const one = await statementsFor(1)
    expect(await statementsFor(900)).toBe(one)
    expect(await howMany('applications')).toBe(902)
  })

  test('makes what is asked for', async () => {
    const [one] = await made({
      course_identifier: 'npq-senco',
      cohort: '2024a',
      eligible_for_funding: false,
      workplace: 'outside_england',
      full_name: 'Amara Lanyon',
      email: 'Amara@School.example',
      teacher_reference_number: '7654321',
    })
    expect(one?.attributes).toMatchObject({
      course_identifier: 'npq-senco',
      cohort: '2024',
      eligible_for_funding: false,
      teacher_catchment: false,
      teacher_catchment_iso_country_code: 'ESP',
      full_name: 'Amara Lanyon',
      email: 'amara@school.example',
      teacher_reference_number: '7654321',
    })
    const [again] = await made({ participant_id: one?.attributes['participant_id'], cohort: '2024a', course_identifier: 'npq-senco' })
    expect(again?.attributes['participant_id']).toBe(one?.attributes['participant_id'])
    expect(await howMany('users')).toBe(1)
  })

  test.each(['school', 'private_nursery', 'another_setting', 'outside_england'])('knows the workplace %s', async (workplace) => {
    expect(await made({ workplace })).toHaveLength(1)
  })

  const id = '00000000-0000-4000-8000-000000000000'
  test.each<[string, Record<string, unknown>, string[]]>([
    ['more than a thousand', { count: 1001 }, ['count_out_of_range']],
    ['none', { count: 0 }, ['count_out_of_range']],
    ['half an application', { count: 1.5 }, ['count_out_of_range']],
    ['as many as a text says', { count: 'many' }, ['count_out_of_range']],
    ['a course that there is not', { course_identifier: 'npq-nothing' }, ['course_unknown']],
    ['a cohort that there is not', { cohort: '2019a' }, ['cohort_unknown']],
    ['a workplace that there is not', { workplace: 'moon' }, ['workplace_unknown']],
    ['funding that is neither', { eligible_for_funding: 'maybe' }, ['eligible_for_funding_unreadable']],
    ['funding in a cohort without', { cohort: '2026a', eligible_for_funding: true }, ['funding_not_there']],
    ['somebody unknown', { participant_id: id }, ['applicant_unknown']],
    ['what is no id', { participant_id: 'me' }, ['applicant_unknown']],
    ['two people at once', { participant_id: id, full_name: 'Someone Else' }, ['applicant_unknown', 'person_given_twice']],
    ['one address for two', { count: 2, email: 'a@school.example' }, ['one_person_for_many']],
    ['what is no address', { email: 'nowhere' }, ['email_unreadable']],
    ['what is no TRN', { teacher_reference_number: '12' }, ['trn_unreadable']],
  ])('refuses %s, and makes nothing', async (_, attributes, codes) => {
    const answer = await send(attributes)
    expect([answer.statusCode, answer.json().errors.map(({ code }: { code: string }) => code)]).toEqual([422, codes])
    expect([await howMany('users'), await howMany('applications')]).toEqual([0, 0])
  })

  test('refuses somebody who applied to another provider alone, as if there were nobody', async () => {
    const application = await make.application(db, { provider: 'Teach First' })
    const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
    expect((await send({ participant_id: public_id })).json().errors[0].code).toBe('applicant_unknown')
  })

  test('refuses an address that is taken, whatever the case of its letters', async () => {
    await made({ email: 'a@school.example' })
    expect((await send({ email: 'A@school.example' })).json().errors[0].code).toBe('email_taken')
  })

  test.runIf(onPostgres)('gives an address to one alone, where several ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => send({ email: 'a@school.example' })))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422, 422, 422, 422])
    expect(await howMany('applications')).toBe(1)
  })

  test.each([[[]], ['text'], [{ data: { attributes: {} } }]])('refuses the body %j', async (body) => {
    expect((await ask(app, '/api/sandbox/applications', { token, method: 'POST', body: body as never })).statusCode).toBe(400)
  })
})

async function statementsFor(count: number): Promise<number> {
  let statements = 0
  const counted = db.withPlugin({
    transformQuery({ node }) {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const counting = await makeSandboxApp({ db: counted })
  const answer = await ask(counting, '/api/sandbox/applications', { token, method: 'POST', body: { data: { attributes: { count } } } })
  expect(answer.json().data).toHaveLength(count)
  return statements
}
