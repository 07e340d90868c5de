import { sql } from 'kysely'
import type { StatementItemState, StatementState } from '../../db/schema.ts'
import type { DeclarationState } from '../../words.ts'
import { type Check, heldIn, noSuchRecord, type Sql } from './step.ts'

/** What statements hold of a declaration in each state (04 section 3, 05 section 4): its payment and its refund, `none` where there may be none. */
const itemsOf: Record<DeclarationState, { payment: readonly (StatementItemState | 'none')[]; refund?: StatementItemState }> = {
  submitted: { payment: ['none'] },
  eligible: { payment: ['eligible'] },
  payable: { payment: ['payable'] },
  paid: { payment: ['paid'] },
  voided: { payment: ['none', 'voided'] },
  ineligible: { payment: ['none', 'ineligible'] },
  awaiting_clawback: { payment: ['paid'], refund: 'awaiting_clawback' },
  clawed_back: { payment: ['paid'], refund: 'clawed_back' },
}

/** The states of a statement on which an item can stand; any where it says nothing. */
const statementsOf: Partial<Record<StatementItemState, readonly StatementState[]>> = {
  eligible: ['open'],
  payable: ['payable'],
  paid: ['paid'],
  awaiting_clawback: ['open', 'payable'],
  clawed_back: ['paid'],
}

const refunds = ['awaiting_clawback', 'clawed_back']

/** What the items of a declaration must not be, so that no declaration stays as it is for ever and no money is counted wrongly. */
export const itemChecks: Check[] = [
  { each: 'items', fails: sql`not ${onStatement(sql`true`)}`, at: 'statement_id', problem: noSuchRecord },
  {
    each: 'items',
    fails: onStatement(sql`there.lead_provider_id <> record.lead_provider_id`),
    at: 'statement_id',
    problem: 'refers to a statement of another lead provider',
  },
  {
    each: 'items',
    fails: onStatement(sql`(there.totals is not null or (there.state = 'payable' and there.marked_as_paid_at is not null))`),
    at: 'statement_id',
    problem: 'refers to a statement whose payment was authorised here: nothing comes onto it any more',
  },
  ...Object.entries(itemsOf).flatMap(([state, items]) => checksOf(state, items)),
  ...Object.entries(statementsOf).map(([item, on]) => ({
    each: 'items',
    fails: sql`held.state = ${item} and ${onStatement(sql`there.state <> all (${on}::text[])`)}`,
    at: 'state',
    problem: `is ${item}, which needs a statement that is ${on.join(' or ')}`,
  })),
]

function onStatement(condition: Sql): Sql {
  return sql`exists (select from statements as there where there.public_id = held.statement_id and ${condition})`
}

function checksOf(state: string, { payment, refund }: (typeof itemsOf)[DeclarationState]): Check[] {
  const payments = payment.filter((each) => each !== 'none')
  const allowed = refund ? [...payments, refund] : payments
  const needs = (item: string, is: Sql): Check => ({
    fails: sql`record.state = ${state} and not exists (select from ${heldIn('declaration', 'items')} where ${is})`,
    at: 'items',
    problem: `must hold the ${item} item of a declaration that is ${state}`,
  })
  return [
    {
      each: 'items',
      fails: sql`record.state = ${state} and held.state <> all (${allowed}::text[])`,
      at: 'state',
      problem:
        allowed.length > 0
          ? `does not go with a declaration that is ${state}: its items are ${allowed.join(' and ')}`
          : `does not go with a declaration that is ${state}: it has no items`,
    },
    ...(payment.includes('none') ? [] : [needs(String(payment[0]), sql`held.state <> all (${refunds}::text[])`)]),
    ...(refund ? [needs(refund, sql`held.state = any (${refunds}::text[])`)] : []),
  ]
}
