import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
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

const at = (text: string) => Temporal.Instant.from(text)
const csv = (query = '') => ask(app, `/api/v2/npq-enrolments.csv${query}`, { token })
const header =
  'participant_id,course_identifier,schedule_identifier,cohort,npq_application_id,eligible_for_funding,training_status,school_urn,funded_place\n'

describe('the enrolments CSV of v2', () => {
  test('is its header alone where nothing was accepted', async () => {
    await make.application(db)
    await make.acceptedApplication(db, { provider: 'Teach First' })
    const answer = await csv()
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, header, 'text/csv'])
  })

  test('has a row for each accepted application, oldest first, with empty cells for what is not known', async () => {
    const school = await make.insert(db, 'schools', { urn: '0123456', name: 'Elm Road School' })
    const user = await make.user(db)
    const full = await make.acceptedApplication(db, { user, cohort: '2025b', funded_place: true, school_id: school.id, training_status: 'withdrawn' })
    const bare = await make.acceptedApplication(db, {
      ...{ user, cohort: null, schedule_id: null, eligible_for_funding: false, created_at: at('2026-01-01T00:00Z') },
    })
    expect((await csv('?page[page]=-1')).body).toBe(
      `${header}${user.public_id},npq-headship,,,${bare.public_id},false,active,,\n` +
        `${user.public_id},npq-headship,npq-leadership-autumn,2025,${full.public_id},true,withdrawn,0123456,true\n`,
    )
  })

  test('can be asked for by when the application or the person last changed, not the id', async () => {
    const old = at('2026-01-01T00:00Z')
    const user = await make.user(db, { significantly_updated_at: old })
    await make.acceptedApplication(db, { user, updated_at: old })
    await make.acceptedApplication(db, { user, cohort: '2022a', updated_at: at('2026-03-01T00:00Z') })
    await make.idChange(db, { user })
    const rows = async (since: string) => (await csv(`?filter[updated_since]=${since}`)).body.trimEnd().split('\n').length - 1
    expect([await rows('2026-03-01'), await rows('2026-03-02')]).toEqual([1, 0])
    await db
      .updateTable('users')
      .set({ significantly_updated_at: at('2026-03-02T00:00Z') })
      .execute()
    expect(await rows('2026-03-02')).toBe(2)
    const bad = await csv('?filter[updated_since]=x')
    expect([bad.statusCode, bad.json().errors[0].title]).toEqual([400, 'Bad request'])
  })

  test('is only to be had as CSV, and in v2 alone', async () => {
    const json = await ask(app, '/api/v2/npq-enrolments', { token })
    expect([json.statusCode, json.body]).toEqual([406, ''])
    for (const version of ['v1', 'v3']) expect((await ask(app, `/api/${version}/npq-enrolments.csv`, { token })).statusCode).toBe(404)
    expect((await ask(app, '/api/v2/npq-enrolments.csv')).statusCode).toBe(401)
  })
})
