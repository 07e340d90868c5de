import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { endpointsOf } from '../../src/api/endpoint.ts'
import { endpoints } from '../../src/api/index.ts'
import { newestVersion } from '../../src/api/versions.ts'
import type { Database } from '../../src/db/connect.ts'
import { elsewhere } from '../../src/sandbox/elsewhere.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { scenarios } from '../../src/sandbox-api/scenarios/make.ts'
import { approvalStatuses, declarationStates, trainingStatuses } from '../../src/words.ts'
import { ask, now } from '../support/app.ts'
import { database } from '../support/database.ts'
import { impossible } from '../support/declarations.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeSandboxApp()
  token = await sandboxToken(db)
})

const made = (name: string, as = token) => ask(app, `/api/sandbox/scenarios/${name}`, { token: as, method: 'POST' })

describe('a sandbox that was seeded', { timeout: 180_000 }, () => {
  test('makes every scenario, whose request is answered as promised', async () => {
    await seed(db, now)
    const before = await othersData(db)
    const wrong: string[] = []
    for (const name of scenarios.keys()) {
      const answer = await made(name)
      if (answer.statusCode !== 200) {
        wrong.push(`${name} is not made: ${answer.body}`)
        continue
      }
      const { request, expected } = answer.json().data.attributes
      const { method, path, body } = request
      const answered = await ask(app, path, { token, method, ...(body !== null && { body }) })
      const { errors = [], data } = (answered.body === '' ? {} : answered.json()) as { errors?: Refusal[]; data?: { attributes: object } }
      const refused = errors.some(({ title, code }) => title === expected.title && code === expected.code)
      if (answered.statusCode !== expected.status) wrong.push(`${name} is answered ${answered.statusCode} ${answered.body.slice(0, 300)}`)
      else if (expected.code !== null && !refused) wrong.push(`${name} is refused otherwise: ${answered.body}`)
      else if (expected.attributes !== null && !contains(data?.attributes, expected.attributes)) {
        wrong.push(`${name} shows ${JSON.stringify(data?.attributes)}, not ${JSON.stringify(expected.attributes)}`)
      }
      if (/\{\w+\}/.test(JSON.stringify(request))) wrong.push(`${name} leaves something open: ${JSON.stringify(request)}`)
    }
    expect(wrong).toEqual([])
    expect(await impossible(db)).toEqual([])
    expect(await othersData(db)).toEqual(before)
  })
})

/** Refusals that stand behind others: no request of a provider can meet them, whatever its data. */
const outOfReach: Readonly<Record<string, readonly string[]>> = {
  // the schedule is chosen among those of the application's own cohort, and for its course, before the record is judged
  acceptApplication: ['schedule_of_another_cohort schedule', 'schedule_of_another_course schedule'],
  // the same; and in a cohort without funding the place is taken away
  changeParticipantSchedule: [
    'schedule_of_another_cohort schedule',
    'schedule_of_another_course schedule',
    'funded_place_in_unfunded_cohort funded_place',
    'participant_unknown participant_id',
  ],
  // who is no participant of the caller is not found before anything is judged
  deferParticipant: ['participant_unknown participant_id'],
  resumeParticipant: ['participant_unknown participant_id'],
  withdrawParticipant: ['participant_unknown participant_id'],
  reportOutcome: ['participant_unknown participant_id'],
  // what is paid back has its refund, and what a paid statement holds is paid: the database takes no other
  voidDeclaration: ['declaration_not_paid declaration', 'statement_already_paid declaration'],
}

describe('the scenarios', () => {
  const told = [...scenarios.values()]
  const own = endpointsOf(endpoints, newestVersion).filter((endpoint) => endpoint.format === 'json')

  test('are one for each refusal that the rules of the domain know, but for those that no request can meet', () => {
    for (const { operationId, refusals = [] } of own) {
      const known = new Set(refusals.map(({ code, title }) => `${code} ${title}`))
      const shown = new Set(
        told.filter((scenario) => scenario.operationId === operationId && scenario.status === 422).map(({ code, title }) => `${code} ${title}`),
      )
      const beyond = outOfReach[operationId] ?? []
      expect([...known].filter((refusal) => !shown.has(refusal)).sort(), operationId).toEqual([...beyond].sort())
      expect(
        beyond.filter((refusal) => !known.has(refusal)),
        operationId,
      ).toEqual([])
    }
  })

  test('are one for each other refusal of a request', () => {
    const known = own
      .flatMap(({ problems }) => problems(newestVersion))
      .flatMap(({ status, body }) => codesOf(body).map((code) => `${status} ${code}`))
    const shown = new Set(told.map(({ status, code }) => `${status} ${code}`))
    expect([...new Set(known)].filter((refusal) => !shown.has(refusal))).toEqual([])
    expect(known.length).toBeGreaterThan(own.length)
  })

  test('are one for each state of a record', () => {
    const answers = told.flatMap((scenario) => (scenario.status === 200 ? [scenario.answers ?? {}] : []))
    expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([...approvalStatuses]))
    expect(answers.flatMap(({ npq_enrolments }) => (npq_enrolments as { training_status: string }[] | undefined) ?? [])).toEqual(
      trainingStatuses.map((training_status) => ({ training_status })),
    )
    expect(answers.map(({ state }) => state)).toEqual(expect.arrayContaining(declarationStates.map((state) => state.replaceAll('_', '-'))))
    expect(answers.map(({ has_passed }) => has_passed)).toEqual(expect.arrayContaining([true, false, null]))
    expect(answers.map(({ paid }) => paid)).toEqual(expect.arrayContaining([true, false]))
  })

  test('are listed with what they show and what to try, whatever the sandbox holds', async () => {
    const { data } = (await ask(app, '/api/sandbox/scenarios', { token })).json()
    expect(data).toHaveLength(scenarios.size)
    expect(data.find(({ id }: { id: string }) => id === 'defer-nothing-declared')).toEqual({
      id: 'defer-nothing-declared',
      type: 'sandbox-scenario',
      attributes: {
        shows: 'A participant for whom nothing was declared.',
        request: {
          method: 'PUT',
          path: '/api/v3/participants/npq/{participant_id}/defer',
          body: { data: { type: 'participant-defer', attributes: { course_identifier: 'npq-headship', reason: 'other' } } },
        },
        expected: { status: 422, title: 'participant_id', code: 'nothing_declared', attributes: null },
        ids: {},
      },
    })
    for (const { id } of data) expect(id).toMatch(/^[a-z0-9-]+$/)
  })

  test('are unknown by any other name, and leave nothing behind where they cannot be made', async () => {
    expect((await made('nothing-of-the-kind')).statusCode).toBe(404)
    const refused = await made('declaration-paid')
    expect([refused.statusCode, refused.json().errors[0].code]).toEqual([422, 'scenario_not_possible'])
    expect(await db.selectFrom('users').selectAll().execute()).toEqual([])
  })
})

function codesOf(body: unknown): string[] {
  return ((body as { errors?: Refusal[] } | undefined)?.errors ?? []).map(({ code }) => code)
}

/** A hash over all that is of providers other than the caller and the one that is nobody's. */
async function othersData(db: Database): Promise<string[]> {
  const mine = sql`(select id from lead_providers where name = any(${['Ambition Institute', elsewhere.name]}))`
  const hashes: string[] = []
  for (const table of ['applications', 'declarations', 'statements', 'delivery_partnerships', 'application_states'] as const) {
    const { rows } = await sql<{ hash: string }>`select md5(string_agg(each::text, '|' order by id)) as hash from ${sql.table(table)} as each
      where lead_provider_id not in ${mine}`.execute(db)
    hashes.push(rows[0]?.hash ?? '')
  }
  return hashes
}

type Refusal = { title: string; code: string }

function contains(value: unknown, part: unknown): boolean {
  try {
    expect(value).toMatchObject(part as object)
    return true
  } catch {
    return false
  }
}
