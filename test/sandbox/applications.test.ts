import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { brokenInvariants } from '../../src/domain/applications/invariants.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { now } from '../support/app.ts'
import { database } from '../support/database.ts'

let db: Database
beforeEach(async () => {
  db = await database()
  await seed(db, now)
})

describe('the applications of a sandbox', () => {
  test('hold every invariant of the record', async () => {
    const [applications, cohorts, schedules, courses] = [
      await db.selectFrom('applications').selectAll().execute(),
      await byId('cohorts'),
      await byId('schedules'),
      await byId('courses'),
    ]
    const broken = applications.flatMap((application) => {
      const course = courses.get(application.course_id)
      return brokenInvariants({
        application,
        cohort: cohorts.get(application.cohort_id ?? 0) ?? null,
        schedule: schedules.get(application.schedule_id ?? 0) ?? null,
        course: { course_group_id: course?.course_group_id ?? 0 },
      })
    })
    expect(applications.length).toBeGreaterThan(600)
    expect(broken).toEqual([])
  })

  test('are a spread of statuses, cohorts, courses and funding for each provider', async () => {
    const rows = await db
      .selectFrom('applications')
      .innerJoin('lead_providers', 'lead_providers.id', 'lead_provider_id')
      .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
      .selectAll('applications')
      .select(['lead_providers.name', 'cohorts.funding', 'cohorts.start_year'])
      .execute()
    const providers = Map.groupBy(rows, ({ name }) => name)
    expect(providers.size).toBe(8)
    for (const [name, own] of providers) {
      const distinct = <T>(value: (row: (typeof own)[number]) => T) => new Set(own.map(value))
      const retired = name === 'School-Led Network'
      expect(distinct((row) => row.lead_provider_approval_status)).toEqual(new Set(['pending', 'accepted', 'rejected']))
      expect(distinct((row) => row.training_status)).toEqual(new Set([null, 'active', 'deferred', 'withdrawn']))
      expect(distinct((row) => row.reason_for_rejection).size).toBe(4)
      expect(distinct((row) => row.eligible_for_funding).size).toBe(2)
      expect(distinct((row) => row.funded_place)).toEqual(new Set(retired ? [null] : [null, true, false]))
      expect(distinct((row) => row.funding)).toEqual(new Set(retired ? ['full'] : ['full', 'capped', 'zero']))
      expect(distinct((row) => row.course_id).size).toBeGreaterThan(5)
      expect(distinct((row) => row.review_status)).toContain('needs_review')
      expect(own.some((row) => row.private_childcare_provider_id) && own.some((row) => row.lead_mentor)).toBe(true)
      expect(own.length).toBeGreaterThan(50)
      if (retired) expect(own.every(({ start_year }) => start_year < 2024)).toBe(true)
    }
  })

  test('look, where accepted, as if they had been accepted through the API', async () => {
    const rows = await db
      .selectFrom('applications')
      .innerJoin('users', 'users.id', 'user_id')
      .select(['applications.id', 'accepted_at', 'schedule_id', 'training_status', 'applications.created_at', 'applications.updated_at'])
      .select('users.significantly_updated_at')
      .where('lead_provider_approval_status', '=', 'accepted')
      .execute()
    const states = Map.groupBy(
      await db.selectFrom('application_states').selectAll().orderBy('created_at').orderBy('id').execute(),
      (state) => state.application_id,
    )
    for (const { id, accepted_at, schedule_id, training_status, created_at, updated_at, significantly_updated_at } of rows) {
      const history = states.get(id) ?? []
      expect(history[0]).toMatchObject({ state: 'active', reason: null, created_at: accepted_at })
      expect(history.at(-1)?.state).toBe(training_status)
      expect(schedule_id).not.toBeNull()
      const order = [created_at, accepted_at ?? now, history.at(-1)?.created_at ?? now, now]
      expect(order.toSorted(Temporal.Instant.compare)).toEqual(order)
      expect(Temporal.Instant.compare(updated_at, accepted_at ?? now)).toBeGreaterThanOrEqual(0)
      expect(Temporal.Instant.compare(significantly_updated_at, accepted_at ?? now)).toBeGreaterThanOrEqual(0)
    }
  })

  test('belong to invented people, whose addresses receive no mail', async () => {
    const people = await db.selectFrom('users').selectAll().execute()
    for (const { email, archived_email } of people) expect(email ?? archived_email).toMatch(/^[a-z.-]+(\.\d+)?@[a-z]+\.example$/)
    expect(people.some(({ email, archived_at }) => email === null && archived_at !== null)).toBe(true)
    expect(people.some(({ trn, trn_verified }) => trn !== null && !trn_verified)).toBe(true)
    expect(people.some(({ trn }) => trn === null)).toBe(true)
    expect(people.some(({ previous_names }) => previous_names.length === 2)).toBe(true)
    expect(await db.selectFrom('participant_id_changes').selectAll().execute()).not.toEqual([])
    for (const table of ['mails', 'jobs', 'versions'] as const) expect(await db.selectFrom(table).selectAll().execute()).toEqual([])
  })

  test('include six shared people of four providers, whose TRNs and some of whose ids never change', async () => {
    const people = await db.selectFrom('users').select(['trn', 'public_id']).where('trn', '>=', '9999000').orderBy('trn').execute()
    const blocks = [9999024, 9999036, 9999042, 9999054].flatMap((first) => Array.from({ length: 6 }, (_, index) => String(first + index)))
    expect(people.map(({ trn }) => trn)).toEqual(blocks)
    expect(people.find(({ trn }) => trn === '9999024')?.public_id).toBe('4f6c2b1e-8d37-4a52-9c0e-51b7a3e60d11')
  })
})

async function byId<T extends 'cohorts' | 'schedules' | 'courses'>(table: T) {
  const rows = await db
    .selectFrom(table as 'cohorts' | 'schedules' | 'courses')
    .selectAll()
    .execute()
  return new Map(rows.map((row) => [row.id, row as { id: number; course_group_id: number; cohort_id: number; funding: 'zero' | 'capped' | 'full' }]))
}
