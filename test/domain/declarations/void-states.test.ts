import { beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transacting } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import type { RowOf, StatementItemState, StatementState } from '../../../src/db/schema.ts'
import { type DeclarationState, declarationStates } from '../../../src/words.ts'
import { database } from '../../support/database.ts'
import { voidOf } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'

// Every state that a declaration can have, with every item that can stand on a statement for it, on a statement in every state. What
// the verb allows the database must allow, and what it forbids the verb must refuse in its own words, so nothing here may throw.

let db: Database
let application: RowOf<'applications'>
let holding: Record<StatementState, RowOf<'statements'>>
beforeEach(async () => {
  db = await database()
  application = await make.acceptedApplication(db)
  const on = (month: number, state: StatementState) => make.statement(db, { month, state, deadline_date: null, payment_date: null, courses: [] })
  holding = { open: await on(1, 'open'), payable: await on(2, 'payable'), paid: await on(3, 'paid') }
})

type Item = { state: StatementItemState; on: StatementState } | undefined
const onEach = (states: readonly StatementItemState[]): Item[] =>
  states.flatMap((state) => (['open', 'payable', 'paid'] as const).map((on) => ({ state, on })))
const payments: Item[] = [undefined, ...onEach(['eligible', 'payable', 'paid', 'ineligible', 'voided'])]
const refunds: Item[] = [undefined, { state: 'awaiting_clawback', on: 'open' }, { state: 'clawed_back', on: 'paid' }]

const unpaid: readonly DeclarationState[] = ['submitted', 'eligible', 'payable', 'ineligible']
const billable: readonly string[] = ['eligible', 'payable', 'paid']

/** What section 10 says of it: why it is refused, or what becomes of the declaration, of its payment and of its refund. */
function expected(state: DeclarationState, payment: Item, refund: Item, next: boolean) {
  const is = (declaration: DeclarationState, ...items: (StatementItemState | undefined)[]) => [
    declaration,
    ...items.filter((item) => item !== undefined),
  ]
  if (state === 'voided') return /voided already/
  if (unpaid.includes(state)) {
    if (payment?.on === 'paid' && billable.includes(payment.state))
      return /^This declaration is (submitted|eligible|payable|ineligible), but .* has been paid/
    const voided = payment && ['eligible', 'payable', 'ineligible'].includes(payment.state)
    return is('voided', voided ? 'voided' : payment?.state, refund?.state)
  }
  if (refund) return /clawed back, or has been, already/
  if (!next) return /Contracts for the 2023 cohort have ended/
  return state === 'paid' ? is('awaiting_clawback', payment?.state, 'awaiting_clawback') : /Only a declaration that was paid/
}

async function outcomeOf(trx: Transacting, state: DeclarationState, items: readonly Item[]) {
  const declaration = await make.declaration(trx, { application, state })
  for (const item of items) if (item) await make.item(trx, { declaration: { ...declaration, state: item.state }, statement: holding[item.on] })
  const { refusals } = await voidOf(trx, declaration)
  const after = await trx.selectFrom('declarations').select('state').where('id', '=', declaration.id).executeTakeFirstOrThrow()
  const standing = await trx.selectFrom('statement_items').select('state').where('declaration_id', '=', declaration.id).orderBy('id').execute()
  const states = [after, ...standing].map((row) => row.state)
  if (refusals.length > 0) expect(states).toEqual([state, ...items.flatMap((item) => item?.state ?? [])])
  return refusals.length > 0 ? refusals : states
}

async function expectEach(state: DeclarationState, standing: readonly Item[][], next: boolean) {
  if (next) await make.statement(db, { courses: [] })
  for (const [payment, refund] of standing) {
    const came = await rehearse(db, { real: false }, (trx) => outcomeOf(trx, state, [payment, refund]))
    const wanted = expected(state, payment, refund, next)
    const which = JSON.stringify({ payment, refund })
    if (wanted instanceof RegExp)
      expect(came, which).toContainEqual(expect.objectContaining({ title: 'declaration', detail: expect.stringMatching(wanted) }))
    else expect(came, which).toEqual(wanted)
  }
}

describe('a void does what is said, or says why not, whatever stands on which statement for a declaration', () => {
  test.each(declarationStates)('that is %s', { timeout: 60_000 }, async (state) => {
    await expectEach(
      state,
      payments.flatMap((payment) => refunds.map((refund) => [payment, refund])),
      true,
    )
  })

  test.each(declarationStates)('that is %s, where no statement takes refunds', { timeout: 60_000 }, async (state) => {
    await expectEach(
      state,
      payments.map((payment) => [payment]),
      false,
    )
  })
})
