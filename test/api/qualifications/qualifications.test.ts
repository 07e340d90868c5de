import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { hashToken, makeToken } from '../../../src/domain/tokens/token.ts'
import type { CourseIdentifier, OutcomeState } from '../../../src/words.ts'
import { ask, makeApp, tokenKey } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = makeToken('test')
  await make.insert(db, 'api_tokens', { hashed_token: hashToken(token, tokenKey), label: 'x', issued_by: 'x', scope: 'teacher_record_service' })
})

const paths = ['/api/teacher-record-service/v1', '/api/teaching-record-system/v1']
const date = (text: string) => Temporal.PlainDate.from(text)
const read = async (trn = '3012345', path = paths[0]) => ask(app, `${path}/qualifications/${trn}`, { token })
const shown = async () => (await read()).json().data.qualifications

async function outcomesOf(user: { id: number }, course: CourseIdentifier, ...states: [OutcomeState, string][]) {
  const application = await make.acceptedApplication(db, { user, course })
  const declaration = await make.declaration(db, { application, declaration_type: 'completed' })
  for (const [state, day] of states) await make.outcome(db, { declaration, state, completion_date: date(day) })
}
const legacy = (course_short_code: string, day: string, trn = '3012345') =>
  make.insert(db, 'legacy_passed_outcomes', { trn, course_short_code, completion_date: date(day) })

describe('the qualifications of a TRN', () => {
  test('are the passes of everyone who has it verified and those of before, newest first, each once', async () => {
    const people = [await make.user(db, { trn: '3012345' }), await make.user(db, { trn: '3012345' })]
    await outcomesOf(people[0] ?? { id: 0 }, 'npq-senco', ['passed', '2026-02-10'])
    await outcomesOf(people[1] ?? { id: 0 }, 'npq-headship', ['passed', '2026-02-10'])
    await legacy('NPQH', '2026-02-10')
    await legacy('NPQH', '2020-01-31')
    await legacy('NPQML', '2020-01-31')
    await legacy('NPQSL', '2021-01-31', '7654321')
    for (const path of paths) {
      const answer = await read('3012345.html', path)
      expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([200, 'application/json', 'no-store'])
      expect(answer.body).toBe(
        JSON.stringify({
          data: {
            trn: '3012345',
            qualifications: [
              { award_date: '2026-02-10', npq_type: 'NPQH' },
              { award_date: '2026-02-10', npq_type: 'NPQSENCO' },
              { award_date: '2020-01-31', npq_type: 'NPQH' },
              { award_date: '2020-01-31', npq_type: 'NPQML' },
            ],
          },
        }),
      )
    }
  })

  test.each<[string, [OutcomeState, string][], string[]]>([
    [
      'a pass then a fail',
      [
        ['passed', '2026-02-10'],
        ['failed', '2026-02-11'],
      ],
      [],
    ],
    [
      'a pass then a void',
      [
        ['passed', '2026-02-10'],
        ['voided', '2026-02-10'],
      ],
      [],
    ],
    [
      'a fail then a pass',
      [
        ['failed', '2026-02-10'],
        ['passed', '2026-02-11'],
      ],
      ['2026-02-11'],
    ],
    [
      'two passes',
      [
        ['passed', '2026-02-10'],
        ['passed', '2026-02-01'],
      ],
      ['2026-02-01'],
    ],
  ])('of one declaration with %s', async (_, states, expected) => {
    await outcomesOf(await make.user(db, { trn: '3012345' }), 'npq-headship', ...states)
    expect((await shown()).map(({ award_date }: { award_date: string }) => award_date)).toEqual(expected)
  })

  test('do not hold those of a person whose TRN is not verified', async () => {
    await outcomesOf(await make.user(db, { trn: '3012345', trn_verified: false }), 'npq-headship', ['passed', '2026-02-10'])
    expect(await shown()).toEqual([])
  })

  test.each(['0000000', 'nonsense', '%00'])('are none for %s', async (trn) => {
    expect((await read(trn)).json()).toMatchObject({ data: { qualifications: [] } })
  })

  test('are for the service’s own token', async () => {
    for (const path of paths) {
      const answer = await ask(app, `${path}/qualifications/3012345`, { token: await make.token(db) })
      expect([answer.statusCode, answer.body]).toEqual([401, '{"error":"HTTP Token: Access denied"}'])
    }
    expect((await ask(app, '/api/v3/participants/npq', { token })).statusCode).toBe(401)
  })
})
