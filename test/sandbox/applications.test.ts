import { beforeAll, describe, expect, test } from 'vitest'
import { brokenInvariants } from '../../src/domain/applications/invariants.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { now } from '../support/app.ts'
import { clean, database } from '../support/database.ts'
import { impossible } from '../support/declarations.ts'

let seeded: Awaited<ReturnType<typeof gather>>
beforeAll(async () => {
  seeded = await gather()
})

describe('the applications of a sandbox', () => {
  test('hold every invariant of the record, and no declaration or item stands where none can', () => {
    const { applications, cohorts, schedules, courses } = seeded
    const broken = applications.flatMap((application) =>
      brokenInvariants({
        application,
        cohort: found(cohorts, application.cohort_id),
        schedule: application.schedule_id === null ? null : found(schedules, application.schedule_id),
        course: found(courses, application.course_id),
      }),
    )
    expect(applications.length).toBeGreaterThan(600)
    expect(broken).toEqual([])
    expect(seeded.impossible).toEqual([])
  })

  test('are a spread of statuses, cohorts, courses and funding for each provider', () => {
    const { applications, cohorts, providers } = seeded
    const own = Map.groupBy(applications, ({ lead_provider_id }) => lead_provider_id)
    expect(own.size).toBe(8)
    for (const { id, name } of providers) {
      const rows = own.get(id) ?? []
      const distinct = <T>(value: (row: (typeof rows)[number]) => T) => new Set(rows.map(value))
      const retired = name === 'School-Led Network'
      expect(distinct((row) => row.lead_provider_approval_status)).toEqual(new Set(['pending', 'accepted', 'rejected']))
      expect(distinct((row) => row.training_status)).toEqual(new Set([null, 'active', 'deferred', 'withdrawn']))
      expect(distinct((row) => row.reason_for_rejection).size).toBe(4)
      expect(distinct((row) => row.eligible_for_funding).size).toBe(2)
      expect(distinct((row) => row.funded_place)).toEqual(new Set(retired ? [null] : [null, true, false]))
      expect(distinct((row) => found(cohorts, row.cohort_id).funding)).toEqual(new Set(retired ? ['full'] : ['full', 'capped', 'zero']))
      expect(distinct((row) => row.course_id).size).toBeGreaterThan(5)
      const offered = seeded.offerings.filter(({ lead_provider_id }) => lead_provider_id === id).map(({ course_id }) => course_id)
      expect(distinct((row) => row.course_id).isSupersetOf(new Set(offered))).toBe(true)
      expect(rows.filter(({ review_status }) => review_status === 'needs_review')).toHaveLength(7)
      expect(rows.some((row) => row.private_childcare_provider_id)).toBe(true)
      expect(rows.some((row) => row.lead_mentor)).toBe(true)
      expect(rows.length).toBeGreaterThan(50)
      if (retired) expect(rows.every(({ cohort_id }) => found(cohorts, cohort_id).start_year < 2024)).toBe(true)
    }
  })

  test('look, where accepted, as if they had been accepted through the API', () => {
    const { applications, states, people } = seeded
    const histories = Map.groupBy(states, ({ application_id }) => application_id)
    for (const { id, user_id, accepted_at, schedule_id, training_status, created_at, updated_at, lead_provider_approval_status } of applications) {
      const history = histories.get(id) ?? []
      expect(history.at(-1)?.state ?? null).toBe(training_status)
      if (lead_provider_approval_status !== 'accepted') continue
      const at = accepted_at ?? now
      expect(history[0]).toMatchObject({ state: 'active', reason: null, created_at: at })
      expect(schedule_id).not.toBeNull()
      const order = [created_at, at, ...history.slice(1).map((state) => state.created_at), updated_at, now]
      expect(order.toSorted(Temporal.Instant.compare)).toEqual(order)
      expect(Temporal.Instant.compare(found(people, user_id).significantly_updated_at, at)).toBeGreaterThanOrEqual(0)
    }
  })

  test('belong to invented people, whose addresses receive no mail', () => {
    const { people, idChanges, queued } = seeded
    for (const { email, archived_email } of people) expect(email ?? archived_email).toMatch(/^[a-z.-]+(\.\d+)?@[a-z]+\.example$/)
    expect(people.some(({ email, archived_at }) => email === null && archived_at !== null)).toBe(true)
    expect(people.some(({ trn, trn_verified }) => trn !== null && !trn_verified)).toBe(true)
    expect(people.some(({ trn }) => trn === null)).toBe(true)
    expect(people.some(({ previous_names }) => previous_names.length === 2)).toBe(true)
    expect(idChanges).not.toEqual([])
    expect(queued).toEqual([])
  })

  test('include six shared people of four providers, whose TRNs and some of whose ids never change', () => {
    const shared = seeded.people.filter(({ trn }) => trn !== null && trn >= '9999000')
    const blocks = [9999024, 9999036, 9999042, 9999054].flatMap((first) => Array.from({ length: 6 }, (_, index) => String(first + index)))
    expect(shared.map(({ trn }) => trn).sort()).toEqual(blocks)
    expect(shared.find(({ trn }) => trn === '9999024')?.public_id).toBe('4f6c2b1e-8d37-4a52-9c0e-51b7a3e60d11')
  })
})

async function gather() {
  await clean()
  const db = await database()
  await seed(db, now)
  return {
    impossible: await impossible(db),
    offerings: await db.selectFrom('offerings').select(['lead_provider_id', 'course_id']).execute(),
    applications: await db.selectFrom('applications').selectAll().orderBy('id').execute(),
    cohorts: await db.selectFrom('cohorts').selectAll().execute(),
    schedules: await db.selectFrom('schedules').selectAll().execute(),
    courses: await db.selectFrom('courses').selectAll().execute(),
    providers: await db.selectFrom('lead_providers').selectAll().execute(),
    people: await db.selectFrom('users').selectAll().execute(),
    idChanges: await db.selectFrom('participant_id_changes').selectAll().execute(),
    states: await db.selectFrom('application_states').selectAll().orderBy('created_at').orderBy('id').execute(),
    queued: await db.selectFrom('jobs').select('id').execute(),
  }
}

function found<T extends { id: number }>(rows: T[], id: number | null): T {
  const row = rows.find((each) => each.id === id)
  if (!row) throw new Error(`There is no row ${id}.`)
  return row
}
