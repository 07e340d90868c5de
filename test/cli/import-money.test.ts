import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importDataset } from '../../src/cli/import/load.ts'
import type { Database } from '../../src/db/connect.ts'
import { FaultyDataset } from '../../src/domain/dataset/faults.ts'
import { declarationStates } from '../../src/words.ts'
import { tokenKey } from '../support/app.ts'
import { database, onPostgres } from '../support/database.ts'
import { impossible } from '../support/declarations.ts'
import { untilWaiting } from '../support/waiting.ts'

let db: Database
let folder: string
beforeEach(async () => {
  db = await database()
  folder = await mkdtemp(join(tmpdir(), 'npq-import-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function faultsOf(records: [kind: string, record: object][]): Promise<string[]> {
  const file = join(folder, 'dataset.ndjson')
  await writeFile(file, records.map(([kind, record]) => JSON.stringify({ kind, ...record })).join('\n'))
  try {
    await importDataset(db, file, { environment: 'test', tokenKey, author: 'Admin test', write: true })
    return []
  } catch (error) {
    if (error instanceof FaultyDataset) return error.faults.map(({ place, problem }) => `${place} ${problem}`)
    throw error
  }
}

const statementStates = ['open', 'payable', 'paid'] as const
const id = (kind: number, number = 0) => `${kind}0000000-0000-4111-8111-${String(number).padStart(12, '0')}`
const statementIds = { open: id(1, 1), payable: id(1, 2), paid: id(1, 3) }
const provider = { lead_provider: 'Teach First', cohort: '2024a' }
const statements = statementStates.map(
  (state, index) => ['statement', { ...provider, id: statementIds[state], year: 2026, month: index + 1, state }] as [string, object],
)

/** An item as `state on statement`. */
type Item = `${string} on ${(typeof statementStates)[number]}`

/** A declaration of a person of its own. */
function declared(number: number, state: string, items: Item[], more: object = {}): [string, object][] {
  const held = items.map((item) => {
    const [itemState, on] = item.split(' on ') as [string, keyof typeof statementIds]
    return { state: itemState, statement_id: statementIds[on] }
  })
  const declaration = { id: id(4, number), application_id: id(3, number), declaration_type: 'started', declaration_date: '2024-11-01T09:00:00Z' }
  return [
    ['user', { id: id(2, number), full_name: 'A', email: `a${number}@school.example` }],
    ['application', { ...provider, id: id(3, number), participant_id: id(2, number), course_identifier: 'npq-headship' }],
    ['declaration', { ...provider, ...declaration, state, items: held, ...more }],
  ]
}

/** Every way in which a declaration in each state may stand on statements, as the specification of declarations and finance has it. */
const allowed: Record<string, Item[][]> = {
  submitted: [[]],
  eligible: [['eligible on open']],
  payable: [['payable on payable']],
  paid: [['paid on paid']],
  voided: [[], ['voided on open'], ['voided on payable'], ['voided on paid']],
  ineligible: [[], ['ineligible on open'], ['ineligible on payable'], ['ineligible on paid']],
  awaiting_clawback: [
    ['paid on paid', 'awaiting_clawback on open'],
    ['paid on paid', 'awaiting_clawback on payable'],
  ],
  clawed_back: [['paid on paid', 'clawed_back on paid']],
}

/** Every payment and every refund that an item can be, on every statement, and none. */
function everyWay(): Item[][] {
  const on = (states: string[]) => states.flatMap((state) => statementStates.map((statement) => [`${state} on ${statement}` as Item]))
  const payments = [[], ...on(['eligible', 'payable', 'paid', 'voided', 'ineligible'])]
  const refunds = [[], ...on(['awaiting_clawback', 'clawed_back'])]
  return payments.flatMap((payment) => refunds.map((refund) => [...payment, ...refund]))
}

describe('a statement in a dataset', () => {
  test('has the contracts of another one, which may come later or be there already', async () => {
    const terms = { number_of_payment_periods: 4, output_payment_percentage: 60, service_fee_percentage: 40, service_fee_installments: 19 }
    const money = { per_participant: '800.00', monthly_service_fee: null, targeted_delivery_funding_per_participant: null }
    const contracts = (['npq-headship', 'npq-senco'] as const).map((course_identifier) => ({
      course_identifier,
      recruitment_target: 72,
      ...terms,
      ...money,
    }))
    const month = (number: number, more: object) =>
      ['statement', { ...provider, id: id(1, number), year: 2026, month: number, ...more }] as [string, object]
    expect(await faultsOf([month(1, { contracts_of: id(1, 2) }), month(2, { contracts })])).toEqual([])
    expect(await faultsOf([month(3, { contracts_of: id(1, 2) })])).toEqual([])
    const { rows } = await sql`select month, identifier, contract_template_id from contracts
      join statements on statements.id = statement_id join courses on courses.id = course_id order by month, identifier`.execute(db)
    const template = expect.any(Number)
    expect(rows).toEqual(
      [1, 2, 3].flatMap((month) => ['npq-headship', 'npq-senco'].map((identifier) => ({ month, identifier, contract_template_id: template }))),
    )
    expect(await db.selectFrom('contract_templates').selectAll().execute()).toHaveLength(1)
  })
})

describe('a declaration in a dataset', () => {
  test('is taken with exactly the items that the service could have given it, and leaves nothing that cannot be', async () => {
    const taken = Object.entries(allowed).flatMap(([state, ways]) => ways.map((items) => ({ state, items })))
    const of = (state: string) => (state === 'ineligible' ? { superseded_by_id: id(4) } : {})
    expect(await faultsOf([...statements, ...taken.flatMap(({ state, items }, number) => declared(number, state, items, of(state)))])).toEqual([])
    expect(await impossible(db)).toEqual([])
  })

  test.each(declarationStates)('that is %s is refused with any other, with its place', { timeout: 60_000 }, async (state) => {
    const known = new Set(allowed[state]?.map((items) => items.join()))
    const others = everyWay().filter((items) => !known.has(items.join()))
    expect(others.length + known.size).toBe(16 * 7)
    for (let from = 0; from < others.length; from += 20) {
      const part = others.slice(from, from + 20)
      const faults = await faultsOf([...statements, ...part.flatMap((items, number) => declared(number, state, items))])
      const places = part.map((items, number) => `line ${statements.length + 3 * number + 3} ${items.join(' and ')}`)
      expect(places.filter((place) => !faults.some((fault) => fault.startsWith(`${place.split(' ').slice(0, 2).join(' ')} `)))).toEqual([])
    }
  })

  test.each<[string, Item[], string[]]>([
    ['payable', ['eligible on open'], ['/items/0/state does not go with a declaration that is payable: its items are payable']],
    ['submitted', ['eligible on open'], ['/items/0/state does not go with a declaration that is submitted: it has no items']],
    ['eligible', ['eligible on payable'], ['/items/0/state is eligible, which needs a statement that is open']],
    ['paid', [], ['/items must hold the paid item of a declaration that is paid']],
    ['clawed_back', ['paid on paid'], ['/items must hold the clawed_back item of a declaration that is clawed_back']],
    [
      'awaiting_clawback',
      ['paid on paid', 'awaiting_clawback on paid'],
      ['/items/1/state is awaiting_clawback, which needs a statement that is open or payable'],
    ],
  ])('that is %s with %j is refused in words', async (state, items, expected) => {
    expect(await faultsOf([...statements, ...declared(0, state, items)])).toEqual(expected.map((fault) => `line 6 ${fault}`))
  })

  test('comes onto no statement whose payment was authorised here', async () => {
    expect(await faultsOf(statements)).toEqual([])
    await sql`update statements set marked_as_paid_at = now() where state = 'payable'`.execute(db)
    await sql`alter table statements disable trigger statements_closed`.execute(db)
    await sql`update statements set totals = '{}' where state = 'paid'`.execute(db)
    await sql`alter table statements enable trigger statements_closed`.execute(db)
    const problem = 'refers to a statement whose payment was authorised here: nothing comes onto it any more'
    expect(await faultsOf([...declared(0, 'payable', ['payable on payable']), ...declared(1, 'paid', ['paid on paid'])])).toEqual([
      `line 3 /items/0/statement_id ${problem}`,
      `line 6 /items/0/statement_id ${problem}`,
    ])
  })

  test.runIf(onPostgres)('is judged by its statement as it is once nobody else changes it', async () => {
    expect(await faultsOf(statements)).toEqual([])
    const closing = await db.startTransaction().execute()
    await closing.updateTable('statements').set({ state: 'payable' }).where('public_id', '=', statementIds.open).execute()
    const faults = faultsOf(declared(0, 'eligible', ['eligible on open']))
    await untilWaiting(db)
    await closing.commit().execute()
    expect(await faults).toEqual(['line 3 /items/0/state is eligible, which needs a statement that is open'])
  })
})
