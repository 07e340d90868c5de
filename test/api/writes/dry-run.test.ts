import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Endpoint, endpointsOf } from '../../../src/api/endpoint.ts'
import { endpoints } from '../../../src/api/index.ts'
import { type Version, versions } from '../../../src/api/versions.ts'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import { milestone } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'
import { faults, operationsOf } from '../../support/schemas.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

async function send(method: 'POST' | 'PUT', url: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await ask(app, url, { token, method, body, headers })
  return { status: answer.statusCode, dryRun: answer.headers['dry-run'], json: answer.json() }
}

/** All that the database holds, but when tokens were used. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'api_tokens' order by 1`.execute(
    db,
  )
  const sums = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const { rows } = await sql<{ sum: string }>`select md5(string_agg(t::text, ' ' order by t::text)) as sum from ${sql.table(name)} t`.execute(db)
      return `${name} ${rows[0]?.sum}`
    }),
  )
  return sums.join('\n')
}

async function participantOf({ user_id }: RowOf<'applications'>): Promise<string> {
  return (await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()).public_id
}

const attributes = (values: Record<string, unknown>) => ({ data: { attributes: values } })

/** What each write needs to succeed: the id in its path, and its body. */
const succeeding: Record<string, (version: Version) => Promise<{ id?: string; body?: unknown }>> = {
  accept: async () => ({ id: (await make.application(db)).public_id }),
  reject: async () => ({ id: (await make.application(db)).public_id }),
  'change-funded-place': async () => ({
    id: (await make.acceptedApplication(db, { cohort: '2026b', funded_place: true })).public_id,
    body: attributes({ funded_place: false }),
  }),
  'participant-declarations': async () => {
    await make.statement(db)
    return { body: await started() }
  },
  void: async () => ({ id: (await make.declaration(db, { application: await make.acceptedApplication(db) })).public_id }),
  'change-delivery-partner': async () => {
    const partner = await make.insert(db, 'delivery_partners', { name: 'Partner' })
    const application = await make.acceptedApplication(db, { teacher_catchment: 'england' })
    const { lead_provider_id, cohort_id } = application
    await make.insert(db, 'delivery_partnerships', { delivery_partner_id: partner.id, lead_provider_id, cohort_id: cohort_id ?? 0 })
    return { id: (await make.declaration(db, { application })).public_id, body: attributes({ delivery_partner_id: partner.public_id }) }
  },
  defer: async () => training({ reason: 'other' }),
  withdraw: async () => training({ reason: 'other' }),
  resume: async () => training({}, 'deferred'),
  'change-schedule': async () => {
    await make.statement(db)
    return training({ schedule_identifier: 'npq-leadership-spring' }, 'active', 'voided')
  },
  outcomes: async () => {
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, declaration_type: 'completed' })
    return {
      id: await participantOf(application),
      body: attributes({ course_identifier: 'npq-headship', state: 'passed', completion_date: '2026-02-10' }),
    }
  },
}

async function started(facts: make.ApplicationFacts = {}) {
  const participant_id = await participantOf(await make.acceptedApplication(db, facts))
  return attributes({ participant_id, declaration_type: 'started', declaration_date: milestone, course_identifier: 'npq-headship' })
}

async function training(
  values: Record<string, unknown>,
  training_status: 'active' | 'deferred' = 'active',
  state: 'submitted' | 'voided' = 'submitted',
) {
  const application = await make.acceptedApplication(db, { training_status })
  await make.declaration(db, { application, state })
  return { id: await participantOf(application), body: attributes({ course_identifier: 'npq-headship', ...values }) }
}

describe.each(versions)('in %s', (version) => {
  const writes = endpointsOf(endpoints, version).filter(({ method }) => method !== 'GET') as (Endpoint & { method: 'POST' | 'PUT' })[]

  test.each(writes.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    'a dry run of %s answers what then comes, as it is documented, and leaves nothing',
    async (_, { method, path }) => {
      const { id = '', body } = (await succeeding[path.split('/').at(-1) ?? '']?.(version)) ?? {}
      const url = `/api/${version}${path.replace('{id}', id)}`
      const before = await everything()
      const tried = await send(method, `${url}?dry_run=true`, body, { 'idempotency-key': 'k' })
      expect([tried.status, tried.dryRun, tried.json.meta?.dry_run], JSON.stringify(tried.json)).toEqual([200, 'true', true])
      expect(await everything()).toBe(before)
      const schema = operationsOf(version).get(`${method} /api/${version}${path}`)?.responses['200']?.content?.['application/json']?.schema
      expect(faults(version, schema ?? {}, tried.json)).toEqual([])

      const real = await send(method, `${url}?dry_run=false`, body, { 'idempotency-key': 'k' })
      expect([real.status, real.dryRun, real.json.meta]).toEqual([200, undefined, undefined])
      // what is made gets an id of its own
      const madeAnew = path.endsWith('declarations') || path.endsWith('outcomes')
      expect(tried.json.data).toEqual({ ...real.json.data, ...(madeAnew && { id: tried.json.data.id }) })
      expect(await everything()).not.toBe(before)
    },
  )
})

test('a dry run is refused as the write would be, and leaves nothing', async () => {
  const { public_id } = await make.application(db, { lead_provider_approval_status: 'rejected' })
  const before = await everything()
  const tried = await send('POST', `/api/v3/npq-applications/${public_id}/accept?dry_run=true`)
  expect([tried.status, tried.dryRun]).toEqual([422, 'true'])
  expect(await everything()).toBe(before)
  expect((await send('POST', `/api/v3/npq-applications/${public_id}/accept`)).json).toEqual(tried.json)
  expect((await send('POST', '/api/v3/npq-applications/00000000-0000-4000-8000-000000000000/accept?dry_run=true')).status).toBe(404)
})

test.each([
  'dry_run',
  'dry_run=',
  'dry_run=yes',
  'dry_run=1',
  'dry_run=TRUE',
  'dry_run[]=true',
  'dryRun=true',
  'dry-run=true',
  'DRYRUN=true',
  'dry_run=true&dry_run=false',
])('?%s is refused, and nothing is carried out', async (query) => {
  const { public_id } = await make.application(db)
  const before = await everything()
  const { status, json } = await send('POST', `/api/v3/npq-applications/${public_id}/accept?${query}`)
  expect([status, json.errors?.[0].code]).toEqual([400, 'dry_run_malformed'])
  expect(await everything()).toBe(before)
})

describe('a dry run of a declaration tells', () => {
  const foreseen = async (body: unknown) => {
    const { status, json } = await send('POST', '/api/v3/participant-declarations?dry_run=true', body)
    expect(status, JSON.stringify(json)).toBe(200)
    return json.meta.payment
  }

  test('the statement, the day and the price of what would be paid', async () => {
    const statement = await make.statement(db)
    // 800 pounds, 60 % of it for outputs, in four parts
    expect(await foreseen(await started())).toEqual({
      will_be_paid: true,
      reason: null,
      amount: '120.00',
      statement_id: statement.public_id,
      statement_month: 'November',
      statement_year: '2026',
      payment_date: '2026-12-25',
    })
  })

  test.each<[string, make.ApplicationFacts]>([
    ['place-not-funded', { funded_place: false }],
    ['establishment-ineligible', { eligible_for_funding: false }],
  ])('that nothing would be paid because of %s', async (reason, facts) => {
    await make.statement(db)
    expect(await foreseen(await started(facts))).toMatchObject({
      will_be_paid: false,
      reason,
      amount: '0.00',
      statement_id: null,
      payment_date: null,
    })
  })

  test('that nothing would be paid for who was funded for the course before', async () => {
    await make.statement(db)
    const user = await make.user(db)
    await make.acceptedApplication(db, { user, cohort: '2026b', funded_place: true })
    expect(await foreseen(await started({ user }))).toMatchObject({ will_be_paid: false, reason: 'previously-funded' })
  })

  test('that a duplicate would not be paid', async () => {
    await make.statement(db)
    const first = await make.user(db)
    await make.declaration(db, { application: await make.acceptedApplication(db, { user: first, provider: 'Teach First' }), state: 'eligible' })
    const again = await started({ user: await make.user(db, { trn: first.trn }) })
    expect(await foreseen(again)).toMatchObject({ will_be_paid: false, reason: 'duplicate-declaration', amount: '0.00' })
  })
})
