import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Version, versions } from '../../src/api/versions.ts'
import type { Database } from '../../src/db/connect.ts'
import { ask, makeApp } from '../support/app.ts'
import { contract } from '../support/contract.ts'
import { database } from '../support/database.ts'
import { milestone } from '../support/declarations.ts'
import * as make from '../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

const england = { teacher_catchment: 'england' }
type Attributes = Record<string, unknown>
type Request = { method: 'POST' | 'PUT'; path: string; attributes: Attributes }

/** A request that passes every rule, for each action that reads texts. */
const requests = {
  async accept() {
    const { public_id } = await make.application(db)
    return {
      method: 'POST',
      path: `npq-applications/${public_id}/accept`,
      attributes: { schedule_identifier: 'npq-leadership-autumn', funded_place: null },
    }
  },
  defer: () => training('defer', { reason: 'bereavement' }),
  resume: () => training('resume', {}),
  withdraw: () => training('withdraw', { reason: 'insufficient-capacity' }),
  'change-schedule': () => training('change-schedule', { schedule_identifier: 'npq-leadership-spring', cohort: '2023' }),
  async outcome() {
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, declaration_type: 'completed' })
    const attributes = { course_identifier: 'npq-headship', state: 'passed', completion_date: '2026-02-10' }
    return { method: 'POST', path: `participants/npq/${await personOf(application)}/outcomes`, attributes }
  },
  async declare() {
    await make.statement(db, { cohort: '2023a' })
    const partner = await make.deliveryPartner(db)
    const second = await make.deliveryPartner(db)
    const attributes = {
      participant_id: await personOf(await make.acceptedApplication(db, england)),
      declaration_type: 'started',
      declaration_date: milestone,
      course_identifier: 'npq-headship',
      delivery_partner_id: partner.public_id,
      secondary_delivery_partner_id: second.public_id,
    }
    return { method: 'POST', path: 'participant-declarations', attributes }
  },
  async 'change-delivery-partner'() {
    const [partner, second] = [await make.deliveryPartner(db), await make.deliveryPartner(db)]
    const values = { delivery_partner_id: partner.id, secondary_delivery_partner_id: second.id }
    const { public_id } = await make.declaration(db, { application: await make.acceptedApplication(db, england), ...values })
    const attributes = { delivery_partner_id: partner.public_id, secondary_delivery_partner_id: second.public_id }
    return { method: 'PUT', path: `participant-declarations/${public_id}/change-delivery-partner`, attributes }
  },
} satisfies Record<string, () => Promise<Request>>
type Action = keyof typeof requests

/** For each text: the titles where it is wrong, and where it is absent; undefined: it may be. */
const answers: Record<Action, Record<string, { wrong: string[]; absent: string[] | undefined; in?: readonly Version[] }>> = {
  accept: { schedule_identifier: { wrong: ['schedule_identifier'], absent: undefined, in: ['v3'] } },
  defer: { course_identifier: { wrong: ['course_identifier'], absent: ['course_identifier'] }, reason: { wrong: ['reason'], absent: ['reason'] } },
  resume: { course_identifier: { wrong: ['course_identifier'], absent: ['course_identifier'] } },
  withdraw: { course_identifier: { wrong: ['course_identifier'], absent: ['course_identifier'] }, reason: { wrong: ['reason'], absent: ['reason'] } },
  'change-schedule': {
    course_identifier: { wrong: ['course_identifier'], absent: ['course_identifier'] },
    schedule_identifier: { wrong: ['schedule_identifier'], absent: ['schedule_identifier'] },
    cohort: { wrong: ['schedule_identifier'], absent: undefined },
  },
  outcome: {
    course_identifier: { wrong: ['course_identifier', 'base'], absent: ['course_identifier', 'course_identifier', 'base'] },
    state: { wrong: ['state'], absent: ['state', 'state'] },
    completion_date: { wrong: ['completion_date'], absent: ['completion_date', 'completion_date'] },
  },
  declare: {
    participant_id: { wrong: ['participant_id'], absent: ['participant_id'] },
    declaration_type: { wrong: ['declaration_type'], absent: ['declaration_type', 'declaration_type'] },
    declaration_date: { wrong: ['declaration_date', 'declaration_date'], absent: ['declaration_date'] },
    course_identifier: { wrong: ['course_identifier'], absent: ['course_identifier'] },
    delivery_partner_id: { wrong: ['delivery_partner_id'], absent: ['secondary_delivery_partner_id'] },
    secondary_delivery_partner_id: { wrong: ['secondary_delivery_partner_id'], absent: undefined },
  },
  'change-delivery-partner': {
    delivery_partner_id: {
      wrong: ['delivery_partner', 'secondary_delivery_partner_id'],
      absent: ['delivery_partner', 'secondary_delivery_partner_id', 'delivery_partner_id'],
      in: ['v3'],
    },
    secondary_delivery_partner_id: { wrong: ['secondary_delivery_partner'], absent: undefined, in: ['v3'] },
  },
}

const cases = Object.entries(answers).flatMap(([action, texts]) =>
  Object.entries(texts).flatMap(([attribute, expected]) =>
    (expected.in ?? versions).map((version) => [version, action as Action, attribute, expected] as const),
  ),
)

describe('a text attribute', () => {
  test.each(cases)(
    'in %s %s, %s: booleans and numbers are their text, lists and objects are absent',
    async (version, action, attribute, expected) => {
      const { method, path, attributes } = await requests[action]()
      const send = async (value: unknown) => {
        const body = { data: { type: 'x', attributes: { ...attributes, [attribute]: value } } }
        const answer = await ask(app, `/api/${version}/${path}`, { token, method, body })
        return answer.statusCode === 200 ? 200 : answer.json().errors.map(({ title }: { title: string }) => title)
      }
      // in an outcome, false is blank
      const blanks = action === 'outcome' ? [false] : []
      for (const value of [true, ...(blanks.length > 0 ? [] : [false]), 42, 'nonsense'])
        expect(await send(value), JSON.stringify(value)).toEqual(expected.wrong)
      for (const value of [['x'], { x: 1 }, null, ...blanks]) {
        expect(await send(value), JSON.stringify(value)).toEqual(expected.absent ?? 200)
        if (!expected.absent) return
      }
      expect(await send((attributes as Attributes)[attribute])).toBe(200)
    },
  )
})

async function training(action: string, attributes: Attributes): Promise<Request> {
  await contract(db, { cohort: '2023a' })
  const status = action === 'resume' ? 'deferred' : 'active'
  const application = await make.acceptedApplication(db, { training_status: status })
  if (action !== 'change-schedule') await make.declaration(db, { application })
  return {
    method: 'PUT',
    path: `participants/npq/${await personOf(application)}/${action}`,
    attributes: { course_identifier: 'npq-headship', ...attributes },
  }
}

async function personOf({ user_id }: { user_id: number }): Promise<string> {
  return (await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()).public_id
}
