import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import { letters } from '../../support/jobs.ts'
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

type Shown = { id: string; type: string; attributes: Record<string, unknown> }
const at = (text: string) => Temporal.Instant.from(text)
const date = (text: string) => Temporal.PlainDate.from(text)
const unknownId = '00000000-0000-4000-8000-000000000000'

async function completed(facts: make.ApplicationFacts = {}, values: Partial<RowOf<'declarations'>> = {}) {
  const application = await make.acceptedApplication(db, { user, ...facts })
  return make.declaration(db, { application, declaration_type: 'completed', ...values })
}
async function report(version: string, values: Record<string, unknown> = {}, caller = token, id = user.public_id) {
  const attributes = { course_identifier: 'npq-headship', state: 'passed', completion_date: '2026-02-10', ...values }
  return post(version, { data: { type: 'anything', attributes } }, caller, id)
}
async function post(version: string, body: unknown, caller = token, id = user.public_id) {
  const answer = await ask(app, `/api/${version}/participants/npq/${id}/outcomes`, { token: caller, method: 'POST', body })
  const json = answer.json()
  return { status: answer.statusCode, json, id: json.data?.id, titles: json.errors?.map(({ title }: { title: string }) => title) }
}
const get = (version: string, path: string, caller = token) => ask(app, `/api/${version}/participants/npq/${path}`, { token: caller })
const list = async (version: string, path = 'outcomes', caller = token): Promise<Shown[]> => (await get(version, path, caller)).json().data
const outcomes = () => db.selectFrom('outcomes').selectAll().orderBy('id').execute()
const declarations = () => db.selectFrom('declarations').selectAll().orderBy('id').execute()

describe.each(versions)('reporting an outcome in %s', (version) => {
  test('records it on the declaration, which moves, and queues a letter', async () => {
    const declaration = await completed()
    const { status, json } = await report(version)
    expect(status).toBe(200)
    const shown = {
      state: 'passed',
      completion_date: '2026-02-10T00:00:00+00:00',
      course_identifier: 'npq-headship',
      participant_id: user.public_id,
      created_at: '2026-11-02T09:00:00Z',
      ...(version === 'v3' && { updated_at: '2026-11-02T09:00:00Z' }),
    }
    const [stored] = await outcomes()
    expect(json).toEqual({ data: { id: stored?.public_id, type: 'participant-outcome', attributes: shown } })
    expect([Object.keys(json.data), Object.keys(json.data.attributes)]).toEqual([['id', 'type', 'attributes'], Object.keys(shown)])
    expect(stored).toMatchObject({ declaration_id: declaration.id, lead_provider_id: declaration.lead_provider_id })
    expect(await declarations()).toEqual([{ ...declaration, updated_at: at('2026-11-02T09:00:00Z') }])
    const application = await db.selectFrom('applications').selectAll().executeTakeFirstOrThrow()
    expect(await letters(db)).toEqual([
      {
        template: 'outcome passed',
        recipient: user.email,
        personalisation: {
          full_name: user.full_name,
          provider_name: 'Ambition Institute',
          course_name: 'Headship (NPQH)',
          ecf_id: application.public_id,
        },
      },
    ])
    const versionsKept = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).execute()
    expect(versionsKept).toEqual([{ item_type: 'Outcome', event: 'create', whodunnit: `Lead provider ${declaration.lead_provider_id}` }])
  })

  test('again answers with the one that stands, and writes nothing', async () => {
    const declaration = await completed()
    const standing = await make.outcome(db, { declaration })
    expect(await report(version, { completion_date: '2026-02-10T10:00:00Z' })).toMatchObject({ status: 200, id: standing.public_id })
    expect([await outcomes(), await declarations()]).toEqual([[standing], [declaration]])
    expect(await letters(db)).toEqual([])
  })

  test.each<[string, 'passed' | 'failed' | 'voided', string, Record<string, unknown>, boolean]>([
    ['another pass', 'passed', '2026-02-10', { completion_date: '2026-02-11' }, version !== 'v3'],
    ['another fail', 'failed', '2026-02-10', { state: 'failed', completion_date: '2026-02-11' }, true],
    ['a fail', 'passed', '2026-02-10', { state: 'failed' }, true],
    ['a pass after a void', 'voided', '2026-02-10', {}, true],
    ['a pass after a fail', 'failed', '2026-02-10', {}, true],
  ])('%s, where the latest is %s of %s, as a report of %j, makes a new one: %s', async (_, state, completion_date, values, made) => {
    await make.outcome(db, { declaration: await completed(), state, completion_date: date(completion_date) })
    expect((await report(version, values)).status).toBe(200)
    expect(await outcomes()).toHaveLength(made ? 2 : 1)
  })

  test('compares with the latest outcome alone', async () => {
    const declaration = await completed()
    await make.outcome(db, { declaration, state: 'failed', completion_date: date('2026-02-01') })
    await make.outcome(db, { declaration, state: 'failed', completion_date: date('2026-01-01') })
    await report(version, { state: 'failed', completion_date: '2026-02-01' })
    expect(await outcomes()).toHaveLength(3)
  })

  test('goes to the newest completed declaration', async () => {
    const older = await completed({}, { created_at: at('2026-03-01T00:00Z'), state: 'ineligible' })
    await make.outcome(db, { declaration: older })
    const newer = await completed({ cohort: '2022a' }, { created_at: at('2026-04-01T00:00Z') })
    await report(version)
    expect((await outcomes()).map(({ declaration_id }) => declaration_id)).toEqual([older.id, newer.id])
  })

  test.each<[DeclarationState, boolean]>([
    ['submitted', true],
    ['eligible', true],
    ['payable', true],
    ['paid', true],
    ['ineligible', true],
    ['voided', false],
    ['awaiting_clawback', false],
    ['clawed_back', false],
  ])('on a %s declaration is possible: %s', async (state, possible) => {
    await completed({}, { state })
    expect(await report(version)).toMatchObject(possible ? { status: 200 } : { status: 422, titles: ['base'] })
  })

  test('needs a completed declaration for this course by this provider', async () => {
    await completed({ course: 'npq-senco' })
    await completed({ provider: 'Teach First' })
    const application = await make.acceptedApplication(db, { user, cohort: '2022a' })
    await make.declaration(db, { application, declaration_type: 'retained-2' })
    await make.acceptedApplication(db, { user, cohort: '2021a', provider: 'LLSE' })
    expect(await report(version)).toMatchObject({ status: 422, titles: ['base'] })
  })

  test('after a transfer is for the provider of the declaration, and in v3 for the present one too', async () => {
    const other = await make.token(db, 'Teach First')
    const teachFirst = await make.provider(db, 'Teach First')
    const declaration = await completed()
    await db.updateTable('applications').set({ lead_provider_id: teachFirst.id }).execute()
    const answer = await report(version, {}, other)
    expect(answer).toMatchObject(version === 'v3' ? { status: 200 } : { status: 422, titles: ['base'] })
    if (version !== 'v3') return
    expect((await outcomes()).map(({ declaration_id }) => declaration_id)).toEqual([declaration.id])
    expect((await list(version)).map(({ id }) => id)).toEqual([answer.id])
    expect(await list(version, 'outcomes', other)).toEqual([])
  })

  test('looks at the body, then for the participant, then at the rules', async () => {
    for (const body of [undefined, {}, { data: {} }, { data: { attributes: {} } }, { data: 'x' }, '{"data"']) {
      expect(await post(version, body, token, unknownId)).toMatchObject({ status: 400, titles: ['Bad request'] })
    }
    const change = await make.idChange(db, { user })
    for (const id of [unknownId, user.public_id, change.from_participant_id]) expect((await report(version, {}, token, id)).status).toBe(404)
    await completed()
    const cases: [Record<string, unknown>, string[]][] = [
      [{ completion_date: '2026-11-02' }, []],
      [{ completion_date: '2026-11-03' }, ['completion_date']],
      [{ completion_date: '10-02-2026' }, ['completion_date']],
      [{ completion_date: '2026-13-01' }, ['completion_date']],
      [{ completion_date: '' }, ['completion_date', 'completion_date']],
      [{ state: 'voided' }, ['state']],
      [{ state: ' ' }, ['state', 'state']],
      [{ course_identifier: 'npq-early-headship-coaching-offer' }, ['course_identifier', 'base']],
    ]
    for (const [values, expected] of cases) expect((await report(version, values)).titles ?? [], JSON.stringify(values)).toEqual(expected)
    await make.idChange(db, { user: await make.user(db), from_participant_id: user.public_id })
    expect(await report(version)).toMatchObject({ status: 422, titles: ['participant_id'] })
  })
})

describe.each(versions)('the outcomes of %s', (version) => {
  test('are all those of the provider’s declarations, oldest first, in pages', async () => {
    const declaration = await completed()
    const foreign = await completed({ cohort: '2022a', provider: 'Teach First' })
    const late = await make.outcome(db, { declaration, created_at: at('2026-03-02T00:00Z') })
    const [one, two] = [
      await make.outcome(db, { declaration, created_at: at('2026-03-01T00:00Z') }),
      await make.outcome(db, { declaration, created_at: at('2026-03-01T00:00Z') }),
    ]
    await make.outcome(db, { declaration: foreign })
    const ids = async (query = '') => (await list(version, `outcomes?${query}`)).map(({ id }) => id)
    const all = [one, two, late].map(({ public_id }) => public_id)
    expect(await ids()).toEqual(all)
    expect(await ids('page[per_page]=2&sort=-created_at')).toEqual(all.slice(0, 2))
    expect(await ids('page[per_page]=2&page[page]=2')).toEqual(all.slice(2))
    expect(await ids('filter[created_since]=2026-03-02T00:00:00Z')).toEqual(all.slice(2))
    expect(await ids('filter[created_since]=')).toEqual(all)
    for (const query of ['filter[created_since]=x', 'filter=x', 'page[page]=0']) {
      expect((await get(version, `outcomes?${query}`)).statusCode, query).toBe(400)
    }
    await db.updateTable('applications').set({ lead_provider_approval_status: 'rejected' }).execute()
    expect(await ids()).toEqual(all)
  })

  test('of one participant are hers alone, and not filtered', async () => {
    const own = await make.outcome(db, { declaration: await completed() })
    const other = await make.user(db)
    await make.outcome(db, { declaration: await completed({ user: other }) })
    expect((await list(version, `${user.public_id}/outcomes?filter[created_since]=nonsense`)).map(({ id }) => id)).toEqual([own.public_id])
    expect((await get(version, `${unknownId}/outcomes?page[page]=0`)).statusCode).toBe(404)
    expect((await get(version, `${user.public_id}/outcomes?page[page]=0`)).statusCode).toBe(400)
    expect((await get(version, `${user.public_id}/outcomes`, await make.token(db, 'Teach First'))).statusCode).toBe(404)
  })
})

test.runIf(onPostgres)('two equal reports at once make one outcome, 30 times', { timeout: 60_000 }, async () => {
  for (let time = 0; time < 30; time++) {
    user = await make.user(db)
    const declaration = await completed()
    const [one, other] = await Promise.all([report('v1'), report('v1')])
    expect([one.status, other.status, one.id]).toEqual([200, 200, other.id])
    expect((await outcomes()).filter(({ declaration_id }) => declaration_id === declaration.id)).toHaveLength(1)
  }
})
