import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { accept } from '../../../src/domain/applications/accept.ts'
import { changeFundedPlace } from '../../../src/domain/applications/change-funded-place.ts'
import { reject } from '../../../src/domain/applications/reject.ts'
import { revert } from '../../../src/domain/applications/revert.ts'
import { changeDeliveryPartner } from '../../../src/domain/declarations/change-delivery-partner.ts'
import { voidDeclaration } from '../../../src/domain/declarations/void.ts'
import { renamePartner } from '../../../src/domain/delivery-partners/name-partner.ts'
import { addPartnership, removePartnership } from '../../../src/domain/delivery-partners/partnerships.ts'
import { change } from '../../../src/domain/history.ts'
import { reportOutcome } from '../../../src/domain/outcomes/report-outcome.ts'
import { archive } from '../../../src/domain/participants/archive.ts'
import { changeSchedule } from '../../../src/domain/participants/change-schedule.ts'
import { changeUser } from '../../../src/domain/participants/change-user.ts'
import { defer } from '../../../src/domain/participants/defer.ts'
import { merge } from '../../../src/domain/participants/merge.ts'
import { lockPeople } from '../../../src/domain/participants/records.ts'
import { resume } from '../../../src/domain/participants/resume.ts'
import { withdraw } from '../../../src/domain/participants/withdraw.ts'
import { authorisePayment } from '../../../src/domain/statements/authorise-payment.ts'
import { changeDate } from '../../../src/domain/statements/change-date.ts'
import { makePayable } from '../../../src/domain/statements/make-payable.ts'
import { markPaid } from '../../../src/domain/statements/mark-paid.ts'
import { makeApp } from '../../support/app.ts'
import { clean, database } from '../../support/database.ts'
import { declareFor } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'
import { changesAfter, type State, stateOf } from '../../support/provider-state.ts'
import { trainingOf } from '../../support/training.ts'

// Whatever happens in whatever order: each provider is told of all that changed of what it is shown, and of nothing else.

const providers = ['Ambition Institute', 'Teach First', 'Best Practice Network']
const [one = '', two = '', three = ''] = providers

let db: Database
let app: FastifyInstance
beforeEach(async () => {
  db = await database()
  app = await makeApp()
})

type Moment = { now: Temporal.Instant; author: string; clockRuns: false }
type Verb = (act: Moment, pick: (below: number) => number) => Promise<unknown>

/** People who share applications, a TRN and delivery partners between providers, with what can happen to them. */
async function makeWorld() {
  const shared = await make.user(db)
  const twin = await make.user(db, { trn: shared.trn })
  const people = [shared, twin, await make.user(db)]
  const facts = { cohort: '2023a', schedule: 'npq-leadership-autumn' } as const
  await make.application(db, { user: shared, provider: one })
  await make.application(db, { user: shared, provider: two, cohort: '2026b', course: 'npq-senior-leadership' })
  await make.acceptedApplication(db, { ...facts, user: shared, provider: two, course: 'npq-executive-leadership' })
  await make.acceptedApplication(db, { ...facts, user: twin, provider: three })
  await make.application(db, { user: twin, provider: one, course: 'npq-senior-leadership' })
  await make.acceptedApplication(db, { ...facts, user: people[2] as { id: number }, provider: one })
  await make.application(db, { user: people[2] as { id: number }, provider: two, cohort: '2026b' })
  for (const provider of providers) {
    for (const month of [11, 12]) {
      const courses = ['npq-headship', 'npq-senior-leadership', 'npq-executive-leadership'] as const
      const dates = { deadline_date: Temporal.PlainDate.from(`2026-${month}-20`), payment_date: Temporal.PlainDate.from(`2026-${month}-25`) }
      await make.statement(db, { provider, month, courses: [...courses], ...dates, ...(month === 12 && { output_fee: provider === one }) })
    }
  }
  const partners = [
    await make.insert(db, 'delivery_partners', { name: 'Partner A' }),
    await make.insert(db, 'delivery_partners', { name: 'Partner B' }),
  ]
  const cohorts = [await make.cohortNamed(db, '2023a'), await make.cohortNamed(db, '2026b')]
  const ids = await Promise.all(providers.map(async (name) => (await make.provider(db, name)).id))

  const applications = () => db.selectFrom('applications').selectAll().orderBy('id').execute()
  const declarations = () => db.selectFrom('declarations').selectAll().orderBy('id').execute()
  const statements = () => db.selectFrom('statements').selectAll().orderBy('id').execute()
  const anyOf = async <Row>(rows: Promise<Row[]> | Row[], pick: (below: number) => number) => {
    const all = await rows
    return all[pick(all.length || 1)]
  }
  const onApplication =
    (work: (act: Moment, application: Awaited<ReturnType<typeof applications>>[number], pick: (below: number) => number) => Promise<unknown>): Verb =>
    async (act, pick) => {
      const application = await anyOf(applications(), pick)
      if (application) await work({ ...act, author: `Lead provider ${application.lead_provider_id}` }, application, pick)
    }
  const onDeclaration =
    (work: (act: Moment, declaration: Awaited<ReturnType<typeof declarations>>[number], pick: (below: number) => number) => Promise<unknown>): Verb =>
    async (act, pick) => {
      const declaration = await anyOf(declarations(), pick)
      if (declaration) await work({ ...act, author: `Lead provider ${declaration.lead_provider_id}` }, declaration, pick)
    }
  const onStatement =
    (work: (act: Moment, statement: Awaited<ReturnType<typeof statements>>[number]) => Promise<unknown>): Verb =>
    async (act, pick) => {
      const statement = await anyOf(statements(), pick)
      if (statement) await work(act, statement)
    }
  const own = (application: { lead_provider_id: number; public_id: string }) => ({
    providerId: application.lead_provider_id,
    applicationId: application.public_id,
  })

  const verbs: Record<string, Verb> = {
    accept: onApplication((act, application) => accept(db, { ...act, ...own(application), fundedPlace: false, scheduleIdentifier: undefined })),
    reject: onApplication((act, application) => reject(db, { ...act, ...own(application), reason: 'rejected_by_provider' })),
    revert: onApplication((act, application) => revert(db, { ...act, ...own(application) })),
    'change the funded place': onApplication((act, application, pick) =>
      changeFundedPlace(db, { ...act, ...own(application), fundedPlace: pick(2) === 0 }),
    ),
    'mark as not eligible': onApplication((act, application) =>
      db.transaction().execute((trx) => change(trx, act, 'applications', application, { eligible_for_funding: !application.eligible_for_funding })),
    ),
    transfer: onApplication((act, application, pick) =>
      db.transaction().execute((trx) => change(trx, act, 'applications', application, { lead_provider_id: ids[pick(ids.length)] as number })),
    ),
    defer: onApplication(async (act, application) => defer(db, { ...(await trainingOf(db, application)), ...act })),
    withdraw: onApplication(async (act, application) => withdraw(db, { ...(await trainingOf(db, application)), ...act })),
    resume: onApplication(async (act, application) => resume(db, { ...(await trainingOf(db, application)), ...act })),
    'change the schedule': onApplication(async (act, application) =>
      changeSchedule(db, { ...(await trainingOf(db, application)), ...act, cohort: '2023' }),
    ),
    declare: onApplication((act, application) => declareFor(db, application, act)),
    'declare a completion': onApplication((act, application) =>
      declareFor(db, application, { ...act, declarationType: 'completed', declarationDate: '2025-05-01T10:00:00Z', hasPassed: true }),
    ),
    'report an outcome': onApplication(async (act, application, pick) => {
      const { participantId, courseIdentifier, providerId } = await trainingOf(db, application)
      const state = pick(2) === 0 ? 'passed' : 'failed'
      const sent = { participantId, courseIdentifier, providerId, state, completionDate: `2026-0${1 + pick(9)}-10` }
      return reportOutcome(db, { ...act, ...sent, onTransferred: true, passStands: true })
    }),
    void: onDeclaration((act, declaration) =>
      voidDeclaration(db, { ...act, providerId: declaration.lead_provider_id, declarationId: declaration.public_id }),
    ),
    'name another delivery partner': onDeclaration((act, declaration, pick) =>
      changeDeliveryPartner(db, {
        ...act,
        providerId: declaration.lead_provider_id,
        declarationId: declaration.public_id,
        deliveryPartnerId: partners[pick(2)]?.public_id,
        secondaryDeliveryPartnerId: undefined,
      }),
    ),
    'make payable': onStatement((act, { id }) => makePayable(db, { ...act, statementId: id })),
    pay: onStatement(async (act, { id }) => {
      await authorisePayment(db, { ...act, statementId: id, checksDone: true })
      await markPaid(db, { ...act, statementId: id })
    }),
    'move the payment': onStatement((act, { id, payment_date }) =>
      changeDate(db, { ...act, statementId: id, which: 'payment_date', date: payment_date?.add({ days: 1 }) }),
    ),
    merge: async (act, pick) => {
      const [kept, merged] = [people[pick(people.length)] ?? shared, people[pick(people.length)] ?? twin]
      await db.transaction().execute(async (trx) => {
        const [k, m] = await lockPeople(trx, [kept.id, merged.id])
        if (k && m) await merge(act, { kept: k, merged: m, allowArchived: true })
      })
    },
    'change a name': async (act, pick) => {
      await db.transaction().execute(async (trx) => {
        const [person] = await lockPeople(trx, [people[pick(people.length)]?.id ?? 0])
        if (person) await changeUser(trx, act, person.user, { full_name: `Name ${act.now}`, previous_names: [person.user.full_name] })
      })
    },
    'change a sign-in': async (act, pick) => {
      await db.transaction().execute(async (trx) => {
        const [person] = await lockPeople(trx, [people[pick(people.length)]?.id ?? 0])
        if (person) await changeUser(trx, act, person.user, { trn_lookup_status: String(act.now) })
      })
    },
    archive: async (act, pick) => {
      await db.transaction().execute(async (trx) => {
        const [person] = await lockPeople(trx, [people[pick(people.length)]?.id ?? 0])
        if (person) await archive(person, act)
      })
    },
    'add a partnership': (act, pick) =>
      addPartnership(db, { ...act, partnerId: partners[pick(2)]?.id ?? 0, providerId: ids[pick(3)] ?? 0, cohortId: cohorts[pick(2)]?.id ?? 0 }),
    'end a partnership': (act, pick) =>
      removePartnership(db, { ...act, partnerId: partners[pick(2)]?.id ?? 0, providerId: ids[pick(3)] ?? 0, cohortId: cohorts[pick(2)]?.id ?? 0 }),
    'rename a partner': (act, pick) => renamePartner(db, { ...act, partnerId: partners[pick(2)]?.id ?? 0, name: `Partner ${act.now}` }),
    'undo what was done': async (act, pick) => {
      const application = await anyOf(applications(), pick)
      const rolledBack = db.transaction().execute(async (trx) => {
        if (application) await change(trx, act, 'applications', application, { notes: 'undone', status: 'rejected' } as never)
        throw new Error('undone')
      })
      await rolledBack.catch(() => {})
    },
  }
  return verbs
}

/** What is not the same in two states of one provider, by resource: for what is in both, the attributes. */
function differences(before: State, after: State) {
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)]
    if (!old || !now) return [{ key, kind: old ? 'removed' : 'created', attributes: [] as string[] }]
    const attributes = Object.keys(now.attributes).filter((name) => JSON.stringify(old.attributes[name]) !== JSON.stringify(now.attributes[name]))
    return attributes.length > 0 ? [{ key, kind: 'updated', attributes }] : []
  })
}

const step = fc.record({ verb: fc.nat(), choices: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }) })

test('every provider is told what changed of all that it is shown, once, and nothing of what it is not shown', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 12 }), async (steps) => {
      await clean()
      const verbs = await makeWorld()
      const names = Object.keys(verbs)
      const followers = await Promise.all(
        providers.map(async (provider) => {
          const token = await make.token(db, provider)
          return { provider, token, state: await stateOf(app, token), cursor: (await changesAfter(app, token)).cursor }
        }),
      )
      for (const [place, { verb, choices }] of steps.entries()) {
        const name = names[verb % names.length] as string
        const rest = [...choices]
        const now = Temporal.Instant.from('2026-11-21T09:00:00Z').add({ minutes: place })
        await verbs[name]?.({ now, author: 'Admin Ann (test)', clockRuns: false }, (below) => (rest.shift() ?? 0) % below)
        for (const follower of followers) {
          const [state, { changes, cursor }] = [await stateOf(app, follower.token), await changesAfter(app, follower.token, follower.cursor)]
          const told = new Map(changes.map(({ attributes: a }) => [`${a.resource_type} ${a.resource_id}`, a]))
          const where = `${name} at step ${place}, as ${follower.provider} sees it`
          expect(told.size, `each resource once: ${where}`).toBe(changes.length)
          for (const { key, kind, attributes } of differences(follower.state, state)) {
            seen.add(`${key.split(' ')[0]} ${kind}`)
            expect([key, told.get(key)?.kind], where).toEqual([key, kind])
            if (kind === 'updated') expect(told.get(key)?.changed_attributes, `${key}: ${where}`).toEqual(expect.arrayContaining(attributes))
          }
          for (const [key, { kind, changed_attributes }] of told) {
            expect([follower.state.has(key), state.has(key)], `${key}: ${where}`).toEqual([kind !== 'created', kind !== 'removed'])
            const named = Object.keys(state.get(key)?.attributes ?? {})
            if (kind === 'updated') expect(changed_attributes.length, `${key}: ${where}`).toBeGreaterThan(0)
            if (kind === 'updated') expect(named, `${key}: ${where}`).toEqual(expect.arrayContaining(changed_attributes))
          }
          Object.assign(follower, { state, cursor })
        }
      }
    }),
    { numRuns: 4, seed: 12 },
  )
  // the runs above are not without effect
  expect([...seen]).toEqual(expect.arrayContaining(['npq-participant created', 'npq-participant updated', 'npq_application updated']))
}, 60_000)
