import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import { versions } from '../../../src/api/versions.ts'
import type { Database } from '../../../src/db/connect.ts'
import { ask, makeApp } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

type Shown = { id: string; type: string; attributes: Record<string, unknown> }
const list = async (version: string, query = ''): Promise<Shown[]> =>
  (await ask(app, `/api/${version}/npq-applications?${query}`, { token })).json().data
const listed = async (version: string, query: string) => (await list(version, query)).map(({ id }) => id)
const at = (text: string) => Temporal.Instant.from(text)

async function attributesOf(version: string, { public_id }: { public_id: string }): Promise<Record<string, unknown>> {
  const shown = (await ask(app, `/api/${version}/npq-applications/${public_id}`, { token })).json().data
  expect((await list(version)).find(({ id }) => id === public_id)).toEqual(shown)
  return shown.attributes
}

const common = [
  ...['course_identifier', 'email', 'email_validated', 'employer_name', 'employment_role', 'full_name', 'funding_choice', 'headteacher_status'],
  ...['ineligible_for_funding_reason', 'participant_id', 'private_childcare_provider_urn', 'teacher_reference_number'],
  ...['teacher_reference_number_validated', 'school_urn', 'school_ukprn', 'status', 'reason_for_rejection', 'works_in_school', 'cohort'],
]
const rest = [
  ...['eligible_for_funding', 'targeted_delivery_funding_eligibility', 'teacher_catchment', 'teacher_catchment_country'],
  ...['teacher_catchment_iso_country_code', 'itt_provider', 'lead_mentor', 'funded_place', 'created_at', 'updated_at'],
]

describe('an application', () => {
  test.each([
    ['v1', [...common, ...rest]],
    ['v2', [...common, ...rest]],
    ['v3', [...common, 'cohort_suffix', ...rest, 'schedule_identifier', 'works_as_senco', 'senco_start_date']],
  ])('has its attributes in the order of %s', async (version, names) => {
    const { public_id } = await make.application(db)
    const answer = await ask(app, `/api/${version}/npq-applications/${public_id}`, { token })
    expect(Object.keys(answer.json().data)).toEqual(['id', 'type', 'attributes'])
    expect(Object.keys(answer.json().data.attributes)).toEqual(names)
  })

  test('shows all that is known of it', async () => {
    const school = await make.insert(db, 'schools', { urn: '0117345', name: 'Ash Lane School' })
    const nursery = await make.insert(db, 'private_childcare_providers', {
      provider_urn: 'EY1',
      provider_name: 'Acorns',
      disabled_at: at('2025-01-01T00:00Z'),
    })
    const itt = await make.insert(db, 'itt_providers', { legal_name: 'North SCITT', operating_name: 'North', disabled_at: at('2025-01-01T00:00Z') })
    const user = await make.user(db, { full_name: 'Petra Lindqvist', email: 'petra@school.example', trn: '0217654' })
    const application = await make.acceptedApplication(db, {
      user,
      cohort: '2026b',
      school_id: school.id,
      private_childcare_provider_id: nursery.id,
      itt_provider_id: itt.id,
      ukprn: '10055512',
      employer_name: 'Self',
      employment_role: 'Adviser',
      funding_choice: 'trust',
      headteacher_status: 'yes_over_five_years',
      works_in_school: true,
      teacher_catchment: 'wales',
      teacher_catchment_country: 'Wales',
      teacher_catchment_iso_country_code: 'GBR',
      lead_mentor: true,
      funded_place: true,
      senco_in_role: 'yes',
      senco_start_date: Temporal.PlainDate.from('2024-09-01'),
      created_at: at('2026-06-18T08:00:12.999999Z'),
      updated_at: at('2026-07-02T14:30:45.5Z'),
    })
    await db
      .updateTable('users')
      .set({ significantly_updated_at: at('2026-07-01T00:00Z') })
      .execute()
    expect(await attributesOf('v3', application)).toEqual({
      course_identifier: 'npq-headship',
      email: 'petra@school.example',
      email_validated: true,
      employer_name: 'Self',
      employment_role: 'Adviser',
      full_name: 'Petra Lindqvist',
      funding_choice: 'trust',
      headteacher_status: 'yes_over_five_years',
      ineligible_for_funding_reason: null,
      participant_id: user.public_id,
      private_childcare_provider_urn: 'EY1',
      teacher_reference_number: '0217654',
      teacher_reference_number_validated: true,
      school_urn: '0117345',
      school_ukprn: '10055512',
      status: 'accepted',
      reason_for_rejection: null,
      works_in_school: true,
      cohort: '2026',
      cohort_suffix: 'b',
      eligible_for_funding: true,
      targeted_delivery_funding_eligibility: false,
      teacher_catchment: true,
      teacher_catchment_country: 'Wales',
      teacher_catchment_iso_country_code: 'GBR',
      itt_provider: 'North SCITT',
      lead_mentor: true,
      funded_place: true,
      created_at: '2026-06-18T08:00:12Z',
      updated_at: '2026-07-02T14:30:45Z',
      schedule_identifier: 'npq-leadership-autumn',
      works_as_senco: 'yes',
      senco_start_date: '2024-09-01',
    })
  })

  test('shows null for what is not known', async () => {
    const archived = {
      email: null,
      archived_email: 'archived-x@school.example',
      archived_at: at('2026-01-01T00:00Z'),
      trn: null,
      trn_verified: false,
    }
    const application = await make.application(db, { cohort: null, user: await make.user(db, archived), ukprn: '10055512' })
    expect(await attributesOf('v3', application)).toMatchObject({
      email: null,
      teacher_reference_number: null,
      school_urn: null,
      school_ukprn: '10055512',
      cohort: null,
      cohort_suffix: null,
      schedule_identifier: null,
      works_as_senco: null,
      senco_start_date: null,
      teacher_catchment: false,
    })
  })

  test.each([
    ['v1', '1234567'],
    ['v2', '1234567'],
    ['v3', null],
  ])('shows an unverified TRN in %s as %s', async (version, shown) => {
    const application = await make.application(db, { user: await make.user(db, { trn: '1234567', trn_verified: false }) })
    expect(await attributesOf(version, application)).toMatchObject({ teacher_reference_number: shown, teacher_reference_number_validated: false })
  })

  test.each([
    ['england', true],
    ['wales', true],
    ['jersey_guernsey_isle_of_man', true],
    ['other', false],
    ['another', false],
    [null, false],
  ])('from the catchment %s is inside: %s', async (teacher_catchment, inside) => {
    expect(await attributesOf('v1', await make.application(db, { teacher_catchment }))).toMatchObject({ teacher_catchment: inside })
  })

  test('shows its participant’s significant change where that is the later one', async () => {
    const user = await make.user(db, { significantly_updated_at: at('2026-10-02T01:02:03.9Z'), updated_at: at('2026-10-05T00:00Z') })
    expect(await attributesOf('v2', await make.application(db, { user }))).toMatchObject({ updated_at: '2026-10-02T01:02:03Z' })
  })
})

describe('funding as it is shown', () => {
  const previously = { eligible_for_funding: false, ineligible_for_funding_reason: 'previously-funded' }
  const eligible = { eligible_for_funding: true, ineligible_for_funding_reason: null }

  test.each<[string, make.ApplicationFacts, make.ApplicationFacts, object]>([
    ['an accepted one for the course', {}, {}, previously],
    ['an accepted one with a funded place', { cohort: '2026b', funded_place: true }, {}, previously],
    ['a withdrawn one of another provider', { training_status: 'withdrawn', provider: 'Teach First' }, {}, previously],
    ['one without a funded place', { cohort: '2026b', funded_place: false }, {}, eligible],
    ['a rejected one', { lead_provider_approval_status: 'rejected' }, {}, eligible],
    ['one that was not eligible', { eligible_for_funding: false }, {}, eligible],
    ['one for another course', { course: 'npq-senior-leadership' }, {}, eligible],
    [
      'one for the other course of the family',
      { cohort: '2021a', course: 'npq-additional-support-offer', schedule: 'npq-aso-december' },
      { course: 'npq-early-headship-coaching-offer' },
      previously,
    ],
    [
      'one, but marked as funded by policy',
      {},
      { funding_eligibility_status_code: 'marked_funded_by_policy' },
      { eligible_for_funding: true, ineligible_for_funding_reason: 'previously-funded' },
    ],
    [
      'one, marked as funded by policy, but not eligible itself',
      {},
      { funding_eligibility_status_code: 'marked_funded_by_policy', eligible_for_funding: false },
      previously,
    ],
  ])('beside %s', async (_, earlier, facts, expected) => {
    const user = await make.user(db)
    await make.acceptedApplication(db, { user, cohort: '2022a', ...earlier })
    const application = await make.application(db, { user, ...facts })
    expect(await attributesOf('v3', application)).toMatchObject(expected)
  })

  test('of someone who is not eligible names the establishment', async () => {
    expect(await attributesOf('v3', await make.application(db, { eligible_for_funding: false }))).toMatchObject({
      eligible_for_funding: false,
      ineligible_for_funding_reason: 'establishment-ineligible',
    })
  })
})

describe.each(versions)('filters of the list in %s', (version) => {
  test('by cohort take years, for all of a year’s cohorts', async () => {
    const ids: Record<string, string> = {}
    for (const cohort of ['2022a', '2023a', '2026a', '2026b'])
      ids[cohort] = (await make.application(db, { cohort, funded_place: cohort === '2026a' ? false : null })).public_id
    await make.application(db, { cohort: null })
    const cases: [string, string[]][] = [
      ['2022,2023', ['2022a', '2023a']],
      ['2026', ['2026a', '2026b']],
      ['2026a', ['2026a', '2026b']],
      [' 2022 , 2026b', ['2022a', '2026a', '2026b']],
      ['nope', []],
      [',', []],
      ['0000', []],
      ['99999999999999999999', []],
      ['2022,nope', ['2022a']],
    ]
    for (const [value, cohorts] of cases) {
      expect(await listed(version, `filter[cohort]=${value}`), value).toEqual(cohorts.map((cohort) => ids[cohort]))
    }
    expect(await listed(version, 'filter[cohort]=2022&filter[cohort]=2023')).toEqual([ids['2023a']])
  })

  test('by moment include the moment itself, and a significant change of the participant', async () => {
    const old = at('2025-01-28T13:14:59.999999Z')
    const moment = at('2025-01-28T13:15:00Z')
    const quiet = await make.user(db, { significantly_updated_at: old })
    const moved = await make.user(db, { significantly_updated_at: moment })
    await make.application(db, { user: await make.user(db, { significantly_updated_at: old, updated_at: moment }), updated_at: old })
    const own = await make.application(db, { user: quiet, updated_at: moment })
    const participants = await make.application(db, { user: moved, updated_at: old })
    const same = [own.public_id, participants.public_id]
    for (const value of [
      '2025-01-28T13:15:00Z',
      '2025-01-28t13:15:00z',
      '2025-01-28T13:15:00',
      '2025-01-28T14:15:00%2B01:00',
      '2025-01-28T14:15:00+01:00',
      '2025-01-28T14:15:00%2B0100',
      '2025-01-28T14:15:00%2B01',
      '2025-01-28T08:15:00-05:00',
      '2025-01-28T13:15:00.000000Z',
      '2025-01-28T13%253A15%253A00Z',
      '2025-01-28T13%3A15%3A00Z',
    ]) {
      expect(await listed(version, `filter[updated_since]=${value}`), value).toEqual(same)
    }
    expect(await listed(version, 'filter[updated_since]=2025-01-28')).toHaveLength(3)
    expect(await listed(version, 'filter[updated_since]=2030-01-01')).toEqual([])
    expect(await listed(version, 'filter[updated_since]=2025-01-28T13:15:00Z&filter[cohort]=2022')).toEqual([])
  })

  test.each([
    'invalid',
    '2025-02-30',
    '2025-13-01',
    '2025-01-28 13:15:00',
    '2025-01-28T13:15Z',
    '1738070100',
    '2025-01-28T25:00:00Z',
    '0000-01-01',
    '0001-01-01T00:00:00%2B14:00',
    '9999-12-31T23:59:59-14:00',
    '%00',
    'x'.repeat(10_000),
  ])('by moment refuse %s', async (value) => {
    const answer = await ask(app, `/api/${version}/npq-applications?filter[updated_since]=${value}`, { token })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().errors).toEqual([{ code: 'filter_not_a_date', title: 'Bad request', detail: expect.stringContaining('#/updated_since') }])
  })

  test('by moment refuse something nested', async () => {
    for (const key of ['filter[updated_since][]', 'filter[updated_since][x]']) {
      expect((await ask(app, `/api/${version}/npq-applications?${key}=2025-01-28`, { token })).statusCode).toBe(400)
    }
  })
})

describe('the participant filter', () => {
  test('takes ids in v3, and is passed over in v1 and v2', async () => {
    const [one, two, three] = [await make.application(db), await make.application(db), await make.application(db)]
    const users = await db.selectFrom('users').select('public_id').orderBy('id').execute()
    const [first = '', second = ''] = users.map(({ public_id }) => public_id)
    const cases: [string, unknown[]][] = [
      [first, [one.public_id]],
      [`${first.toUpperCase()},${second}`, [one.public_id, two.public_id]],
      [`${second},`, [two.public_id]],
      ['00000000-0000-4000-8000-000000000000', []],
      [',', []],
      ['', [one.public_id, two.public_id, three.public_id]],
    ]
    for (const [value, ids] of cases) expect(await listed('v3', `filter[participant_id]=${value}`), value).toEqual(ids)
    for (const version of ['v1', 'v2']) expect(await listed(version, 'filter[participant_id]=nonsense')).toHaveLength(3)
  })

  test.each(['filter[participant_id]=not-a-uuid', 'filter[participant_id][x]=1', 'filter[participant_id][]=1'])('refuses %s', async (query) => {
    const answer = await ask(app, `/api/v3/npq-applications?${query}`, { token })
    expect([answer.statusCode, answer.json().errors[0].title]).toEqual([400, 'Bad request'])
  })

  test.each([
    (id: string) => `${id},not-a-uuid`,
    (id: string) => `,${id}`,
    (id: string) => `${id},, ${id}`,
    (id: string) => ` ${id}`,
    (id: string) => id.replaceAll('-', ''),
  ])('refuses a list with a fault (%#)', async (list) => {
    const id = '00000000-0000-4000-8000-000000000000'
    expect((await ask(app, `/api/v3/npq-applications?filter[participant_id]=${list(id)}`, { token })).statusCode).toBe(400)
  })
})

describe('the order of the list', () => {
  test('is by creation, or in v3 by the keys that are asked for', async () => {
    const times = [
      ['2026-01-01T00:00Z', '2026-03-01T00:00Z'],
      ['2026-01-02T00:00Z', '2026-02-01T00:00Z'],
      ['2026-01-03T00:00Z', '2026-03-01T00:00Z'],
    ] as const
    const ids: string[] = []
    for (const [created, updated] of times) ids.push((await make.application(db, { created_at: at(created), updated_at: at(updated) })).public_id)
    const order = async (version: string, query: string) => (await listed(version, query)).map((id) => ids.indexOf(id)).join('')
    const cases = { '': '012', bogus: '012', email: '012', '-created_at': '210', '+created_at': '012', '%2Bcreated_at': '012' }
    const mixed = { '+updated_at,-created_at': '120', '-updated_at,created_at,bogus': '021', updated_at: '102', '-updated_at': '021' }
    for (const [sort, expected] of Object.entries({ ...cases, ...mixed })) expect(await order('v3', `sort=${sort}`), sort).toBe(expected)
    expect(await order('v3', 'sort[]=-created_at')).toBe('012')
    for (const version of ['v1', 'v2']) expect(await order(version, 'sort=-created_at')).toBe('012')
  })

  test('keeps pages apart where every application was made at the same instant', async () => {
    const user = await make.user(db)
    const template = await make.application(db, { user })
    await make.copies(db, template, 249)
    for (const sort of ['', 'sort=-created_at&', 'sort=updated_at&']) {
      const pages = await Promise.all([1, 2, 3].map((page) => listed('v3', `${sort}page[page]=${page}`)))
      expect(pages.map((page) => page.length)).toEqual([100, 100, 50])
      expect(new Set(pages.flat()).size).toBe(250)
    }
  })
})

describe.each(['v1', 'v2'])('the CSV file of %s', (version) => {
  const csv = async (query = '') => ask(app, `/api/${version}/npq-applications.csv${query}`, { token })
  const header =
    'id,participant_id,full_name,email,email_validated,teacher_reference_number,teacher_reference_number_validated,school_urn,school_ukprn,private_childcare_provider_urn,headteacher_status,eligible_for_funding,funded_place,funding_choice,course_identifier,status,works_in_school,employer_name,employment_role,created_at,updated_at,cohort,ineligible_for_funding_reason,targeted_delivery_funding_eligibility,teacher_catchment,teacher_catchment_country,teacher_catchment_iso_country_code,itt_provider,lead_mentor\n'

  test('is its header alone where there are no applications', async () => {
    const answer = await csv()
    expect([answer.statusCode, answer.body]).toEqual([200, header])
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv', 'cache-control': 'no-store' })
    expect(answer.headers).not.toHaveProperty('content-disposition')
  })

  test('quotes only what needs quotes, keeps formulas, and counts every change of the person', async () => {
    const user = await make.user(db, {
      full_name: '=SUM(1)',
      email: 'p@school.example',
      trn: '0217654',
      trn_verified: false,
      updated_at: at('2026-10-09T00:00Z'),
    })
    await make.acceptedApplication(db, { user, cohort: '2022a' })
    const application = await make.application(db, { user, employer_name: 'Smith, "Jones"', employment_role: 'line\nbreak' })
    const { body } = await csv('?page[page]=-1&filter[cohort]=2023')
    expect(body).toBe(
      `${header}${application.public_id},${user.public_id},=SUM(1),p@school.example,true,0217654,false,,,,,true,,,npq-headship,pending,,"Smith, ""Jones""","line\nbreak",2026-10-01T09:00:00Z,2026-10-09T00:00:00Z,2023,previously-funded,false,false,,,,false\n`,
    )
  })

  test('holds every row in the order of the list, however many', async () => {
    const template = await make.application(db)
    await make.copies(db, template, 2500)
    const ids = (await csv()).body
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[0])
    const expected = await db.selectFrom('applications').select('public_id').orderBy('created_at').orderBy('id').execute()
    expect(ids).toEqual(expected.map(({ public_id }) => public_id))
  })

  test('refuses a bad filter as JSON', async () => {
    const answer = await csv('?filter[updated_since]=invalid')
    expect([answer.statusCode, answer.headers['content-type'], answer.json().errors[0].title]).toEqual([400, 'application/json', 'Bad request'])
  })
})

test('two providers never see each other’s applications, whatever they ask', async () => {
  const names = ['Ambition Institute', 'Teach First'] as const
  const tokens = [token, await make.token(db, 'Teach First')]
  const users = [await make.user(db), await make.user(db), await make.user(db)]
  const owned = fc.array(fc.record({ owner: fc.nat(1), user: fc.nat(2), cohort: fc.constantFrom('2022a', '2023a') }), { minLength: 1, maxLength: 6 })
  const queries = fc.constantFrom('', 'filter[cohort]=2022', 'filter[updated_since]=2020-01-01', 'sort=-updated_at', 'page[per_page]=3000')
  await fc.assert(
    fc.asyncProperty(owned, queries, fc.constantFrom(...versions), async (applications, query, version) => {
      await db.deleteFrom('applications').execute()
      const ids: [Set<string>, Set<string>] = [new Set(), new Set()]
      for (const { owner, user, cohort } of applications) {
        const made = await make.application(db, { provider: names[owner] ?? '', user: users[user] ?? { id: 0 }, cohort })
        ids[owner as 0 | 1].add(made.public_id)
      }
      for (const [caller, own] of ids.entries()) {
        const get = (path: string) => ask(app, `/api/${version}/npq-applications${path}`, { token: tokens[caller] ?? '' })
        const shown: Shown[] = (await get(`?${query}`)).json().data
        expect(shown.every(({ id }) => own.has(id))).toBe(true)
        for (const foreign of ids[caller === 0 ? 1 : 0]) {
          expect((await get(`/${foreign}`)).statusCode).toBe(404)
          if (version !== 'v3') expect((await get('.csv')).body).not.toContain(foreign)
        }
      }
    }),
    { numRuns: 40 },
  )
})
