import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { ask, makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import { milestone } from '../support/declarations.ts'
import * as make from '../support/make.ts'
import { html } from '../support/site.ts'

/** What the page says of a repeat: the statuses and codes of each request, by its method and path. */
async function told(app: Awaited<ReturnType<typeof makeApp>>): Promise<Map<string, string[]>> {
  const page = await html(app, '/api/guidance/requests-and-answers')
  const table = /What a repeat without a key is answered.*?<\/table>/s.exec(page)?.[0] ?? ''
  const rows = [...table.matchAll(/<tr\b.*?<\/tr>/gs)].map(([row]) => row.replace(/<wbr>/g, '').replace(/<[^>]*>/g, ' '))
  const read = rows.map(
    (row) =>
      [/(?:GET|POST|PUT)\s+\/\S+/.exec(row)?.[0].replace(/\s+/, ' ') ?? '', row.match(/\b(?:200|422)\b|\b[a-z]+(?:_[a-z]+)+\b/g) ?? []] as const,
  )
  return new Map(read.filter(([name]) => name !== ''))
}

const id = async (db: Database, { user_id }: { user_id: number }) =>
  (await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()).public_id

type Made = { path: string; attributes?: Record<string, unknown> }
const training = { course_identifier: 'npq-headship' }

/** What is sent twice, to a record for which it is possible once. */
const writes: Record<string, (db: Database) => Promise<Made>> = {
  'POST /npq-applications/{id}/accept': async (db) => ({ path: (await make.application(db)).public_id }),
  'POST /npq-applications/{id}/reject': async (db) => ({ path: (await make.application(db)).public_id }),
  'PUT /npq-applications/{id}/change-funded-place': async (db) => ({
    path: (await make.acceptedApplication(db, { cohort: '2026b', funded_place: true })).public_id,
    attributes: { funded_place: false },
  }),
  'PUT /participants/npq/{id}/defer': async (db) => ({ path: await declaredParticipant(db), attributes: { ...training, reason: 'bereavement' } }),
  'PUT /participants/npq/{id}/resume': async (db) => {
    const application = await make.acceptedApplication(db, { training_status: 'deferred' })
    return { path: await id(db, application), attributes: training }
  },
  'PUT /participants/npq/{id}/withdraw': async (db) => ({
    path: await declaredParticipant(db),
    attributes: { ...training, reason: 'insufficient-capacity-to-undertake-programme' },
  }),
  'PUT /participants/npq/{id}/change-schedule': async (db) => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    return { path: await id(db, application), attributes: { ...training, schedule_identifier: 'npq-leadership-spring' } }
  },
  'POST /participants/npq/{id}/outcomes': async (db) => ({
    path: await declaredParticipant(db, 'completed'),
    attributes: { ...training, state: 'passed', completion_date: '2026-10-12' },
  }),
  'POST /participant-declarations': async (db) => {
    await make.statement(db)
    const participant_id = await id(db, await make.acceptedApplication(db))
    return { path: '', attributes: { ...training, participant_id, declaration_type: 'started', declaration_date: milestone } }
  },
  'PUT /participant-declarations/{id}/void': async (db) => {
    const application = await make.acceptedApplication(db)
    return { path: (await make.declaration(db, { application })).public_id }
  },
  'PUT /participant-declarations/{id}/change-delivery-partner': async (db) => {
    const application = await make.acceptedApplication(db, { teacher_catchment: 'england' })
    const { public_id } = await make.deliveryPartner(db)
    return { path: (await make.declaration(db, { application })).public_id, attributes: { delivery_partner_id: public_id } }
  },
}

async function declaredParticipant(db: Database, declaration_type: 'started' | 'completed' = 'started'): Promise<string> {
  const application = await make.acceptedApplication(db)
  await make.declaration(db, { application, declaration_type, state: 'eligible' })
  return id(db, application)
}

describe('a write that is repeated without a key', () => {
  test.each(Object.entries(writes))('%s is answered as the guidance says', async (name, prepare) => {
    const db = await database()
    const app = await makeApp()
    const token = await make.token(db)
    const [method = '', path = ''] = name.split(' ')
    const { path: filled, attributes } = await prepare(db)
    const url = `/api/v3${path.replace('{id}', filled)}`
    const send = () => ask(app, url, { token, method: method as 'POST' | 'PUT', ...(attributes && { body: { data: { type: 'x', attributes } } }) })
    const first = await send()
    expect(first.statusCode, first.body).toBe(200)
    const again = await send()
    const [status, code] = (await told(app)).get(`${method} /api/v3${path}`) ?? []
    expect([String(again.statusCode), again.statusCode === 200 ? undefined : again.json().errors[0].code]).toEqual([status, code])
  })

  test('is told of for every request that changes something', async () => {
    const said = [...(await told(await makeApp())).keys()]
    expect(said.sort()).toEqual(
      Object.keys(writes)
        .map((name) => name.replace(' ', ' /api/v3'))
        .sort(),
    )
  })
})
