import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Clock, wireInstant } from '../../../src/clock.ts'
import type { Database } from '../../../src/db/connect.ts'
import { qualificationsOf } from '../../../src/domain/outcomes/qualifications.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'
import { untilWaiting } from '../../support/waiting.ts'

/** How many rounds each race has; `RACES=300` for a figure. */
const rounds = Number(process.env['RACES'] ?? 15)
const course_identifier = 'npq-headship'

/** Two nodes whose clocks run two seconds apart, the second ahead of the database's own. */
const clocks: [Clock, Clock] = [
  { now: () => Temporal.Now.instant().subtract({ seconds: 1 }), runs: true },
  { now: () => Temporal.Now.instant().add({ seconds: 1 }), runs: true },
]

let db: Database
let nodes: [FastifyInstance, FastifyInstance]
let token: string
beforeEach(async () => {
  db = await database()
  nodes = [await makeApp({ clock: clocks[0] }), await makeApp({ clock: clocks[1] })]
  token = await make.token(db)
})

/** Sends actions on one person at once, each to the other node than the one before it; tells the statuses. */
async function together(requests: readonly (readonly [method: 'PUT' | 'POST', path: string, attributes: Record<string, unknown>])[]) {
  const answers = await Promise.all(
    requests.map(([method, path, attributes], index) =>
      ask(nodes[index % 2] as FastifyInstance, `/api/v3/${path}`, { token, method, body: { data: { type: 'any', attributes } } }),
    ),
  )
  return answers.map(({ statusCode }) => statusCode)
}

/** So many groups of two or three of the names, the same in every run. */
function groups<T extends string>(names: readonly T[]): T[][] {
  return fc.sample(fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 3 }), { numRuns: rounds, seed: 12 })
}

function inOrder(times: readonly Temporal.Instant[]): boolean {
  return times.every((time, index) => index === 0 || Temporal.Instant.compare(times[index - 1] as Temporal.Instant, time) <= 0)
}

describe('actions on one person at once, at two nodes whose clocks differ', () => {
  test.runIf(onPostgres)(
    'on the training: its status is its newest state, and who is withdrawn cannot be declared for later',
    { timeout: 600_000 },
    async () => {
      await make.statement(db, { year: 2050, deadline_date: Temporal.PlainDate.from('2050-11-30'), payment_date: null })
      for (const group of groups(['withdraw', 'defer', 'resume'])) {
        const application = await make.acceptedApplication(db)
        await make.declaration(db, { application })
        const person = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
        const path = `participants/npq/${person.public_id}`
        await together(group.map((action) => ['PUT', `${path}/${action}`, { course_identifier, reason: 'other' }] as const))

        const after = await db.selectFrom('applications').selectAll().where('id', '=', application.id).executeTakeFirstOrThrow()
        const states = await db.selectFrom('application_states').selectAll().where('application_id', '=', application.id).orderBy('id').execute()
        expect(states.at(-1)?.state, group.join()).toBe(after.training_status)
        expect(inOrder([...states.map(({ created_at }) => created_at), after.updated_at]), group.join()).toBe(true)

        const declaration_date = wireInstant(clocks[1].now())
        const attributes = { participant_id: person.public_id, declaration_type: 'retained-1', declaration_date, course_identifier }
        const later = await ask(nodes[1], '/api/v3/participant-declarations', { token, method: 'POST', body: { data: { attributes } } })
        expect([group.join(), later.statusCode]).toEqual([group.join(), after.training_status === 'withdrawn' ? 422 : 200])
      }
    },
  )

  test.runIf(onPostgres)('on a completion and its outcomes: what is voided has passed nowhere', { timeout: 600_000 }, async () => {
    for (const group of groups(['void', 'passed', 'failed'])) {
      const user = await make.user(db)
      const application = await make.acceptedApplication(db, { user })
      const declaration = await make.declaration(db, { application, declaration_type: 'completed' })
      await make.insert(db, 'outcomes', {
        declaration_id: declaration.id,
        state: 'failed',
        completion_date: Temporal.PlainDate.from('2023-11-01'),
        created_at: declaration.created_at,
        updated_at: declaration.created_at,
      })
      await together(
        group.map((action) =>
          action === 'void'
            ? (['PUT', `participant-declarations/${declaration.public_id}/void`, {}] as const)
            : (['POST', `participants/npq/${user.public_id}/outcomes`, { course_identifier, state: action, completion_date: '2024-01-10' }] as const),
        ),
      )
      const after = await db.selectFrom('declarations').selectAll().where('id', '=', declaration.id).executeTakeFirstOrThrow()
      const outcomes = await db.selectFrom('outcomes').selectAll().where('declaration_id', '=', declaration.id).orderBy('id').execute()
      const newest = outcomes.at(-1)?.state
      expect(newest === 'voided', group.join()).toBe(after.state === 'voided')
      expect(inOrder([...outcomes.map(({ created_at }) => created_at), after.updated_at]), group.join()).toBe(true)

      const shown = await ask(nodes[0], `/api/v3/participant-declarations/${declaration.public_id}`, { token })
      expect([group.join(), shown.json().data.attributes.has_passed]).toEqual([group.join(), newest === 'voided' ? null : newest === 'passed'])
      expect(await qualificationsOf(db, user.trn ?? '')).toHaveLength(newest === 'passed' ? 1 : 0)
    }
  })

  test.runIf(onPostgres)(
    'on an application: a change that waited for its lock is found by who asked while it waited',
    { timeout: 600_000 },
    async () => {
      const found = async (id: string, since: string) => {
        const answer = await ask(nodes[0], `/api/v3/npq-applications?filter[updated_since]=${since}`, { token })
        return answer.json().data.some((application: { id: string }) => application.id === id)
      }
      for (let round = 0; round < rounds; round++) {
        const { public_id, user_id } = await make.application(db)
        let accepting: ReturnType<typeof together> | undefined
        const asked = await db.transaction().execute(async (trx) => {
          await trx.selectFrom('users').select('id').where('id', '=', user_id).forUpdate().execute()
          accepting = together([['POST', `npq-applications/${public_id}/accept`, { funded_place: true }]])
          await untilWaiting(db)
          const { at } = await trx.selectNoFrom(sql<Temporal.Instant>`clock_timestamp()`.as('at')).executeTakeFirstOrThrow()
          expect(await found(public_id, at.toString())).toBe(false)
          return at.toString()
        })
        expect(await accepting).toEqual([200])
        expect(await found(public_id, asked)).toBe(true)
      }
    },
  )
})
