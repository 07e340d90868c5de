import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { rehearse } from '../../src/db/rehearse.ts'
import type { NewRowOf, StatementState } from '../../src/db/schema.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

/** $1: a statement in this state with a contract, an adjustment and an item; $2: an open one with the same; $3: one in this state with nothing. */
async function holding(state: StatementState) {
  const statement = await make.statement(db, { state })
  const elsewhere = await make.statement(db, { month: 12, deadline_date: null, courses: ['npq-senco'] })
  const empty = await make.statement(db, { month: 10, state, courses: [] })
  for (const { id } of [statement, elsewhere]) {
    await make.insert(db, 'adjustments', { statement_id: id, description: 'Travel', amount: '5' })
    const held = id === elsewhere.id || state === 'open' ? 'eligible' : state
    await make.item(db, {
      statement: { id },
      declaration: await make.declaration(db, { application: await make.acceptedApplication(db), state: held }),
    })
  }
  return [statement.id, elsewhere.id, empty.id]
}

// what is kept, from which state on, and the change that must not happen then
const kept: [what: string, from: 'payable' | 'paid' | 'never', change: string][] = [
  ['the deadline', 'payable', "update statements set deadline_date = '2026-11-01' where id = $1"],
  ['the payment date', 'payable', "update statements set payment_date = '2027-11-01' where id = $1"],
  ['the month', 'payable', 'update statements set month = 1 where id = $1'],
  ['the cohort', 'payable', 'update statements set cohort_id = cohort_id + 1 where id = $1'],
  ['the provider', 'payable', 'update statements set lead_provider_id = lead_provider_id + 1 where id = $1'],
  ['the public id', 'payable', 'update statements set public_id = gen_random_uuid() where id = $1'],
  ['the reconcile amount', 'payable', 'update statements set reconcile_amount = 1 where id = $1'],
  ['the statement itself', 'payable', 'delete from statements where id = $3'],
  ['whether it is a payment run', 'paid', 'update statements set output_fee = false where id = $1'],
  ['when payment was authorised', 'paid', 'update statements set marked_as_paid_at = now() where id = $1'],
  ['the figures', 'paid', "update statements set totals = '{}' where id = $1"],
  ['a contract’s template', 'payable', 'update contracts set contract_template_id = contract_template_id + 1 where statement_id = $1'],
  ['a contract', 'payable', 'delete from contracts where statement_id = $1'],
  [
    'a template’s price',
    'payable',
    'update contract_templates set per_participant = 1 where id in (select contract_template_id from contracts where statement_id = $1)',
  ],
  ['an adjustment', 'paid', 'update adjustments set amount = 6 where statement_id = $1'],
  ['an adjustment’s being there', 'paid', 'delete from adjustments where statement_id = $1'],
  ['the place of an item', 'paid', 'update statement_items set statement_id = $2 where statement_id = $1'],
  ['an item', 'paid', 'delete from statement_items where statement_id = $1'],
  ['its contracts from those of others', 'payable', 'update contracts set statement_id = $3 where statement_id = $2'],
  ['its adjustments from those of others', 'paid', 'update adjustments set statement_id = $1 where statement_id = $2'],
  ['its items from those of others', 'paid', 'update statement_items set statement_id = $1 where statement_id = $2'],
  ['nothing that stays the same', 'never', 'update statements set month = month, updated_at = updated_at where id = $1'],
]
const settled: Record<StatementState, string[]> = { open: [], payable: ['payable'], paid: ['payable', 'paid'] }

describe('the database keeps', () => {
  test.each(['open', 'payable', 'paid'] as const)('of a statement that is %s what is settled then, and nothing else', async (state) => {
    const ids = await holding(state)
    const refused = async (change: string) => {
      const written = change.replace(/\$(\d)/g, (_, place) => String(ids[place - 1]))
      try {
        await rehearse(db, { real: false }, (trx) => sql.raw(written).execute(trx))
        return false
      } catch (error) {
        expect(String(error)).toMatch(/cannot (change|be deleted)/)
        return true
      }
    }
    for (const [what, from, change] of kept) expect(await refused(change), `${what}: ${change}`).toBe(settled[state].includes(from))
  })

  test('of a paid statement every item but a duplicate, which may be voided where it is', async () => {
    const statement = await make.statement(db, { state: 'paid' })
    const elsewhere = await make.statement(db, { month: 12, deadline_date: null, courses: [] })
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'ineligible' })
    const { id } = await make.item(db, { statement, declaration })
    const become = (values: Partial<NewRowOf<'statement_items'>>) => db.updateTable('statement_items').set(values).where('id', '=', id).execute()
    await expect(become({ statement_id: elsewhere.id })).rejects.toThrow('once their statement is paid')
    await expect(become({ state: 'voided', statement_id: elsewhere.id })).rejects.toThrow('once their statement is paid')
    await become({ state: 'voided' })
    await expect(become({ updated_at: Temporal.Instant.from('2027-01-01T00:00Z') })).rejects.toThrow('once their statement is paid')
  })

  test('milestones on payment runs, and payment runs with milestones', async () => {
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    const { id } = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'started' })
    const run = await make.statement(db)
    const other = await make.statement(db, { provider: 'Teach First', output_fee: false })
    const link = (statement: { id: number }) => make.insert(db, 'milestone_statements', { milestone_id: id, statement_id: statement.id })
    await link(run)
    await expect(link(other)).rejects.toThrow('a milestone needs a statement that is a payment run')
    const become = (output_fee: boolean, statement: { id: number }) =>
      db.updateTable('statements').set({ output_fee }).where('id', '=', statement.id).execute()
    await expect(become(false, run)).rejects.toThrow('output_fee cannot change while the statement has milestones')
    await become(true, other)
    await become(false, other)
  })

  test('the statements of a milestone in one month, unless a link moves', async () => {
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    const { id } = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'started' })
    const run = (provider: string, month: number, year = 2026) => make.statement(db, { provider, month, year, deadline_date: null, courses: [] })
    const link = (statement: { id: number }) => make.insert(db, 'milestone_statements', { milestone_id: id, statement_id: statement.id })
    const first = await link(await run('Ambition Institute', 11))
    await link(await run('Teach First', 11))
    const [nextMonth, nextYear] = [await run('Ambition Institute', 12), await run('Ambition Institute', 11, 2027)]
    for (const other of [nextMonth, nextYear]) await expect(link(other)).rejects.toThrow('the statements of a milestone are of one month and year')
    await db.updateTable('milestone_statements').set({ statement_id: nextMonth.id }).where('id', '=', first.id).execute()
    await link(await run('LLSE', 12))
    await expect(link(nextYear)).rejects.toThrow('of one month and year')
  })

  test.each([
    ['four letters', 'four', { id: 1 }],
    ['nothing that changed', 'Change price', {}],
  ])('no entry of the financial change log with %s', async (_, operation_description, changes) => {
    const entry = make.insert(db, 'financial_change_logs', { operation_description, data_changes: JSON.stringify(changes) })
    await expect(entry).rejects.toThrow('violates check constraint')
  })

  test('no third item of a declaration, and no second payment or refund', async () => {
    const months = [1, 2, 3].map((month) => make.statement(db, { month, deadline_date: null, courses: [] }))
    const [first, second, third] = await Promise.all(months)
    const { id } = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'paid' })
    const item = (statement: { id: number } | undefined, state: string) =>
      make.item(db, { statement: statement ?? { id: 0 }, declaration: { id, state } })
    await item(first, 'paid')
    await expect(item(second, 'eligible')).rejects.toThrow('statement_items_one_payment')
    await item(second, 'awaiting_clawback')
    await expect(item(third, 'awaiting_clawback')).rejects.toThrow('statement_items_one_refund')
    await expect(item(third, 'voided')).rejects.toThrow('statement_items_one_payment')
  })
})
