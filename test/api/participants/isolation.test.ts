import fc from 'fast-check'
import { expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

const names = ['Ambition Institute', 'Teach First'] as const

test('two providers never see each other’s participants, enrolments and outcomes, whatever they ask', { timeout: 120_000 }, async () => {
  const db = await database()
  const app = await makeApp()
  const tokens = [await make.token(db, names[0]), await make.token(db, names[1])]
  const users = [await make.user(db), await make.user(db), await make.user(db)]
  const shared = await make.idChange(db, { user: users[0] ?? (await make.user(db)) })
  const enrolment = fc.record({
    owner: fc.nat(1),
    user: fc.nat(2),
    cohort: fc.constantFrom('2021a', '2022a', '2023a'),
    status: fc.constantFrom('pending', 'accepted', 'accepted', 'rejected'),
    training: fc.constantFrom('withdrawn', 'deferred'),
  })
  const queries = fc.constantFrom(
    ...['', 'filter[updated_since]=2020-01-01', 'filter[training_status]=withdrawn', 'filter[training_status]=deferred'],
    ...[`filter[from_participant_id]=${shared.from_participant_id}`, 'sort=-updated_at', 'page[per_page]=3000'],
  )
  const enrolments = fc.uniqueArray(enrolment, { minLength: 1, maxLength: 6, selector: ({ user, cohort }) => `${user} ${cohort}` })
  await fc.assert(
    fc.asyncProperty(enrolments, queries, fc.constantFrom(...versions), async (made, query, version) => {
      await db.deleteFrom('applications').execute()
      const visible: [Set<string>, Set<string>] = [new Set(), new Set()]
      const owned: [Set<string>, Set<string>] = [new Set(), new Set()]
      for (const { owner, user, cohort, status, training } of made) {
        const person = users[user] ?? { id: 0, public_id: '' }
        const facts = { provider: names[owner] ?? '', user: person, cohort, lead_provider_approval_status: status, training_status: training }
        const application = await make.application(db, facts)
        const declaration = await make.declaration(db, { application, declaration_type: 'completed', state: 'voided' })
        const outcome = await make.outcome(db, { declaration })
        owned[owner as 0 | 1].add(application.public_id).add(outcome.public_id)
        if (status === 'accepted') visible[owner as 0 | 1].add(person.public_id)
      }
      for (const caller of [0, 1] as const) {
        const other = caller === 0 ? 1 : 0
        const get = async (path: string, from: string = version) => ask(app, `/api/${from}/${path}`, { token: tokens[caller] ?? '' })
        const bodies = [await get(`participants/npq?${query}`), await get('participants/npq/outcomes'), await get('npq-enrolments.csv', 'v2')]
        for (const { public_id } of users) {
          const one = await get(`participants/npq/${public_id}`)
          const outcomes = await get(`participants/npq/${public_id}/outcomes`)
          expect([one.statusCode, outcomes.statusCode]).toEqual(visible[caller].has(public_id) ? [200, 200] : [404, 404])
          bodies.push(one, outcomes)
        }
        const all = bodies.map(({ body }) => body).join()
        for (const foreign of owned[other]) expect(all).not.toContain(foreign)
        const listed: { id: string }[] = (await get(`participants/npq?${query}`)).json().data
        expect(listed.every(({ id }) => visible[caller].has(id))).toBe(true)
      }
    }),
    { numRuns: 25 },
  )
})
