import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, test } from 'vitest'
import { contractColumns, csvText, declarationColumns, declarationsFileName } from '../../src/cli/statement-files.ts'
import type { Database } from '../../src/db/connect.ts'
import type { RowOf } from '../../src/db/schema.ts'
import { contractsInForce } from '../../src/domain/statements/contracts.ts'
import { declarationsOn, voidedOn } from '../../src/domain/statements/items.ts'
import { readContractRows } from '../../src/domain/statements/statement-rows.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

describe('the file of a statement’s declarations', () => {
  type Of = make.ApplicationFacts & { declared?: Partial<RowOf<'declarations'>> }
  async function declare(statement: RowOf<'statements'>, { declared, ...facts }: Of = {}) {
    const application = await make.acceptedApplication(db, facts)
    const declaration = await make.declaration(db, { application, state: 'eligible', ...declared })
    await make.item(db, { statement, declaration })
    return { application, declaration }
  }
  const rows = async ({ id }: { id: number }): Promise<Record<string, string>[]> =>
    parse(csvText(declarationColumns, await declarationsOn(db, id)), { columns: true })

  test('has its twenty columns in order, and tells of a declaration as finance checks it', async () => {
    const statement = await make.statement(db, { year: 2026, month: 3 })
    const user = await make.user(db, { full_name: 'Ada Osei', trn: '1234567' })
    const { declaration } = await declare(statement, { user, funded_place: true, targeted_delivery_funding_eligibility: true })
    expect(await rows(statement)).toEqual([
      {
        'Participant ID': user.public_id,
        'Participant Name': 'Ada Osei',
        TRN: '1234567',
        'Course Identifier': 'npq-headship',
        Schedule: 'npq-leadership-autumn',
        'Eligible For Funding': 'true',
        'Funded place': 'true',
        'Lead Provider Name': 'Ambition Institute',
        'School Urn': '',
        'School Name': '',
        'Training Status': 'active',
        'Training Status Reason': '',
        'Declaration ID': declaration.public_id,
        'Declaration Status': 'eligible',
        'Declaration Type': 'started',
        'Declaration Date': '2023-11-01T10:00:00Z',
        'Declaration Created At': '2026-10-01T09:00:00Z',
        'Statement Name': 'March 2026',
        'Statement ID': statement.public_id,
        'Targeted Delivery Funding': 'true',
      },
    ])
    const [header] = csvText(declarationColumns, []).split('\n')
    expect(header).toBe(
      'Participant ID,Participant Name,TRN,Course Identifier,Schedule,Eligible For Funding,Funded place,Lead Provider Name,School Urn,School Name,Training Status,Training Status Reason,Declaration ID,Declaration Status,Declaration Type,Declaration Date,Declaration Created At,Statement Name,Statement ID,Targeted Delivery Funding',
    )
  })

  test.each<[string, 'withdrawn' | 'deferred' | 'active', string]>([
    ['gives the reason of a withdrawal', 'withdrawn', 'moved-school'],
    ['gives no reason of a deferral', 'deferred', ''],
    ['gives no reason of training that goes on', 'active', ''],
  ])('%s', async (_, state, expected) => {
    const statement = await make.statement(db)
    const { application } = await declare(statement, { training_status: state })
    const latest = { application_id: application.id, lead_provider_id: application.lead_provider_id, state, reason: 'moved-school' }
    await make.insert(db, 'application_states', { ...latest, created_at: Temporal.Instant.from('2026-11-01T00:00Z') })
    expect(await rows(statement)).toMatchObject([{ 'Training Status': state, 'Training Status Reason': expected }])
  })

  test('takes no reason from a withdrawal at another provider, nor from one that was followed by a return', async () => {
    const statement = await make.statement(db)
    const { application } = await declare(statement)
    const withdrawal = { application_id: application.id, state: 'withdrawn' as const, reason: 'moved-school' }
    const elsewhere = (await make.provider(db, 'Teach First')).id
    await make.insert(db, 'application_states', {
      ...withdrawal,
      lead_provider_id: elsewhere,
      created_at: Temporal.Instant.from('2026-11-03T00:00Z'),
    })
    for (const [state, day] of [
      ['withdrawn', 1],
      ['active', 2],
    ] as const)
      await make.insert(db, 'application_states', {
        ...withdrawal,
        state,
        lead_provider_id: application.lead_provider_id,
        created_at: Temporal.Instant.from(`2026-11-0${day}T00:00Z`),
      })
    expect(await rows(statement)).toMatchObject([{ 'Training Status Reason': '' }])
  })

  test('holds every state of item, by name and then by age, and nothing of another statement or provider', async () => {
    const statement = await make.statement(db)
    const person = async (full_name: string) => make.user(db, { full_name })
    const bo = await person('Bo')
    await declare(statement, {
      user: bo,
      declared: { declaration_type: 'retained-1', state: 'voided', created_at: Temporal.Instant.from('2026-10-02T00:00Z') },
    })
    await declare(statement, { user: bo, course: 'npq-senco', declared: { state: 'ineligible' } })
    await declare(statement, { user: await person('Al'), declared: { state: 'eligible' } })
    await declare(await make.statement(db, { month: 12 }))
    await declare(statement, { declared: { lead_provider_id: (await make.provider(db, 'Teach First')).id } })
    expect((await rows(statement)).map((row) => [row['Participant Name'], row['Declaration Status']])).toEqual([
      ['Al', 'eligible'],
      ['Bo', 'ineligible'],
      ['Bo', 'voided'],
    ])
    expect(await voidedOn(db, statement.id)).toMatchObject([{ participant_id: bo.public_id, declaration_type: 'retained-1' }])
  })

  test('names the school, and leaves empty what is not known', async () => {
    const statement = await make.statement(db)
    const school = await make.insert(db, 'schools', { urn: '123456', name: 'Oak School' })
    await declare(statement, { school_id: school.id, user: await make.user(db, { trn: null, trn_verified: false }) })
    expect(await rows(statement)).toMatchObject([
      { TRN: '', 'Funded place': '', 'School Urn': '123456', 'School Name': 'Oak School', 'Targeted Delivery Funding': 'false' },
    ])
  })

  test('has a row for an application without a schedule, and makes formulas harmless', async () => {
    const statement = await make.statement(db)
    await declare(statement, { user: await make.user(db, { full_name: '=HYPERLINK("http://bad.example")' }), schedule_id: null })
    const text = csvText(declarationColumns, await declarationsOn(db, statement.id))
    expect(text).toContain(`,"'=HYPERLINK(`)
    expect(await rows(statement)).toMatchObject([{ Schedule: '' }])
  })

  test.each([
    ['Example Trust (UK)', '2025b', 'NPQ-Declarations-ExampleTrustUK-Cohort2025b-March2026.csv'],
    ['LLSE', '2025a', 'NPQ-Declarations-LLSE-Cohort2025-March2026.csv'],
  ])('is named after its provider %s, cohort %s and month', (provider, cohort, expected) => {
    expect(declarationsFileName({ provider, cohort, year: 2026, month: 3 })).toBe(expected)
  })
})

describe('the file of a cohort’s contracts', () => {
  test('has what the latest payment run up to this month says, by provider and course', async () => {
    const price = async (facts: make.StatementFacts, per_participant: string, monthly_service_fee: string | null = '43.21') =>
      make.contract(db, {
        statement: await make.statement(db, { courses: [], ...facts }),
        course: 'npq-headship',
        per_participant,
        monthly_service_fee,
      })
    await price({ month: 9 }, '700')
    await price({ month: 10 }, '800', null)
    await price({ month: 11, output_fee: false }, '900')
    await price({ month: 12 }, '1000')
    await price({ cohort: '2022a', month: 10 }, '1100')
    await price({ provider: 'Teach First', month: 11 }, '812.50')
    const { id } = await make.cohortNamed(db, '2023a')
    const text = csvText(contractColumns, await contractsInForce(db, id, Temporal.PlainDate.from('2026-11-15')))
    expect(text.trim().split('\n')).toEqual([
      'lead_provider_name,course_identifier,recruitment_target,per_participant,service_fee_installments,special_course,monthly_service_fee',
      'Ambition Institute,npq-headship,100,800.0,19,false,0.0',
      'Teach First,npq-headship,100,812.5,19,false,43.21',
    ])
    const known = { providers: new Set(['Ambition Institute', 'Teach First']), courses: new Set(['npq-headship']) }
    expect(readContractRows(new TextEncoder().encode(text), known)).toMatchObject({ rows: [{ per_participant: '800.0' }, {}], refusals: [] })
  })
})
