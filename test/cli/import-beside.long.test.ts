import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { importInParts } from '../../src/cli/import/in-parts.ts'
import { type Connection, connect, type Database } from '../../src/db/connect.ts'
import { FaultyDataset } from '../../src/domain/dataset/faults.ts'
import { Random } from '../../src/sandbox/random.ts'
import { tokenKey } from '../support/app.ts'
import { fillPrepared, preparedDirectory, serve, startNpq } from '../support/command.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

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

async function write(folder: string, records: object[]): Promise<string> {
  const file = join(folder, 'dataset.ndjson')
  await writeFile(file, records.map((record) => JSON.stringify(record)).join('\n'))
  return file
}

async function countIn(db: Database, table: 'users' | 'applications' | 'declarations'): Promise<number> {
  return (await db.selectFrom(table).select(db.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow()).rows
}

async function importsOf(db: Database) {
  const all = await db.selectFrom('imports').select(['type', 'added']).orderBy('id').execute()
  return all.map(({ type, added }) => [type, added])
}

test('a killed import beside a server is finished by another, and the server’s clients come in between', { timeout: 120_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const variables = { DATA_DIR, ENVIRONMENT: 'test', TOKEN_KEY: tokenKey }
  const { url } = await serve({ ...variables, RATE_LIMIT_TOKEN: '1000000', RATE_LIMIT_EVERYTHING: '1000000' })
  const { db, close } = await connect({ databaseUrl: undefined, dataDirectory: DATA_DIR, poolSize: 1 })
  onTestFinished(close)
  const token = await make.token(db, 'Teach First')
  const file = await write(DATA_DIR, people(6000))

  let running = true
  let answers = 0
  const asking = (async () => {
    while (running) {
      const answer = await fetch(`${url}/api/v3/npq-applications?page[per_page]=1`, { headers: { authorization: `Bearer ${token}` } })
      expect(answer.status).toBe(200)
      await answer.arrayBuffer()
      answers++
      await pause(10)
    }
  })()
  // how many answers there had been when a part was loaded
  const atPart: number[] = []
  const cut = await startNpq(['import', file, '--write'], variables, (line, kill) => {
    if (line.startsWith('loaded ') && atPart.push(answers) === 3) kill()
  })
  expect(cut.status).toBe(137)
  const loadedBefore = await countIn(db, 'users')
  expect(loadedBefore).toBeGreaterThan(0)
  expect(loadedBefore).toBeLessThan(6000)
  atPart.length = 0
  const again = await startNpq(['import', file, '--write'], variables, (line) => {
    if (line.startsWith('loaded ')) atPart.push(answers)
  })
  running = false
  await asking
  expect(again.status, again.stderr).toBe(0)
  expect([await countIn(db, 'users'), await countIn(db, 'applications')]).toEqual([6000, 6000])
  expect(await importsOf(db)).toEqual([
    ['import begun', { user: 0, application: 0 }],
    ['import begun', { user: 0, application: 0 }],
    ['import', { user: 6000 - loadedBefore, application: 6000 }],
  ])
  expect(atPart.length).toBeGreaterThan(10)
  expect((atPart.at(-1) ?? 0) - (atPart[0] ?? 0)).toBeGreaterThan(atPart.length)
  const inTime = await db.selectFrom('applications').select('public_id').orderBy('created_at').orderBy('public_id').execute()
  expect(await db.selectFrom('applications').select('public_id').orderBy('id').execute()).toEqual(inTime)
  expect(existsSync(join(DATA_DIR, 'copy'))).toBe(false)
})

describe('an import in parts', () => {
  let copy: Connection
  let dataDirectory: string
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'npq-import-'))
    await fillPrepared(dataDirectory)
    copy = await connect({ databaseUrl: undefined, dataDirectory, poolSize: 1 })
    return async () => {
      await copy.close()
      await rm(dataDirectory, { recursive: true })
    }
  })
  let db: Database
  beforeEach(async () => {
    db = await database()
  })

  async function load(records: object[], { write: toWrite = true, onPart = async () => {} }: { write?: boolean; onPart?: () => Promise<void> } = {}) {
    const parts: string[] = []
    const told: Promise<void>[] = []
    const progress = (line: string) => {
      if (line.startsWith('loaded ') && parts.push(line) === 1) told.push(onPart())
    }
    const settings = { environment: 'test', tokenKey, author: 'Admin test', write: toWrite, progress } as const
    const openCopy = async () => ({ ...copy, close: async () => {} })
    try {
      return { loaded: await importInParts({ db, openCopy }, await write(dataDirectory, records), settings), parts }
    } finally {
      await Promise.all(told)
    }
  }

  test('writes nothing where the last kind has a fault, nor when it is rehearsed', async () => {
    const noSuchApplication = { ...provider, application_id: id(9, 9), declaration_date: '2024-10-14T09:00:00Z', state: 'submitted' }
    const faulty = { kind: 'declaration', ...noSuchApplication, id: id(3, 0), declaration_type: 'started' }
    await expect(load([...people(2000), faulty])).rejects.toThrow(
      'Nothing was imported: 1 fault in the dataset.\n  line 4001 /application_id refers to a record that does not exist',
    )
    const { loaded, parts } = await load(people(2000), { write: false })
    expect([loaded.user, loaded.application, parts]).toEqual([{ read: 2000, added: 2000 }, { read: 2000, added: 2000 }, []])
    expect([await countIn(db, 'users'), await importsOf(db)]).toEqual([0, []])
  })

  test('says what is loaded where others came into its way, and is finished later', async () => {
    const records = people(2500)
    const last = records
      .filter(({ kind }) => kind === 'user')
      .sort((one, other) => String(one['created_at']).localeCompare(String(other['created_at'])))
      .at(-1)
    const takeItsAddress = async () => {
      await db
        .insertInto('users')
        .values({ full_name: 'In the way', email: String(last?.['email']) })
        .execute()
    }
    const stopped = await load(records, { onPart: takeItsAddress }).catch((error: FaultyDataset) => error)
    expect(stopped).toBeInstanceOf(FaultyDataset)
    expect(String(stopped)).toMatch(/imported in part.*\n {2}user: \d+ of 2500 loaded\n {2}application: 0 of 2500 loaded\n/)
    expect(String(stopped)).toMatch(/1 fault in the dataset\.\n {2}line \d+ \/email is the address of another person/)
    await db.deleteFrom('users').where('full_name', '=', 'In the way').execute()
    await load(records)
    expect([await countIn(db, 'users'), await countIn(db, 'applications')]).toEqual([2500, 2500])
    expect((await importsOf(db)).map(([type]) => type)).toEqual(['import begun', 'import cut off', 'import begun', 'import'])
  })

  test('brings a record and the later one that it names at once', async () => {
    const declarations = Array.from({ length: 2000 }, (_, number) => ({
      ...provider,
      kind: 'declaration',
      id: id(3, number),
      application_id: id(2, number),
      declaration_type: 'started',
      declaration_date: '2024-10-14T09:00:00Z',
      ...(number === 0 ? { state: 'ineligible', state_reason: 'duplicate', superseded_by_id: id(3, 1700) } : { state: 'submitted' }),
      created_at: Temporal.Instant.from('2024-11-01T00:00:00Z').add({ seconds: number }).toString(),
    }))
    const { parts } = await load([...people(2000), ...declarations])
    const [first] = parts.filter((line) => line.endsWith('of 2000 declaration records'))
    expect(Number(first?.split(' ')[1])).toBeGreaterThan(1700)
    const duplicates = await db.selectFrom('declarations').select('superseded_by_id').where('superseded_by_id', 'is not', null).execute()
    const named = await db.selectFrom('declarations').select('id').where('public_id', '=', id(3, 1700)).execute()
    expect(duplicates).toEqual(named.map((one) => ({ superseded_by_id: one.id })))
  })
})
