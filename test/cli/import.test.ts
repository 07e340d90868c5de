import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importDataset } from '../../src/cli/import/load.ts'
import { datasetSchema } from '../../src/cli/import/schema.ts'
import { listName } from '../../src/cli/import/source.ts'
import type { ImportSettings } from '../../src/cli/import/stage.ts'
import type { Database } from '../../src/db/connect.ts'
import { kinds } from '../../src/domain/dataset/dataset.ts'
import { FaultyDataset } from '../../src/domain/dataset/faults.ts'
import { listMilestones } from '../../src/domain/statements/milestone-records.ts'
import { makeToken } from '../../src/domain/tokens/token.ts'
import { ask, makeApp, tokenKey } from '../support/app.ts'
import { npq, preparedDirectory } from '../support/command.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

type Dataset = Record<string, Record<string, unknown>[]>
const example: Dataset = JSON.parse(await readFile(new URL('../../docs/dataset-example.json', import.meta.url), 'utf8'))

let db: Database
let folder: string
beforeEach(async () => {
  db = await database()
  folder = await mkdtemp(join(tmpdir(), 'npq-import-'))
})
afterEach(() => rm(folder, { recursive: true }))

const settings: ImportSettings = { environment: 'test', tokenKey, author: 'Admin ann@example.org (import)', write: true }

async function load(content: string | object, options: Partial<ImportSettings> & { name?: string } = {}) {
  const file = join(folder, options.name ?? 'dataset.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return importDataset(db, file, { ...settings, ...options })
}
async function faultsOf(content: string | object, options: Parameters<typeof load>[1] = {}) {
  try {
    await load(content, options)
    return []
  } catch (error) {
    if (error instanceof FaultyDataset) return error.faults.map(({ place, problem }) => `${place} ${problem}`)
    throw error
  }
}
const tables = ['lead_providers', 'users', 'participant_id_changes', 'applications', 'application_states', 'delivery_partners'] as const
const money = [
  'statements',
  'contracts',
  'contract_templates',
  'adjustments',
  'milestones',
  'milestone_statements',
  'declarations',
  'statement_items',
  'outcomes',
  'api_tokens',
] as const
const contents = () => Promise.all([...tables, ...money].map((table) => db.selectFrom(table).selectAll().orderBy('id').execute()))
const lines = (dataset: Dataset) =>
  kinds
    .flatMap((kind) => (dataset[listName(kind)] ?? []).map((record) => JSON.stringify({ kind, ...record })))
    .reverse()
    .join('\n')

const user = { id: '11111111-1111-4111-8111-111111111111', full_name: 'A', email: 'a@school.example' }
const application = {
  id: '22222222-2222-4222-8222-222222222222',
  participant_id: user.id,
  course_identifier: 'npq-headship',
  lead_provider: 'Teach First',
  cohort: '2024a',
}

describe('importing a dataset', () => {
  test('loads the documented example, which its schema allows', async () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(datasetSchema())
    expect(validate(example), JSON.stringify(validate.errors)).toBe(true)
    const validateLine = ajv.compile({ $ref: '#/$defs/line', ...{ $defs: datasetSchema().$defs } })
    for (const line of lines(example).split('\n')) expect(validateLine(JSON.parse(line)), line).toBe(true)

    const loaded = await load(example)
    for (const kind of kinds)
      expect(loaded[kind]).toEqual({ read: example[listName(kind)]?.length ?? 0, added: example[listName(kind)]?.length ?? 0 })
    const app = await makeApp()
    const token = await make.token(db, 'Harbour Teaching Alliance')
    const shown = (await ask(app, '/api/v3/npq-applications', { token })).json().data
    expect(shown).toMatchObject([
      {
        id: '3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14',
        attributes: {
          full_name: 'Petra Lindqvist',
          cohort: '2024',
          schedule_identifier: 'npq-leadership-autumn',
          school_urn: '117345',
          funded_place: true,
        },
      },
    ])
    expect(await db.selectFrom('application_states').select(['state', 'reason']).orderBy('id').execute()).toEqual([
      { state: 'active', reason: null },
      { state: 'deferred', reason: 'parental-leave' },
    ])
    expect(await db.selectFrom('statement_items').select('state').execute()).toEqual([{ state: 'paid' }])
    expect(await listMilestones(db)).toMatchObject([{ cohort: '2024a', schedule: 'npq-leadership-autumn', type: 'started', month: '2024-12' }])
    expect(await db.selectFrom('versions').select('id').execute()).toEqual([])
  })

  test('again changes nothing, as JSON or as lines in any order', async () => {
    await load(example)
    const before = await contents()
    await load(example)
    const loaded = await load(lines(example), { name: 'dataset.ndjson' })
    expect(Object.values(loaded).every(({ added }) => added === 0)).toBe(true)
    expect(await contents()).toEqual(before)
  })

  test('leaves a record that is there already as it is', async () => {
    await load({ users: [user] })
    await load({ users: [{ ...user, full_name: 'Another name' }], applications: [application] })
    expect(await db.selectFrom('users').select('full_name').execute()).toEqual([{ full_name: 'A' }])
    expect(await db.selectFrom('applications').select('public_id').execute()).toEqual([{ public_id: application.id }])
  })

  test('resolves a provider by its name in any case, or by its public id', async () => {
    const { id, public_id } = await make.provider(db, 'Teach First')
    const other = { ...application, id: '33333333-3333-4333-8333-333333333333', lead_provider: public_id }
    await load({ users: [user], applications: [{ ...application, lead_provider: 'TEACH FIRST' }, other] })
    expect(await db.selectFrom('applications').select('lead_provider_id').execute()).toEqual([{ lead_provider_id: id }, { lead_provider_id: id }])
  })

  test('keeps who loaded which file, and a rehearsal keeps nothing', async () => {
    const rehearsed = await load(example, { write: false })
    expect(rehearsed.user).toEqual({ read: 1, added: 1 })
    const rows = () => db.selectFrom('imports').select(['type', 'file_name', 'imported_by', 'added']).execute()
    expect([await rows(), await db.selectFrom('users').select('id').execute()]).toEqual([[], []])
    await load(example)
    const added = Object.fromEntries(kinds.filter((kind) => example[listName(kind)]).map((kind) => [kind, 1]))
    expect(await rows()).toEqual([{ type: 'import', file_name: 'dataset.json', imported_by: settings.author, added }])
  })

  test('takes tokens given in clear, which then work, and refuses them in production', async () => {
    const token = makeToken('test')
    const tokens = [{ token, label: 'from before', lead_provider: 'Teach First' }]
    expect(await faultsOf({ tokens }, { environment: 'production' })).toEqual([
      expect.stringMatching(/^\/tokens\/0\/token cannot be imported in production/),
    ])
    expect(await faultsOf({ tokens: [{ ...tokens[0], token: 'secret' }] })).toEqual([expect.stringContaining('/tokens/0/token is not of the form')])
    await load({ tokens })
    await load({ tokens })
    expect((await ask(await makeApp(), '/api/v3/npq-applications', { token })).statusCode).toBe(200)
    expect(await db.selectFrom('api_tokens').select('issued_by').execute()).toEqual([{ issued_by: settings.author }])
  })

  test.each<[string, string | object, string[]]>([
    ['no JSON', '{"users":', ['the file is not valid JSON']],
    ['JSON that breaks off', '{"users": [\n  {"id": 1,,}]}', ['the file is not valid JSON (line 2 column 12)']],
    ['another JSON text', '[]', ['the file must be a JSON object that holds lists of records']],
    ['an unknown kind', { people: [] }, ['/people is no kind of record; use lead_providers, ']],
    ['no list', { users: {} }, ['/users must be a list']],
    ['no object', { users: [1] }, ['/users/0 must be an object']],
    ['a missing member', { users: [{ id: user.id, email: user.email }] }, ['/users/0 must have required properties full_name']],
    ['an unknown member', { users: [{ ...user, age: 3 }] }, ['/users/0/age is not a known member', '/users/0 must not have additional properties']],
    ['a wrong type', { users: [{ ...user, trn_verified: 'yes' }] }, ['/users/0/trn_verified must be either boolean or null']],
    ['a wrong choice', { applications: [{ ...application, course_identifier: 'x' }] }, ['/applications/0/course_identifier must be equal to one of']],
    ['a NUL', { users: [{ ...user, full_name: 'a\0b' }] }, ['/users/0/full_name must match pattern']],
    ['an unknown person', { applications: [application] }, ['/applications/0/participant_id refers to a record that does not exist']],
    ['an unknown provider', { users: [user], applications: [{ ...application, lead_provider: 'x' }] }, ['/applications/0/lead_provider refers to']],
    ['an unknown cohort', { users: [user], applications: [{ ...application, cohort: '2024z' }] }, ['/applications/0/cohort refers to']],
    [
      'a schedule of another cohort only',
      { users: [user], applications: [{ ...application, schedule_identifier: 'npq-aso-march' }] },
      ['/applications/0/schedule_identifier refers to'],
    ],
    ['an id twice', { users: [user, { ...user, email: 'b@school.example' }] }, ['/users/1/id is the id of an earlier record too']],
    [
      'an address twice',
      { users: [user, { ...user, id: application.id, email: 'A@School.example' }] },
      ['/users/1/email is the address of an earlier'],
    ],
    ['no address', { users: [{ id: user.id, full_name: 'A' }] }, ['/users/0/email is needed for everyone who is not archived']],
    ['a verified TRN that is missing', { users: [{ ...user, trn_verified: true }] }, ['/users/0/trn is needed where trn_verified is true']],
    [
      'two accepted applications',
      {
        users: [user],
        applications: [application, { ...application, id: user.id, lead_provider: 'LLSE' }].map((one) => ({
          ...one,
          lead_provider_approval_status: 'accepted',
        })),
      },
      ['/applications/1/lead_provider_approval_status cannot be accepted'],
    ],
    [
      'a cohort of a wrong year',
      { cohorts: [{ start_year: 2030, suffix: 'A', description: 'x', funding: 'full', registration_start_date: '2029-04-03T00:00:00Z' }] },
      [
        '/cohorts/0/suffix must be',
        '/cohorts/0/start_year must be',
        '/cohorts/0/description must have',
        '/cohorts/0/registration_start_date must lie',
      ],
    ],
  ])('tells %s with its place and writes nothing', async (_, content, expected) => {
    const before = await contents()
    const faults = await faultsOf(content)
    expect(faults).toEqual(expected.map((text) => expect.stringContaining(text)))
    expect(await contents()).toEqual(before)
  })

  test('tells the line of a fault in a file of lines', async () => {
    const text = [
      JSON.stringify({ kind: 'user', ...user }),
      '',
      'nonsense',
      '{"kind":"person"}',
      JSON.stringify({ kind: 'user', ...user, email: 'x' }),
    ].join('\n')
    expect(await faultsOf(text, { name: 'dataset.jsonl' })).toEqual([
      'line 3 is not valid JSON',
      expect.stringContaining('line 4 /kind must be one of lead_provider, '),
      expect.stringContaining('line 5 /email must match pattern'),
    ])
    const orphan = await faultsOf(JSON.stringify({ kind: 'application', ...application }), { name: 'dataset.jsonl' })
    expect(orphan).toEqual(['line 1 /participant_id refers to a record that does not exist'])
  })

  test('prints a hundred faults at most and counts them all', async () => {
    const applications = Array.from({ length: 250 }, (_, n) => ({ ...application, id: `22222222-2222-4222-8222-${String(n).padStart(12, '0')}` }))
    await expect(load({ applications })).rejects.toThrow(/250 faults.*and 150 more$/s)
  })
})

describe('the command npq import', () => {
  test('says what it added, and what is wrong on stderr alone', { timeout: 180_000 }, async () => {
    const DATA_DIR = await preparedDirectory()
    const file = new URL('../../docs/dataset-example.json', import.meta.url).pathname
    for (const flags of [[], ['--write']])
      expect(await npq(['import', file, ...flags], { DATA_DIR })).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('application: 1 added, 0 there already\n'),
        stderr: flags.length > 0 ? expect.not.stringContaining('rehearsal') : expect.stringContaining('This was a rehearsal: nothing was written.'),
      })
    const bad = join(folder, 'bad.json')
    await writeFile(bad, '{"users":[{}]}')
    expect(await npq(['import', bad], { DATA_DIR })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('Nothing was imported: 1 fault'),
    })
    expect(await npq(['import', join(folder, 'none.json')], { DATA_DIR })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is no file or folder'),
    })
    const { stdout } = await npq(['import', '--schema'])
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(datasetSchema())))
  })
})
