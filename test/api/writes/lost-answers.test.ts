import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { startDroppingProxy } from '../../reliability/dropping-proxy.ts'
import { makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

// The small sister of `npm run test:reliability:once`.
test('writes that are repeated with their keys until they are answered are carried out once each, however many answers are lost', async () => {
  const db = await database()
  const app = await makeApp()
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const proxy = await startDroppingProxy(() => [address])
  onTestFinished(async () => {
    await proxy.close()
    await app.close()
  })
  const token = await make.token(db)
  const turns = 8
  const statuses = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const application = await make.acceptedApplication(db)
      await make.declaration(db, { application })
      const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
      const answers: number[] = []
      for (let turn = 0; turn < turns; turn++) {
        const action = turn % 2 === 0 ? 'defer' : 'resume'
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() }
        const body = JSON.stringify({ data: { attributes: { course_identifier: 'npq-headship', ...(action === 'defer' && { reason: 'other' }) } } })
        for (let answer: Response | undefined; !answer; ) {
          answer = await fetch(`${proxy.url}/api/v3/participants/npq/${public_id}/${action}`, { method: 'PUT', headers, body }).catch(() => undefined)
          if (answer) answers.push(answer.status)
        }
      }
      return answers
    }),
  )
  // without keys a repeat would be refused: deferred already, active already
  expect(statuses.flat()).toEqual(Array(4 * turns).fill(200))
  const states = await db.selectFrom('application_states').select('id').where('state', 'in', ['deferred', 'active']).execute()
  expect(states).toHaveLength(4 + 4 * turns)
})
