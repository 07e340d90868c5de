import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { type Accept, accept } from '../../../src/domain/applications/accept.ts'
import { now } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import { letters, otherJobs } from '../../support/jobs.ts'
import * as make from '../../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const titlesOf = async (application: RowOf<'applications'>, command: Partial<Accept> = {}) =>
  (await tryAccept(application, command)).map(({ title }) => title)

async function tryAccept(application: RowOf<'applications'>, command: Partial<Accept> = {}) {
  const { refusals } = await accept(db, {
    now,
    author: `Lead provider ${application.lead_provider_id}`,
    providerId: application.lead_provider_id,
    applicationId: application.public_id,
    fundedPlace: undefined,
    scheduleIdentifier: undefined,
    ...command,
  })
  return refusals
}
const reread = ({ id }: { id: number }) => db.selectFrom('applications').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const statusOf = async (application: { id: number }) => {
  const { lead_provider_approval_status, reason_for_rejection } = await reread(application)
  return [lead_provider_approval_status, reason_for_rejection]
}

describe('accepting an application', () => {
  test('sets its state, its schedule, its place and its history, and queues one letter', async () => {
    const application = await make.application(db, { cohort: '2026b' })
    const autumn = await make.scheduleNamed(db, '2026b', 'npq-leadership-autumn')
    expect(await tryAccept(application, { fundedPlace: true })).toEqual([])
    expect(await reread(application)).toMatchObject({
      lead_provider_approval_status: 'accepted',
      accepted_at: now,
      training_status: 'active',
      schedule_id: autumn.id,
      funded_place: true,
      updated_at: now,
    })
    const states = await db.selectFrom('application_states').select(['application_id', 'lead_provider_id', 'state', 'reason']).execute()
    expect(states).toEqual([{ application_id: application.id, lead_provider_id: application.lead_provider_id, state: 'active', reason: null }])
    const user = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
    expect(user).toMatchObject({ updated_at: now, significantly_updated_at: now })
    expect(await letters(db)).toEqual([
      {
        template: 'application accepted',
        recipient: user.email,
        personalisation: {
          full_name: user.full_name,
          provider_name: 'Ambition Institute',
          course_name: 'Headship (NPQH)',
          ecf_id: application.public_id,
        },
      },
    ])
    const versions = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).orderBy('id').execute()
    expect(versions).toEqual(
      ['Application', 'User'].map((item_type) => ({ item_type, event: 'update', whodunnit: `Lead provider ${application.lead_provider_id}` })),
    )
  })

  test('writes no place where places are not limited, whatever was sent', async () => {
    const application = await make.application(db)
    expect(await tryAccept(application, { fundedPlace: true })).toEqual([])
    expect((await reread(application)).funded_place).toBeNull()
  })

  test('takes the schedule that was named', async () => {
    const application = await make.application(db)
    const spring = await make.scheduleNamed(db, '2023a', 'npq-leadership-spring')
    expect(await tryAccept(application, { scheduleIdentifier: 'npq-leadership-spring' })).toEqual([])
    expect((await reread(application)).schedule_id).toBe(spring.id)
  })

  test.each([
    ['unknown', 'nonsense'],
    ['of another cohort only', 'npq-aso-march'],
    ['of another group', 'npq-ehco-november'],
  ])('refuses a schedule that is %s with one error', async (_, scheduleIdentifier) => {
    expect(await titlesOf(await make.application(db), { scheduleIdentifier })).toEqual(['schedule_identifier'])
  })

  test('tells the operators where no schedule can be determined, once', async () => {
    const { id } = await make.cohort(db, { start_year: 2029 })
    const application = await make.application(db, { cohort_id: id, cohort: '2029a' })
    for (let time = 0; time < 2; time++) expect(await titlesOf(application)).toEqual(['schedule'])
    expect(await otherJobs(db)).toEqual([
      { kind: 'alert operators', payload: { message: 'No default schedule could be determined', applicationId: application.public_id } },
    ])
    expect(await statusOf(application)).toEqual(['pending', null])
  })

  test('rejects the person’s other applications for the course in the cohort, at any provider, and no others', async () => {
    const user = await make.user(db)
    const twin = await make.user(db, { trn: user.trn })
    const application = await make.application(db, { user })
    const elsewhere = await make.application(db, { user, provider: 'Teach First' })
    const before = await make.application(db, { user, lead_provider_approval_status: 'rejected', reason_for_rejection: 'rejected_by_provider' })
    const withdrawn = await make.acceptedApplication(db, { user, provider: 'LLSE', training_status: 'withdrawn' })
    const declared = await make.declaration(db, { application: withdrawn, state: 'paid' })
    const otherCourse = await make.application(db, { user, course: 'npq-senior-leadership' })
    const otherCohort = await make.application(db, { user, cohort: '2022a' })
    const otherRecord = await make.application(db, { user: twin })

    expect(await tryAccept(application)).toEqual([])
    const sibling = ['rejected', 'other_application_in_this_cohort_accepted']
    expect(await Promise.all([elsewhere, before, withdrawn, otherCourse, otherCohort, otherRecord].map(statusOf))).toEqual([
      sibling,
      ['rejected', 'rejected_by_provider'],
      sibling,
      ['pending', null],
      ['pending', null],
      ['pending', null],
    ])
    expect((await reread(before)).updated_at).toEqual(before.updated_at)
    expect(await db.selectFrom('declarations').select('state').where('id', '=', declared.id).execute()).toEqual([{ state: 'paid' }])
    expect(await letters(db)).toMatchObject([{ template: 'application accepted' }])
  })

  test.each([
    ['at another provider', {}, ['application']],
    ['deferred', { training_status: 'deferred' }, ['application']],
    ['without a training status', { training_status: null }, ['application']],
    ['withdrawn', { training_status: 'withdrawn' }, []],
    ['in another cohort', { cohort: '2022a' }, []],
    ['for another course', { course: 'npq-senior-leadership' }, []],
    ['that a merge moved in', { merged: true }, []],
  ] as const)('meets another accepted application %s', async (_, { merged, ...facts }: make.ApplicationFacts & { merged?: boolean }, expected) => {
    const user = await make.user(db)
    const from = merged ? await make.user(db) : undefined
    await make.acceptedApplication(db, { user, provider: 'Teach First', merged_from_user_id: from?.id ?? null, ...facts })
    expect(await titlesOf(await make.application(db, { user }))).toEqual(expected)
  })

  test('meets an accepted application of another record with the same TRN only where its own TRN is verified', async () => {
    const holder = await make.user(db, { trn: '7654321', trn_verified: false })
    await make.acceptedApplication(db, { user: holder })
    const verified = await make.application(db, { user: await make.user(db, { trn: '7654321' }) })
    const unverified = await make.application(db, { user: await make.user(db, { trn: '7654321', trn_verified: false }) })
    expect(await titlesOf(verified)).toEqual(['application'])
    expect(await titlesOf(unverified)).toEqual([])
  })

  test('counts the additional support and the coaching offer as one course within a cohort', async () => {
    const user = await make.user(db)
    await make.acceptedApplication(db, { user, cohort: '2021a', course: 'npq-additional-support-offer', schedule: 'npq-aso-december' })
    const ehco = { user, course: 'npq-early-headship-coaching-offer' } as const
    expect(await titlesOf(await make.application(db, { ...ehco, cohort: '2021a' }))).toEqual(['application'])
    expect(await titlesOf(await make.application(db, { ...ehco, cohort: '2022a' }))).toEqual([])
  })

  test('looks at the stored eligibility alone: a person who was funded before can have a funded place', async () => {
    const user = await make.user(db)
    await make.acceptedApplication(db, { user, cohort: '2022a' })
    expect(await titlesOf(await make.application(db, { user, cohort: '2026b' }), { fundedPlace: true })).toEqual([])
  })

  test('saves nothing where the stored place breaks an invariant', async () => {
    const user = await make.user(db)
    const application = await make.application(db, { user, funded_place: false })
    const sibling = await make.application(db, { user, provider: 'Teach First' })
    expect(await titlesOf(application)).toEqual(['funded_place'])
    expect(await statusOf(application)).toEqual(['pending', null])
    expect(await statusOf(sibling)).toEqual(['pending', null])
    expect(await letters(db)).toEqual([])
  })

  test('writes no letter to a person without an address', async () => {
    const user = await make.user(db, { email: null, archived_email: 'archived-x@school.example', archived_at: now })
    expect(await tryAccept(await make.application(db, { user }))).toEqual([])
    expect(await letters(db)).toEqual([])
  })

  test.each([
    ['a person of the newer sign-in without a TRN', { trn: null, trn_verified: false, provider: 'teacher_auth' }, 1],
    ['a person of the newer sign-in with a TRN', { provider: 'teacher_auth' }, 0],
    ['a person of the older sign-in', { trn: null, trn_verified: false, provider: 'tra_openid_connect' }, 0],
  ] as const)('asks for a TRN for %s', async (_, values, jobs) => {
    expect(await tryAccept(await make.application(db, { user: await make.user(db, values) }))).toEqual([])
    expect(await otherJobs(db)).toHaveLength(jobs)
  })

  test.runIf(onPostgres)('at two providers at once ends as one acceptance and one refusal, 200 times', { timeout: 120_000 }, async () => {
    for (let time = 0; time < 200; time++) {
      const user = await make.user(db)
      const applications = [await make.application(db, { user }), await make.application(db, { user, provider: 'Teach First' })]
      const verdicts = await Promise.all(applications.map((application) => titlesOf(application)))
      expect(verdicts.filter((titles) => titles.length === 0)).toHaveLength(1)
      const accepted = await db
        .selectFrom('applications')
        .select('id')
        .where('user_id', '=', user.id)
        .where('lead_provider_approval_status', '=', 'accepted')
        .execute()
      expect(accepted).toHaveLength(1)
    }
  })

  test.runIf(onPostgres)('for two records with one verified TRN at once ends as one acceptance', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 50; time++) {
      const one = await make.user(db)
      const other = await make.user(db, { trn: one.trn })
      const applications = [await make.application(db, { user: one }), await make.application(db, { user: other, provider: 'Teach First' })]
      const verdicts = await Promise.all(applications.map((application) => titlesOf(application)))
      expect(verdicts.filter((titles) => titles.length === 0)).toHaveLength(1)
    }
  })
})
