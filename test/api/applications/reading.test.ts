import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

describe('the list of applications', () => {
  test('holds the provider’s own applications alone', async () => {
    const own = await make.application(db)
    await make.application(db, { provider: 'Teach First' })
    const app = await makeApp()
    const answer = await ask(app, '/api/v3/npq-applications', { token: await make.token(db) })
    expect(answer.statusCode).toBe(200)
    expect(answer.json().data.map((a: { id: string }) => a.id)).toEqual([own.public_id])
    expect(answer.headers['content-type']).toBe('application/json')
  })
})
