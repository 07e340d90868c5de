import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { ask, makeApp } from '../../support/app.ts'
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
  await make.acceptedApplication(db, { user })
})

const at = (text: string) => Temporal.Instant.from(text)
const get = (version: string, path: string) => ask(app, `/api/${version}/participants/npq/${path}`, { token })

describe.each(['', '/outcomes'])('an id that a participant had before, with %s', (path) => {
  test('is answered in v3 with the change to the present one', async () => {
    const { from_participant_id: from } = await make.idChange(db, { user, created_at: at('2026-01-15T08:00:00.7Z') })
    const answer = await get('v3', `${from.toUpperCase()}${path}`)
    expect(answer.statusCode).toBe(410)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    const [error, ...more] = answer.json().errors
    expect(more).toEqual([])
    expect(Object.keys(error)).toEqual(['title', 'detail', 'participant_id_changes', 'code'])
    expect(error.title).toBe('Participant ID has been changed')
    expect(error.detail).toContain(from)
    expect(error.detail).toContain(user.public_id)
    expect(error.participant_id_changes).toEqual([
      { from_participant_id: from, to_participant_id: user.public_id, changed_at: '2026-01-15T08:00:00Z' },
    ])
  })

  test('is unknown in v1 and v2', async () => {
    const { from_participant_id } = await make.idChange(db, { user })
    for (const version of ['v1', 'v2']) {
      const answer = await get(version, `${from_participant_id}${path}`)
      expect([answer.statusCode, answer.body]).toEqual([404, '{"error":"Resource not found"}'])
    }
  })

  test('is unknown to a provider that cannot see who has the change', async () => {
    const stranger = await make.user(db)
    await make.acceptedApplication(db, { user: stranger, provider: 'Teach First' })
    const { from_participant_id } = await make.idChange(db, { user: stranger })
    expect((await get('v3', `${from_participant_id}${path}`)).statusCode).toBe(404)
    await make.idChange(db, { user: stranger, from_participant_id: user.public_id })
    expect((await get('v3', `${user.public_id}${path}`)).statusCode).toBe(200)
  })

  test('comes before a participant who still has it, and gives the change made last, whatever its time', async () => {
    const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
    await make.idChange(db, { user, from_participant_id: user.public_id, to_participant_id: first, created_at: at('2026-02-02T00:00Z') })
    await make.idChange(db, { user, from_participant_id: user.public_id, to_participant_id: second, created_at: at('2026-02-01T00:00Z') })
    const answer = await get('v3', `${user.public_id}${path}?page[page]=0`)
    expect(answer.statusCode).toBe(410)
    expect(answer.json().errors[0].participant_id_changes).toMatchObject([{ to_participant_id: second }])
  })

  test('leads along a chain one step at a time', async () => {
    const [a, b] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
    await make.idChange(db, { user, from_participant_id: a, to_participant_id: b })
    await make.idChange(db, { user, from_participant_id: b })
    const next = async (id: string) => (await get('v3', `${id}${path}`)).json().errors[0].participant_id_changes[0].to_participant_id
    expect([await next(a), await next(b)]).toEqual([b, user.public_id])
  })
})
