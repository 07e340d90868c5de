import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { defer } from '../../../src/domain/participants/defer.ts'
import { resume } from '../../../src/domain/participants/resume.ts'
import { withdraw } from '../../../src/domain/participants/withdraw.ts'
import type { Verdict } from '../../../src/domain/rules.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { now } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import { letters } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'
import { trainingOf } from '../../support/training.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

type Command = Awaited<ReturnType<typeof trainingOf>>
type Verb = (db: Database, command: Command) => Promise<Verdict>
const verbs = { defer, resume, withdraw } satisfies Record<string, Verb>

async function titlesOf(verb: keyof typeof verbs, application: RowOf<'applications'>, changes: Partial<Command> = {}) {
  const { refusals } = await verbs[verb](db, { ...(await trainingOf(db, application)), ...changes })
  return refusals.map(({ title }) => title)
}
const reread = ({ id }: { id: number }) => db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const started = async (facts: make.ApplicationFacts = {}) => {
  const application = await make.acceptedApplication(db, facts)
  return { application, declaration: await make.declaration(db, { application }) }
}

describe.each([
  ['defer', 'active', 'deferred', 'other', 'deferred'],
  ['withdraw', 'active', 'withdrawn', 'other', 'withdrawn'],
  ['withdraw', 'deferred', 'withdrawn', 'other', 'withdrawn'],
  ['resume', 'deferred', 'active', null, 'resumed'],
  ['resume', 'withdrawn', 'active', null, 'resumed'],
] as const)('to %s %s training', (verb, from, to, reason, letter) => {
  test('sets its status, adds to its history and queues one letter, and leaves all else', async () => {
    const { application, declaration } = await started({ training_status: from, cohort: '2026b', funded_place: true })
    const user = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
    expect(await titlesOf(verb, application)).toEqual([])
    expect(await reread(application)).toEqual({ ...application, training_status: to, updated_at: now })
    const states = await db
      .selectFrom('application_states')
      .select(['application_id', 'lead_provider_id', 'state', 'reason', 'created_at'])
      .orderBy('id')
      .execute()
    const { id, lead_provider_id } = application
    expect(states.slice(1)).toEqual([{ application_id: id, lead_provider_id, state: to, reason, created_at: now }])
    expect(await letters(db)).toEqual([
      {
        template: letter,
        recipient: user.email,
        personalisation: {
          full_name: user.full_name,
          provider_name: 'Ambition Institute',
          course_name: 'Headship (NPQH)',
          ecf_id: application.public_id,
        },
      },
    ])
    expect(await db.selectFrom('declarations').selectAll().execute()).toEqual([declaration])
    expect(await db.selectFrom('users').selectAll().execute()).toEqual([user])
    const versions = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).execute()
    expect(versions).toEqual([{ item_type: 'Application', event: 'update', whodunnit: `Lead provider ${lead_provider_id}` }])
  })

  test('writes nothing where it is refused, and no letter to a person without an address', async () => {
    const user = await make.user(db, { email: null, archived_email: 'x@school.example', archived_at: now })
    const { application } = await started({ user, training_status: from })
    expect(await titlesOf(verb, application, { courseIdentifier: 'npq-senco' })).toEqual(['participant_id'])
    expect(await reread(application)).toEqual(application)
    expect(await db.selectFrom('application_states').selectAll().execute()).toHaveLength(1)
    expect(await titlesOf(verb, application)).toEqual([])
    expect(await letters(db)).toEqual([])
  })

  test('is done to the newest accepted application with the provider', async () => {
    const user = await make.user(db)
    const instants = ['2026-02-01T00:00Z', '2026-02-02T00:00Z', '2026-02-03T00:00Z', '2026-02-04T00:00Z'].map((text) => Temporal.Instant.from(text))
    const { application: newer } = await started({ user, training_status: from, created_at: instants[1] })
    const { application: older } = await started({ user, training_status: from, cohort: '2022a', created_at: instants[0] })
    const { application: foreign } = await started({ user, training_status: from, cohort: '2021a', provider: 'LLSE', created_at: instants[2] })
    const pending = await make.application(db, { user, cohort: '2021a', created_at: instants[3] })
    expect(await titlesOf(verb, newer)).toEqual([])
    expect((await reread(newer)).training_status).toBe(to)
    for (const untouched of [older, foreign, pending]) expect(await reread(untouched)).toEqual(untouched)
  })
})

describe('deferring', () => {
  test('needs a declaration, of any type and in any state', async () => {
    const application = await make.acceptedApplication(db)
    expect(await titlesOf('defer', application)).toEqual(['participant_id'])
    await make.declaration(db, { application, declaration_type: 'retained-1', state: 'voided' })
    expect(await titlesOf('defer', application)).toEqual([])
  })
})

describe('withdrawing', () => {
  test.each<[string, 'started' | 'retained-1', DeclarationState, string[]]>([
    ['a retained', 'retained-1', 'paid', ['participant_id']],
    ['a voided started', 'started', 'voided', []],
    ['an ineligible started', 'started', 'ineligible', []],
  ])('with %s declaration alone', async (_, declaration_type, state, expected) => {
    const application = await make.acceptedApplication(db)
    await make.declaration(db, { application, declaration_type, state })
    expect(await titlesOf('withdraw', application)).toEqual(expected)
  })
})

describe('resuming a withdrawn application', () => {
  const withdrawnEhco = (user: RowOf<'users'>) =>
    make.acceptedApplication(db, {
      user,
      cohort: '2021a',
      course: 'npq-early-headship-coaching-offer',
      schedule: 'npq-ehco-june',
      training_status: 'withdrawn',
    })
  const aso = (user: RowOf<'users'>, facts: make.ApplicationFacts = {}) =>
    make.acceptedApplication(db, {
      ...{ user, cohort: '2021a', course: 'npq-additional-support-offer', schedule: 'npq-aso-december', provider: 'Teach First' },
      ...facts,
    })

  test.each<[string, make.ApplicationFacts, string[]]>([
    ['accepted anew with another provider', {}, ['participant_id']],
    ['accepted anew and withdrawn again', { training_status: 'withdrawn' }, []],
    ['accepted in another cohort', { cohort: '2022a', schedule: 'npq-leadership-autumn' }, []],
    ['rejected there', { lead_provider_approval_status: 'rejected' }, []],
  ])('of a person whose twin course was %s', async (_, facts, expected) => {
    const user = await make.user(db)
    const application = await withdrawnEhco(user)
    await aso(user, facts)
    expect(await titlesOf('resume', application)).toEqual(expected)
  })

  test('of a person whose other one a merge moved in', async () => {
    const user = await make.user(db)
    const application = await withdrawnEhco(user)
    await aso(user, { merged_from_user_id: (await make.user(db)).id })
    expect(await titlesOf('resume', application)).toEqual([])
  })
})

test('an id that was replaced cannot be acted on, even where it is still visible', async () => {
  const { application } = await started()
  const { participantId } = await trainingOf(db, application)
  const stranger = await make.user(db)
  await make.idChange(db, { user: stranger, from_participant_id: participantId })
  const { refusals } = await defer(db, await trainingOf(db, application))
  expect(refusals.map(({ title }) => title)).toEqual(['participant_id'])
  expect(refusals[0]?.detail).toContain(participantId)
  expect(refusals[0]?.detail).toContain(stranger.public_id)
})

test.runIf(onPostgres)('two equal actions at once end as one change and one refusal, 60 times', { timeout: 120_000 }, async () => {
  for (let time = 0; time < 60; time++) {
    const verb = (['defer', 'withdraw', 'resume'] as const)[time % 3] ?? 'defer'
    const { application } = await started({ training_status: verb === 'resume' ? 'deferred' : 'active' })
    const verdicts = await Promise.all([titlesOf(verb, application), titlesOf(verb, application)])
    expect(verdicts.sort((one, other) => one.length - other.length)).toEqual([[], ['participant_id']])
    const states = await db.selectFrom('application_states').select('id').where('application_id', '=', application.id).execute()
    expect(states).toHaveLength(2)
  }
})

test.runIf(onPostgres)('deferring and withdrawing at once end in one of the two orders', { timeout: 60_000 }, async () => {
  for (let time = 0; time < 40; time++) {
    const { application } = await started()
    const [deferring, withdrawing] = await Promise.all([titlesOf('defer', application), titlesOf('withdraw', application)])
    expect(withdrawing).toEqual([])
    expect((await reread(application)).training_status).toBe('withdrawn')
    const states = await db.selectFrom('application_states').select('state').where('application_id', '=', application.id).orderBy('id').execute()
    expect(states.map(({ state }) => state)).toEqual(deferring?.length === 0 ? ['active', 'deferred', 'withdrawn'] : ['active', 'withdrawn'])
  }
})
