import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importDataset } from '../../src/cli/import/load.ts'
import type { Database } from '../../src/db/connect.ts'
import { FaultyDataset } from '../../src/domain/dataset/faults.ts'
import { Random } from '../../src/sandbox/random.ts'
import { tokenKey } from '../support/app.ts'
import { npq, preparedDirectory, serve } from '../support/command.ts'
import { database } from '../support/database.ts'

let db: Database
let folder: string
beforeEach(async () => {
  db = await database()
  folder = await mkdtemp(join(tmpdir(), 'npq-import-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function load(content: string | Buffer | object) {
  const lines = typeof content === 'string' || Buffer.isBuffer(content)
  const file = join(folder, lines ? 'dataset.ndjson' : 'dataset.json')
  await writeFile(file, lines ? content : JSON.stringify(content))
  return importDataset(db, file, { environment: 'test', tokenKey, author: 'Admin ann@example.org (import)', write: true })
}
/** The faults, or none where the dataset was imported; what is not told as a fault fails the test. */
async function faultsOf(content: string | Buffer | object): Promise<string[]> {
  try {
    await load(content)
    return []
  } catch (error) {
    if (error instanceof FaultyDataset) return error.faults.map(({ place, problem }) => `${place} ${problem}`)
    throw error
  }
}
const line = (kind: string, record: object) => JSON.stringify({ kind, ...record })
const names = () => db.selectFrom('users').select('full_name').orderBy('id').execute()

const id = (digit: number) => `${digit}0000000-0000-4111-8111-111111111111`
const user = { id: id(1), full_name: 'A', email: 'a@school.example' }
const application = { id: id(2), participant_id: user.id, course_identifier: 'npq-headship', lead_provider: 'Teach First', cohort: '2024a' }
const statement = { id: id(3), lead_provider: 'Teach First', cohort: '2024a', year: 2024, month: 12 }
const contract = {
  course_identifier: 'npq-headship',
  recruitment_target: 72,
  per_participant: '800.00',
  number_of_payment_periods: 4,
  output_payment_percentage: 60,
  service_fee_percentage: 40,
  service_fee_installments: 19,
  monthly_service_fee: null,
  targeted_delivery_funding_per_participant: '100',
}
const declaration = {
  id: id(4),
  application_id: application.id,
  lead_provider: 'Teach First',
  cohort: '2024a',
  declaration_type: 'completed',
  declaration_date: '2024-10-14T09:00:00Z',
  state: 'submitted',
}
const outcome = { id: id(5), state: 'passed', completion_date: '2024-10-14', created_at: '2024-10-14T09:00:00Z' }
const partner = { id: id(6), name: 'Harbour Learning Hub' }
const school = { urn: '117345', name: 'Ash Lane' }
const declared = (more: object) => ({
  users: [user],
  applications: [application],
  statements: [statement],
  delivery_partners: [partner],
  declarations: [{ ...declaration, ...more }],
})
const contracted = (...contracts: object[]) => ({ statements: [{ ...statement, contracts }] })
const milestone = { schedule_identifier: 'npq-leadership-autumn', declaration_type: 'started' }
const item = { statement_id: statement.id, state: 'eligible' }

describe('reading lines', () => {
  test.each([
    ['a byte order mark', `\ufeff${line('user', user)}`, 'A'],
    ['lines that end in CR and LF, and blank ones', `${line('user', user)}\r\n \r\n`, 'A'],
    ['separators of Unicode inside a text', line('user', { ...user, full_name: 'A\u2028B\u2029C\u0085D' }), 'A\u2028B\u2029C\u0085D'],
    ['characters beyond the basic plane', line('user', { ...user, full_name: '𝒜' }), '𝒜'],
    ['a record of a megabyte', line('user', { ...user, full_name: 'é'.repeat(500_000) }), 'é'.repeat(500_000)],
  ])('takes %s', async (_, content, name) => {
    await load(content)
    expect(await names()).toEqual([{ full_name: name }])
  })

  test.each<[string, string | Buffer, string[]]>([
    ['text that is not UTF-8', Buffer.from(line('user', { ...user, full_name: 'André' }), 'latin1'), ['line 1 is not UTF-8 text']],
    ['nothing at all', '', ['the file holds no record']],
    ['blank lines alone', '\r\n\n', ['the file holds no record']],
    ['a line that breaks off', `${line('user', user)}\n{"kind":"user","full_name":"npq_test_`, ['line 2 is not valid JSON']],
    [
      'a line longer than it holds in memory',
      `${' '.repeat(17 * 1024 * 1024)}{}\n[]`,
      ['line 1 is longer than 16 MiB', 'line 2 must be one JSON object'],
    ],
    ['half a character', line('user', user).replace('"A"', '"\\ud800"'), ['line 1 /full_name must match pattern']],
    ['a record without what it needs', '{"kind":"school"}', ['line 1 must have required properties urn, name']],
  ])('refuses %s', async (_, content, expected) => {
    expect(await faultsOf(content)).toEqual(expected.map((text) => expect.stringContaining(text)))
    expect(await names()).toEqual([])
  })
})

describe('a dataset is refused with the place of', () => {
  test.each<[string, object, string[]]>([
    ['a year that cannot be kept', { users: [{ ...user, date_of_birth: '0000-01-01' }] }, ['/users/0/date_of_birth must match']],
    ['an offset that no place has', { users: [{ ...user, created_at: '2024-01-01T00:00:00+23:00' }] }, ['/users/0/created_at must match']],
    ['the name of a time zone', { users: [{ ...user, created_at: '2024-01-01T00:00:00Z[Europe/London]' }] }, ['/users/0/created_at must match']],
    ['a day that the month lacks', { users: [{ ...user, date_of_birth: '2001-02-30' }] }, ['/users/0/date_of_birth must match format']],
    ['an unknown list, as a pointer', { 'a/b~c': [] }, ['/a~1b~0c is no kind of record']],
    ['an unknown employment', { applications: [{ ...application, employment_type: 'astronaut' }] }, ['/applications/0/employment_type must be']],
    [
      'a name of a provider in other letters',
      { lead_providers: [{ id: id(7), name: 'TEACH FIRST' }] },
      ['/lead_providers/0/name is the name of another'],
    ],
    ['a subject too long for a key', { users: [{ ...user, uid: 'x'.repeat(256) }] }, ['/users/0/uid must match']],
    ['an empty name', { lead_providers: [{ id: id(7), name: '' }] }, ['/lead_providers/0/name must match']],
    ['a school twice', { schools: [school, school] }, ['/schools/1/urn is the urn of an earlier record too']],
    [
      'a provider of a training state that does not exist',
      {
        users: [user],
        applications: [
          {
            ...application,
            states: [
              { state: 'active', created_at: '2024-01-01T00:00:00Z' },
              { state: 'deferred', lead_provider: 'x', created_at: '2024-01-02T00:00:00Z' },
            ],
          },
        ],
      },
      ['/applications/0/states/1/lead_provider refers to a record that does not exist'],
    ],
    [
      'partnerships with what does not exist',
      {
        delivery_partners: [
          {
            ...partner,
            partnerships: [
              { lead_provider: 'x', cohort: '2024a' },
              { lead_provider: 'LLSE', cohort: '2024z' },
            ],
          },
        ],
      },
      [
        '/delivery_partners/0/partnerships/0/lead_provider refers to a record that does not exist',
        '/delivery_partners/0/partnerships/1/cohort refers to a record that does not exist',
      ],
    ],
    [
      'fractions of a penny',
      { statements: [{ ...statement, adjustments: [{ description: 'x', amount: '1.255' }] }] },
      ['/statements/0/adjustments/0/amount must match'],
    ],
    [
      'an amount beyond its column',
      { statements: [{ ...statement, reconcile_amount: '1000000.00' }] },
      ['/statements/0/reconcile_amount must match'],
    ],
    ['a contract for no one', contracted({ ...contract, recruitment_target: 0 }), ['/statements/0/contracts/0/recruitment_target must be']],
    ['a price of nothing', contracted({ ...contract, per_participant: '0.00' }), ['/statements/0/contracts/0/per_participant must match']],
    [
      'a contract that does not state its service fee, or its targeted delivery funding',
      contracted(
        { ...contract, monthly_service_fee: undefined },
        { ...contract, course_identifier: 'npq-senco', targeted_delivery_funding_per_participant: undefined },
      ),
      [
        '/statements/0/contracts/0 must have required properties monthly_service_fee',
        '/statements/0/contracts/1 must have required properties targeted_delivery_funding_per_participant',
      ],
    ],
    [
      'a payment that was authorised and that nothing would carry out',
      { statements: [{ ...statement, state: 'payable', marked_as_paid_at: '2024-12-16T09:00:00Z' }] },
      ['/statements/0/marked_as_paid_at is set on a statement that is not paid'],
    ],
    ['a course with two contracts', contracted(contract, contract), ['/statements/0/contracts/1/course_identifier is the course of an earlier']],
    [
      'contracts of a statement that is not there, of one that has them from another, and beside contracts',
      {
        statements: [
          { ...statement, contracts_of: id(8) },
          { ...statement, id: id(7), month: 2, contracts_of: statement.id },
          { ...statement, id: id(6), month: 3, contracts_of: id(5), contracts: [contract] },
          { ...statement, id: id(5), month: 4 },
        ],
      },
      [
        '/statements/0/contracts_of refers to a statement that does not exist',
        '/statements/1/contracts_of refers to a statement whose own contracts are those of another',
        '/statements/2/contracts cannot be given where contracts_of is',
      ],
    ],
    [
      'an output part without payments',
      contracted({ ...contract, number_of_payment_periods: 0 }),
      ['/statements/0/contracts/0/number_of_payment_periods must be above 0'],
    ],
    [
      'a service fee without months',
      contracted({ ...contract, service_fee_installments: 0 }),
      ['/statements/0/contracts/0/service_fee_installments must be above 0'],
    ],
    [
      'a milestone of a statement that is no payment run',
      { statements: [{ ...statement, output_fee: false, milestones: [milestone] }] },
      ['/statements/0/milestones/0/schedule_identifier is expected on a statement that is no payment run'],
    ],
    [
      'a milestone of a schedule of another cohort',
      { statements: [{ ...statement, cohort: '2021a', milestones: [milestone, { ...milestone, schedule_identifier: 'npq-ehco-march' }] }] },
      ['/statements/0/milestones/1/schedule_identifier refers to'],
    ],
    [
      'a milestone that its schedule does not allow',
      { statements: [{ ...statement, milestones: [{ schedule_identifier: 'npq-specialist-autumn', declaration_type: 'retained-2' }] }] },
      ['/statements/0/milestones/0/declaration_type is not allowed'],
    ],
    [
      'a milestone twice',
      { statements: [{ ...statement, milestones: [milestone, milestone] }] },
      ['/statements/0/milestones/1/declaration_type repeats an earlier'],
    ],
    [
      'a milestone in two months',
      { statements: [statement, { ...statement, id: id(7), month: 11 }].map((each) => ({ ...each, milestones: [milestone] })) },
      ['/statements/0/milestones/0/declaration_type is expected in another month'],
    ],
    ['a second payment', declared({ state: 'eligible', items: [item, item] }), ['/declarations/0/items/1/state makes a second payment']],
    [
      'a second refund',
      {
        ...declared({ state: 'clawed_back', items: ['paid', 'clawed_back', 'clawed_back'].map((state) => ({ ...item, state })) }),
        statements: [{ ...statement, state: 'paid' }],
      },
      ['/declarations/0/items/2/state makes a second payment or a second refund'],
    ],
    [
      'a statement that does not exist',
      declared({ state: 'eligible', items: [{ ...item, statement_id: id(8) }] }),
      ['/declarations/0/items/0/statement_id refers to'],
    ],
    [
      'a statement of another provider',
      { ...declared({ state: 'eligible', items: [item] }), statements: [{ ...statement, lead_provider: 'LLSE' }] },
      ['/declarations/0/items/0/statement_id refers to a statement of another lead provider'],
    ],
    ['an outcome twice', declared({ outcomes: [outcome, outcome] }), ['/declarations/0/outcomes/0/id is', '/declarations/0/outcomes/1/id is']],
    [
      'a declaration that replaces itself',
      declared({ superseded_by_id: declaration.id }),
      ['/declarations/0/superseded_by_id is the id of the decl'],
    ],
    [
      'a second partner without a first',
      declared({ secondary_delivery_partner_id: partner.id }),
      ['/declarations/0/secondary_delivery_partner_id needs a delivery_partner_id'],
    ],
    [
      'one partner as both',
      declared({ delivery_partner_id: partner.id, secondary_delivery_partner_id: partner.id }),
      ['/declarations/0/secondary_delivery_partner_id must differ'],
    ],
    [
      'a change of id twice',
      {
        users: [user],
        participant_id_changes: [1, 2].map(() => ({ participant_id: user.id, from_participant_id: id(9), to_participant_id: user.id })),
      },
      ['/participant_id_changes/1/to_participant_id repeats the change'],
    ],
  ])('%s', async (_, content, expected) => {
    expect(await faultsOf(content)).toEqual(expected.map((text) => expect.stringContaining(text)))
    expect(await names()).toEqual([])
  })

  test.each([0, 1, 4, 6])('the row that the database alone refuses, without what the row holds: number %i', async (at) => {
    const random = new Random(1)
    const tooLongForAnIndex = Array.from({ length: 2000 }, () => random.uuid()).join('')
    const users = Array.from({ length: 7 }, (_, n) => ({
      ...user,
      id: id(n),
      email: `${n}@school.example`,
      ...(n === at && { trn: tooLongForAnIndex }),
    }))
    const faults = await faultsOf({ users })
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^/users/${at} is refused by the database: index row`))])
    expect(faults.join()).not.toContain('school.example')
    expect(await names()).toEqual([])
  })
})

describe('importing again', () => {
  test('adds nothing to a delivery partner that is there', async () => {
    await load({ delivery_partners: [partner] })
    await load({ delivery_partners: [{ ...partner, partnerships: [{ lead_provider: 'Teach First', cohort: '2024a' }] }] })
    expect(await db.selectFrom('delivery_partnerships').select('id').execute()).toEqual([])
  })

  test('finds no fault with records that are there, however they went on', async () => {
    const dataset = { users: [user], applications: [{ ...application, lead_provider_approval_status: 'accepted', training_status: 'active' }] }
    await load(dataset)
    await db.updateTable('users').set({ email: 'moved@school.example' }).execute()
    await db.updateTable('applications').set({ training_status: 'withdrawn' }).execute()
    await load({
      users: [{ ...user, id: id(7) }],
      applications: [{ ...dataset.applications[0], id: id(8) }],
    })
    const again = await load(dataset)
    expect(again).toMatchObject({ user: { read: 1, added: 0 }, application: { read: 1, added: 0 } })
  })
})

test('npq import loads beside a server that owns the embedded database', { timeout: 90_000 }, async () => {
  const DATA_DIR = await preparedDirectory()
  const variables = { DATA_DIR, ENVIRONMENT: 'development' }
  const server = await serve(variables)
  const file = join(folder, 'dataset.ndjson')
  await writeFile(file, [line('application', application), line('user', user)].join('\n'))
  expect(await npq(['import', file, '--write'], variables)).toMatchObject({
    status: 0,
    stdout: 'user: 1 added, 0 there already\napplication: 1 added, 0 there already\nThe dataset is loaded.\n',
  })
  const { stdout } = await npq(['token', 'issue', '--provider', 'Teach First', '--label', 'test'], variables)
  const answer = await fetch(`${server.url}/api/v3/npq-applications/${application.id}`, { headers: { authorization: `Bearer ${stdout.trim()}` } })
  expect(answer.status).toBe(200)
})
