import { beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { accept } from '../../src/domain/applications/accept.ts'
import { now } from '../support/app.ts'
import { database } from '../support/database.ts'
import { declareFor } from '../support/declarations.ts'
import * as make from '../support/make.ts'

// What a verb sends to the database, each fact asked for once: beginning and committing are left out.

let db: Database
beforeEach(async () => {
  db = await database()
})

async function statementsOf(work: (counted: Database) => Promise<unknown>): Promise<number> {
  let count = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      count++
      return result
    },
  })
  await work(counted)
  return count
}

const running = { now, clockRuns: true }

test('accepting sends 12 statements', async () => {
  const { lead_provider_id: providerId, public_id: applicationId } = await make.application(db)
  const command = { ...running, author: 'Lead provider 1', providerId, applicationId, fundedPlace: true, scheduleIdentifier: undefined }
  expect(await statementsOf(async (counted) => expect(await accept(counted, command)).toEqual({ refusals: [] }))).toBe(12)
})

test('declaring sends 14 statements, besides two with which the test reads what to declare', async () => {
  await make.statement(db)
  const application = await make.acceptedApplication(db)
  expect(await statementsOf(async (counted) => expect(await declareFor(counted, application, running)).toMatchObject({ refusals: [] }))).toBe(16)
})
