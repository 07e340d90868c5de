import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importDataset } from '../../src/cli/import/load.ts'
import type { Database } from '../../src/db/connect.ts'
import { FaultyDataset } from '../../src/domain/dataset/faults.ts'
import { Random } from '../../src/sandbox/random.ts'
import { now, tokenKey } from '../support/app.ts'
import { database, onPostgres } from '../support/database.ts'
import * as make from '../support/make.ts'
import { untilWaiting } from '../support/waiting.ts'

let db: Database
let folder: string
beforeEach(async () => {
  db = await database()
  folder = await mkdtemp(join(tmpdir(), 'npq-import-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function load(dataset: object) {
  const file = join(folder, 'dataset.json')
  await writeFile(file, JSON.stringify(dataset))
  return importDataset(db, file, { environment: 'test', tokenKey, author: 'Admin test', write: true })
}
async function faultsOf(dataset: object): Promise<string[]> {
  try {
    await load(dataset)
    return []
  } catch (error) {
    if (error instanceof FaultyDataset) return error.faults.map(({ place, problem }) => `${place} ${problem}`)
    throw error
  }
}

const id = (kind: number, number = 0) => `${kind}0000000-0000-4111-8111-${String(number).padStart(12, '0')}`
const provider = { lead_provider: 'Teach First', cohort: '2024a' }
const user = { id: id(1), full_name: 'A', email: 'a@school.example' }
const application = { ...provider, id: id(2), participant_id: user.id, course_identifier: 'npq-headship' }
const declaration = {
  ...provider,
  id: id(3),
  application_id: application.id,
  declaration_type: 'completed',
  declaration_date: '2024-10-14T09:00:00Z',
  state: 'submitted',
}
const change = { participant_id: user.id, from_participant_id: id(9), to_participant_id: user.id }

/** Moments of few different days, so that many are equal, in no order. */
const random = new Random(7)
const moments = Array.from({ length: 60 }, () => `2024-11-${String(random.whole(10, 14))}T09:00:00Z`)
/** The places of the moments in the order of time, equal ones in their own order. */
const inTime = moments.map((_, place) => place).sort((one, other) => (moments[one] ?? '').localeCompare(moments[other] ?? '') || one - other)

describe('rows take their ids in the order of time, and in that of the file where the time is the same:', () => {
  test('training states', async () => {
    const states = moments.map((created_at, place) => ({ state: 'deferred', reason: String(place), created_at }))
    await load({ users: [user], applications: [{ ...application, states }] })
    const rows = await db.selectFrom('application_states').select('reason').orderBy('id').execute()
    expect(rows.map(({ reason }) => Number(reason))).toEqual(inTime)
  })

  test('outcomes', async () => {
    const outcomes = moments.map((created_at, place) => ({ id: id(4, place), state: 'failed', completion_date: '2024-11-10', created_at }))
    await load({ users: [user], applications: [application], declarations: [{ ...declaration, outcomes }] })
    const rows = await db.selectFrom('outcomes').select('public_id').orderBy('id').execute()
    expect(rows.map(({ public_id }) => public_id)).toEqual(inTime.map((place) => id(4, place)))
  })

  test('changes of id, applications, declarations, people, statements and delivery partners', async () => {
    const users = moments.map((created_at, place) => ({ id: id(1, place), full_name: 'A', email: `a${place}@school.example`, created_at }))
    const applications = moments.map((created_at, place) => ({ ...application, id: id(2, place), participant_id: id(1, place), created_at }))
    const declarations = moments.map((created_at, place) => ({ ...declaration, id: id(3, place), application_id: id(2, place), created_at }))
    const changes = moments.map((created_at, place) => ({ ...change, participant_id: id(1, 0), from_participant_id: id(9, place), created_at }))
    const partners = moments.map((created_at, place) => ({ id: id(5, place), name: `Partner ${place}`, created_at }))
    const statements = moments.map((created_at, place) => ({
      ...provider,
      id: id(6, place),
      year: 2024 + Math.floor(place / 12),
      month: (place % 12) + 1,
      created_at,
    }))
    await load({ users, applications, declarations, participant_id_changes: changes, delivery_partners: partners, statements })
    for (const [table, kind] of [
      ['users', 1],
      ['applications', 2],
      ['declarations', 3],
      ['delivery_partners', 5],
      ['statements', 6],
    ] as const) {
      const rows = await db.selectFrom(table).select('public_id').orderBy('id').execute()
      expect(
        rows.map(({ public_id }) => public_id),
        table,
      ).toEqual(inTime.map((place) => id(kind, place)))
    }
    const rows = await db.selectFrom('participant_id_changes').select('from_participant_id').orderBy('id').execute()
    expect(rows.map(({ from_participant_id }) => from_participant_id)).toEqual(inTime.map((place) => id(9, place)))
  })

  test('what has no time of its own, in the order of the file', async () => {
    const schools = moments.map((_, place) => ({ urn: `1${place}`, name: `School ${60 - place}` }))
    const adjustments = moments.map((_, place) => ({ description: String(place), amount: String(60 - place) }))
    await load({ schools, statements: [{ ...provider, id: id(6), year: 2024, month: 12, adjustments }] })
    expect((await db.selectFrom('schools').select('urn').orderBy('id').execute()).map(({ urn }) => urn)).toEqual(schools.map(({ urn }) => urn))
    const kept = await db.selectFrom('adjustments').select('description').orderBy('id').execute()
    expect(kept.map(({ description }) => Number(description))).toEqual(moments.map((_, place) => place))
  })
})

describe('a change of id that a dataset adds to a person who has some', () => {
  test('is refused where it is older than one of them, and taken where it is newer', async () => {
    await load({ users: [user] })
    const held = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow()
    await make.idChange(db, { user: held, created_at: now })
    const older = { ...change, created_at: now.subtract({ hours: 1 }).toString() }
    expect(await faultsOf({ participant_id_changes: [older] })).toEqual([
      '/participant_id_changes/0/created_at is before a change of the person that is there already: only what came later can be added',
    ])
    expect(await faultsOf({ participant_id_changes: [{ ...older, created_at: now.toString() }] })).toEqual([])
  })

  test.runIf(onPostgres)('is judged once nobody else merges the person', async () => {
    await load({ users: [user] })
    const merging = await db.startTransaction().execute()
    const held = await merging.selectFrom('users').selectAll().forUpdate().executeTakeFirstOrThrow()
    await make.idChange(merging, { user: held, created_at: now })
    const faults = faultsOf({ participant_id_changes: [{ ...change, created_at: now.subtract({ hours: 1 }).toString() }] })
    await untilWaiting(db)
    await merging.commit().execute()
    expect(await faults).toHaveLength(1)
  })
})

test.runIf(onPostgres)('what somebody else writes in the same moment is told with its place and in the same words', async () => {
  const writing = await db.startTransaction().execute()
  await writing.insertInto('users').values({ full_name: 'B', email: user.email }).execute()
  const faults = faultsOf({ users: [{ ...user, id: id(7), email: 'other@school.example' }, user] })
  await untilWaiting(db)
  await writing.commit().execute()
  expect(await faults).toEqual(['/users/1/email is the address of another person'])
})

test('an outcome keeps when it last changed', async () => {
  const outcome = { state: 'passed', completion_date: '2024-11-10', created_at: '2024-11-11T09:00:00Z' }
  const outcomes = [
    { ...outcome, id: id(4, 1), updated_at: '2025-02-03T10:00:00Z' },
    { ...outcome, id: id(4, 2) },
  ]
  await load({ users: [user], applications: [application], declarations: [{ ...declaration, outcomes }] })
  const rows = await db.selectFrom('outcomes').select(['created_at', 'updated_at']).orderBy('id').execute()
  expect(rows.map((row) => [String(row.created_at), String(row.updated_at)])).toEqual([
    ['2024-11-11T09:00:00Z', '2025-02-03T10:00:00Z'],
    ['2024-11-11T09:00:00Z', '2024-11-11T09:00:00Z'],
  ])
})

describe('what the reference facts say otherwise', () => {
  const cohort = {
    start_year: 2024,
    suffix: 'a',
    description: '2024 to 2025',
    funding: 'capped',
    registration_start_date: '2024-04-03T00:00:00Z',
  }
  const schedule = {
    cohort: '2024a',
    course_group: 'leadership',
    identifier: 'npq-leadership-autumn',
    name: 'NPQ Leadership Autumn',
    applies_from: '2024-10-01',
    applies_to: '2024-12-31',
  }
  test.each<[string, object, string[]]>([
    ['nothing of a cohort', { cohorts: [cohort] }, []],
    ['nothing of a schedule', { schedules: [schedule] }, []],
    [
      'the types of a schedule, in whatever order',
      { schedules: [{ ...schedule, allowed_declaration_types: ['completed', 'retained-2', 'retained-1', 'started'] }] },
      [],
    ],
    [
      'the funding and description of a cohort',
      { cohorts: [{ ...cohort, funding: 'full', description: '2024 or so' }] },
      ['/cohorts/0/description differs from what is there already: 2024 to 2025.', '/cohorts/0/funding differs from what is there already: capped.'],
    ],
    [
      'when registration starts',
      { cohorts: [{ ...cohort, registration_start_date: '2024-04-04T00:00:00Z' }] },
      ['/cohorts/0/registration_start_date differs from what is there already: 2024-04-03'],
    ],
    [
      'dates, group and types of a schedule',
      { schedules: [{ ...schedule, course_group: 'specialist', applies_from: '2024-09-01', allowed_declaration_types: ['started'] }] },
      [
        '/schedules/0/course_group differs from what is there already: leadership.',
        '/schedules/0/applies_from differs from what is there already: 2024-10-01.',
        '/schedules/0/allowed_declaration_types differs from what is there already: started, retained-1, retained-2, completed.',
      ],
    ],
    [
      'the name of a lead provider',
      { lead_providers: [{ id: 'a02ae582-f939-462f-90bc-cebf20fa8473', name: 'Teach Second' }] },
      ['/lead_providers/0/name differs from what is there already: Teach First.'],
    ],
  ])('is told, each with its place: %s', async (_, dataset, expected) => {
    expect(await faultsOf(dataset)).toEqual(expected.map((fault) => expect.stringContaining(fault)))
  })
})
