import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { type CreateCohort, type CreateCohortFacts, createCohort, createCohortRules } from '../../../src/domain/cohorts/create-cohort.ts'
import { judge } from '../../../src/domain/rules.ts'
import { now } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'

const header =
  'course_group,identifier,name,applies_from,applies_to,allowed_declaration_types,policy_descriptor,acceptance_window_start,acceptance_window_end'
const autumn = 'leadership,npq-leadership-autumn,NPQ Leadership Autumn,2027-10-01,2027-12-31,started retained-1 completed,11,2027-01-01,2027-12-01'
const schedules = (...lines: string[]) => Buffer.from([header, ...lines].join('\n'))
const command: CreateCohort = {
  now,
  author: 'Admin ann@example.org (cohort create)',
  startYear: 2027,
  suffix: 'a',
  description: 'Spring 2027',
  funding: 'capped',
  registrationStarts: Temporal.PlainDate.from('2027-04-03'),
}

describe('a cohort is refused', () => {
  const facts: CreateCohortFacts = { ...command, taken: false, descriptionTaken: false }
  test.each<[string, Partial<CreateCohortFacts>, string[]]>([
    ['for nothing', {}, []],
    ['before 2021', { startYear: 2020, registrationStarts: Temporal.PlainDate.from('2020-04-03') }, ['start_year']],
    ['after 2029', { startYear: 2030, registrationStarts: Temporal.PlainDate.from('2030-04-03') }, ['start_year']],
    ['with a capital for a suffix', { suffix: 'A' }, ['suffix']],
    ['with two letters', { suffix: 'ab' }, ['suffix']],
    ['where it is there already', { taken: true }, ['suffix']],
    ['with too short a description', { description: '2027' }, ['description']],
    ['with too long a description', { description: 'x'.repeat(51) }, ['description']],
    ['with the description of another', { descriptionTaken: true }, ['description']],
    ['whose registration starts in another year', { registrationStarts: Temporal.PlainDate.from('2026-12-31') }, ['registration_start_date']],
  ])('%s', (_, changed, titles) => {
    expect(judge(createCohortRules, { ...facts, ...changed }).map(({ title }) => title)).toEqual(titles)
  })
})

describe('making a cohort', () => {
  let db: Database
  beforeEach(async () => {
    db = await database()
  })

  test('makes its schedules, and gives it the partnerships of the cohort before it, with their history', async () => {
    const partner = await make.deliveryPartner(db, { cohorts: ['2026b'], provider: 'Teach First' })
    await make.deliveryPartner(db, { cohorts: ['2026a'] })
    const made = await createCohort(db, { ...command, schedules: schedules(autumn) })
    expect(made).toMatchObject({ refusals: [], partnerships: 1, schedules: [{ identifier: 'npq-leadership-autumn' }] })
    const cohort = await make.cohortNamed(db, '2027a')
    expect(cohort).toMatchObject({ description: 'Spring 2027', funding: 'capped' })
    expect(String(cohort.registration_start_date)).toBe('2027-04-03T00:00:00Z')
    expect(await make.scheduleNamed(db, '2027a', 'npq-leadership-autumn')).toMatchObject({
      name: 'NPQ Leadership Autumn',
      allowed_declaration_types: ['started', 'retained-1', 'completed'],
      policy_descriptor: 11,
    })
    const partnerships = await db.selectFrom('delivery_partnerships').select('delivery_partner_id').where('cohort_id', '=', cohort.id).execute()
    expect(partnerships).toEqual([{ delivery_partner_id: partner.id }])
    const versions = await db.selectFrom('versions').select(['item_type', 'event', 'whodunnit']).orderBy('id').execute()
    expect(versions).toEqual(
      ['Cohort', 'Schedule', 'DeliveryPartnership'].map((item_type) => ({ item_type, event: 'create', whodunnit: command.author })),
    )
  })

  test('is refused in words where it is there, or is described as another, and writes nothing', async () => {
    const before = await db.selectFrom('cohorts').selectAll().orderBy('id').execute()
    const { refusals } = await createCohort(db, {
      ...command,
      startYear: 2026,
      registrationStarts: Temporal.PlainDate.from('2026-04-03'),
      description: ' autumn 2026',
    })
    expect(refusals.map(({ detail }) => detail)).toEqual([
      'There is a cohort 2026a already.',
      'Another cohort is described as autumn 2026: describe this one in other words.',
    ])
    expect(await db.selectFrom('cohorts').selectAll().orderBy('id').execute()).toEqual(before)
  })

  test.each<[string, Buffer, string]>([
    ['without rows', schedules(), 'The file has no rows below its header.'],
    ['with an unknown group', schedules(autumn.replace('leadership,', 'nursery,')), 'course_group is not recognised on line 2.'],
    ['with an unknown type', schedules(autumn.replace('started', 'begun')), 'allowed_declaration_types must name some of'],
    ['that ends before it begins', schedules(autumn.replace('2027-12-31', '2027-09-30')), 'applies_to must not be before applies_from on line 2.'],
    ['twice', schedules(autumn, autumn.replace('Autumn', 'Again')), 'Line 2 is a duplicate schedule with other values.'],
    ['in Latin-1', Buffer.from(`${header}\n${autumn.replace('NPQ', 'é')}`, 'latin1'), 'The file must be CSV, in UTF-8.'],
  ])('is refused with schedules %s', async (_, file, detail) => {
    const { refusals } = await createCohort(db, { ...command, schedules: file })
    expect(refusals).toContainEqual(expect.objectContaining({ title: 'schedules_csv', detail: expect.stringContaining(detail) }))
    expect(await db.selectFrom('cohorts').select('id').where('start_year', '=', 2027).execute()).toEqual([])
  })

  test.runIf(onPostgres)('of one name at once makes one, and refuses the others in words', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => createCohort(db, command)))
    expect(made.map(({ refusals }) => refusals.length > 0).sort()).toEqual([false, true, true, true, true])
  })
})
