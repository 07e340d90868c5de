import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { importInParts } from '../../src/cli/import/in-parts.ts'
import { connect, type Database } from '../../src/db/connect.ts'
import { Random } from '../../src/sandbox/random.ts'
import { tokenKey } from '../support/app.ts'
import { npq, preparedDirectory, serve, startNpq } from '../support/command.ts'
import { database } from '../support/database.ts'

const id = (kind: number, number: number) => `${kind}0000000-0000-4111-8111-${String(number).padStart(12, '0')}`
const address = (number: number) => `person.${number}@school.example`
const provider = { lead_provider: 'Teach First', cohort: '2024a' }

/** So many people with an application each, as records; their times are in no order. */
function people(howMany: number, first = 0): Record<string, unknown>[] {
  const random = new Random(first + 1)
  return Array.from({ length: howMany }, (_, index) => first + index).flatMap((number) => {
    const created_at = Temporal.Instant.from('2024-01-01T00:00:00Z')
      .add({ seconds: random.whole(0, 20_000_000) })
      .toString()
    const user = { kind: 'user', id: id(1, number), full_name: `Person ${number}`, email: address(number), created_at }
    const application = { ...provider, kind: 'application', id: id(2, number), participant_id: user.id, course_identifier: 'npq-senco', created_at }
    return [user, { ...application, teacher_catchment: 'england', employer_name: 'A school of a name that is neither long nor short' }]
  })
}

async function write(file: string, records: object[]): Promise<string> {
  await writeFile(file, records.map((record) => JSON.stringify(record)).join('\n'))
  return file
}

test('an import beside a server on the embedded database lets its clients in between', { timeout: 120_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const variables = { DATA_DIR, ENVIRONMENT: 'test' }
  const { url } = await serve({ ...variables, RATE_LIMIT_TOKEN: '1000000', RATE_LIMIT_EVERYTHING: '1000000' })
  const issued = await npq(['token', 'issue', '--provider', 'Teach First', '--label', 'test'], variables)
  const headers = { authorization: `Bearer ${issued.stdout.trim()}` }
  const { db, close } = await connect({ databaseUrl: undefined, dataDirectory: DATA_DIR, poolSize: 1 })
  onTestFinished(close)
  const rows = async (table: 'users' | 'applications') =>
    (await db.selectFrom(table).select(db.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow()).rows
  const imports = async () => {
    const all = await db.selectFrom('imports').select(['type', 'added']).orderBy('id').execute()
    return all.map(({ type, added }) => [type, added])
  }
  const file = (name: string, records: object[]) => write(join(DATA_DIR, `${name}.ndjson`), records)

  const thousands = await file('thousands', people(12_000))
  const faulty = await file(
    'faulty',
    [
      ...people(3000),
      { ...provider, kind: 'declaration', id: id(3, 0), application_id: id(9, 9), declaration_type: 'started' },
      { ...provider, kind: 'declaration', id: id(3, 1), application_id: id(9, 9), declaration_type: 'started' },
    ].map((record) => (record.kind === 'declaration' ? { ...record, declaration_date: '2024-10-14T09:00:00Z', state: 'submitted' } : record)),
  )

  const refused = await npq(['import', faulty, '--write'], variables)
  expect(refused).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Nothing was imported: 2 faults in the dataset.\n  line 6001 /application_id refers to a record'),
  })
  const rehearsed = await npq(['import', thousands], variables)
  expect(rehearsed).toMatchObject({ status: 0, stdout: expect.stringContaining('application: 12000 added, 0 there already') })
  expect([await rows('users'), await rows('applications'), await imports()]).toEqual([0, 0, []])

  let running = true
  let answers = 0
  const asking = (async () => {
    while (running) {
      const answer = await fetch(`${url}/api/v3/npq-applications?page[per_page]=1`, { headers })
      expect(answer.status).toBe(200)
      await answer.arrayBuffer()
      answers++
    }
  })()
  // how many answers there had been when a part was loaded
  const atPart: number[] = []
  const parts = (line: string) => {
    if (line.startsWith('loaded ')) atPart.push(answers)
  }
  let killed = false
  const cut = await startNpq(['import', thousands, '--write'], variables, (line, kill) => {
    parts(line)
    if (atPart.length === 10 && !killed) {
      killed = true
      kill()
    }
  })
  expect(cut.status).toBe(137)
  const loadedBefore = await rows('users')
  expect(loadedBefore).toBeGreaterThan(0)
  expect(loadedBefore).toBeLessThan(12_000)
  const again = await startNpq(['import', thousands, '--write'], variables, parts)
  running = false
  await asking
  expect(again.status, again.stderr).toBe(0)
  expect([await rows('users'), await rows('applications')]).toEqual([12_000, 12_000])
  expect(await imports()).toEqual([
    ['import begun', { user: 0, application: 0 }],
    ['import begun', { user: 0, application: 0 }],
    ['import', { user: 12_000 - loadedBefore, application: 12_000 }],
  ])
  expect(atPart.length).toBeGreaterThan(15)
  expect((atPart.at(-1) ?? 0) - (atPart[0] ?? 0)).toBeGreaterThan(atPart.length)
  const inTime = await db.selectFrom('applications').select('public_id').orderBy('created_at').orderBy('public_id').execute()
  expect(await db.selectFrom('applications').select('public_id').orderBy('id').execute()).toEqual(inTime)
  expect(existsSync(join(DATA_DIR, 'copy'))).toBe(false)
})

test('an import that others come into the way of says what it has loaded, and is finished later', { timeout: 120_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const variables = { DATA_DIR, ENVIRONMENT: 'test' }
  await serve(variables)
  const { db, close } = await connect({ databaseUrl: undefined, dataDirectory: DATA_DIR, poolSize: 1 })
  onTestFinished(close)
  const records = people(4000)
  const file = await write(join(DATA_DIR, 'people.ndjson'), records)
  const last = records
    .filter(({ kind }) => kind === 'user')
    .sort((one, other) => String(one['created_at']).localeCompare(String(other['created_at'])))
    .at(-1)
  let inTheWay: Promise<unknown> | undefined
  const stopped = await startNpq(['import', file, '--write'], variables, (line) => {
    if (line.startsWith('loaded ')) inTheWay ??= takeAddress(db, String(last?.['email']))
  })
  await inTheWay
  expect(stopped.status).toBe(1)
  expect(stopped.stderr).toMatch(/imported in part.*\n {2}user: \d+ of 4000 loaded\n {2}application: 0 of 4000 loaded\n/)
  expect(stopped.stderr).toMatch(/1 fault in the dataset\.\n {2}line \d+ \/email is the address of another person/)
  await db.deleteFrom('users').where('full_name', '=', 'In the way').execute()
  expect(await npq(['import', file, '--write'], variables)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/user: (?!4000)\d+ added.*\napplication: 4000 added/),
  })
})

async function takeAddress(db: Database, email: string) {
  await db.insertInto('users').values({ full_name: 'In the way', email }).execute()
}

test('a record and the later one that it names come in one part', { timeout: 60_000 }, async () => {
  const db = await database()
  const declarations = Array.from({ length: 2500 }, (_, number) => ({
    ...provider,
    kind: 'declaration',
    id: id(3, number),
    application_id: id(2, number),
    declaration_type: 'started',
    declaration_date: '2024-10-14T09:00:00Z',
    ...(number === 0 ? { state: 'ineligible', state_reason: 'duplicate', superseded_by_id: id(3, 2000) } : { state: 'submitted' }),
    created_at: Temporal.Instant.from('2024-11-01T00:00:00Z').add({ seconds: number }).toString(),
  }))
  const dataDirectory = await preparedDirectory()
  const file = await write(join(dataDirectory, 'dataset.ndjson'), [...people(2500), ...declarations])
  const notes: string[] = []
  const settings = { environment: 'test', tokenKey, author: 'Admin test', write: true, progress: (line: string) => notes.push(line) } as const
  await importInParts({ db, openCopy: () => connect({ databaseUrl: undefined, dataDirectory, poolSize: 1 }) }, file, settings)
  expect(notes.filter((line) => line.endsWith('of 2500 declaration records'))).toEqual([
    'loaded 2001 of 2500 declaration records',
    'loaded 2500 of 2500 declaration records',
  ])
  const duplicates = await db.selectFrom('declarations').select('superseded_by_id').where('superseded_by_id', 'is not', null).execute()
  const named = await db.selectFrom('declarations').select('id').where('public_id', '=', id(3, 2000)).execute()
  expect(duplicates).toEqual(named.map((one) => ({ superseded_by_id: one.id })))
})
