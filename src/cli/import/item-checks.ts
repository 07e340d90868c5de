import type { StatementItemState, StatementState } from '../../db/schema.ts'
import type { DeclarationState } from '../../words.ts'
import type { Check } from './faults.ts'
import { noSuchRecord } from './step.ts'

/** What statements hold of a declaration in each state (04 section 3, 05 section 4): its payment and its refund, `none` where there may be none. */
const held: Record<DeclarationState, { payment: readonly (StatementItemState | 'none')[]; refund?: StatementItemState }> = {
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
const statements: Partial<Record<StatementItemState, readonly StatementState[]>> = {
  eligible: ['open'],
  payable: ['payable'],
  paid: ['paid'],
  awaiting_clawback: ['open', 'payable'],
  clawed_back: ['paid'],
}

const refunds = quoted(['awaiting_clawback', 'clawed_back'])
const statement = "select from statements t where t.public_id = (s ->> 'statement_id')::uuid"

/** What the items of a declaration must not be, so that no declaration stays as it is for ever and no money is counted wrongly. */
export const itemChecks: Check[] = [
  { each: 'items', fails: `not exists (${statement})`, at: 'statement_id', problem: noSuchRecord },
  {
    each: 'items',
    fails: `exists (${statement} and t.lead_provider_id <> r.lead_provider_id)`,
    at: 'statement_id',
    problem: 'refers to a statement of another lead provider',
  },
  {
    each: 'items',
    fails: `exists (${statement} and (t.totals is not null or (t.state = 'payable' and t.marked_as_paid_at is not null)))`,
    at: 'statement_id',
    problem: 'refers to a statement whose payment was authorised here: nothing comes onto it any more',
  },
  {
    each: 'items',
    fails: `exists (select from jsonb_array_elements(r.items) with ordinality as earlier(s, n)
      where earlier.n < held.n and (earlier.s ->> 'state' in (${refunds})) = (held.s ->> 'state' in (${refunds})))`,
    at: 'state',
    problem: 'makes a second payment or a second refund of the declaration',
  },
  ...Object.entries(held).flatMap(([state, items]) => declarationChecks(state, items)),
  ...Object.entries(statements).map(([item, on]) => ({
    each: 'items',
    fails: `s ->> 'state' = '${item}' and exists (${statement} and t.state not in (${quoted(on)}))`,
    at: 'state',
    problem: `is ${item}, which needs a statement that is ${on.join(' or ')}`,
  })),
]

function declarationChecks(state: string, { payment, refund }: (typeof held)[DeclarationState]): Check[] {
  const states = payment.filter((each) => each !== 'none')
  const allowed = refund ? [...states, refund] : states
  const needs = (item: string, among: 'in' | 'not in'): Check => ({
    fails: `r.state = '${state}' and not exists (select from jsonb_array_elements(r.items) as i(s) where s ->> 'state' ${among} (${refunds}))`,
    at: 'items',
    problem: `must hold the ${item} item of a declaration that is ${state}`,
  })
  return [
    {
      each: 'items',
      fails: `r.state = '${state}'${allowed.length > 0 ? ` and s ->> 'state' not in (${quoted(allowed)})` : ''}`,
      at: 'state',
      problem:
        allowed.length > 0
          ? `does not go with a declaration that is ${state}: its items are ${allowed.join(' and ')}`
          : `does not go with a declaration that is ${state}: it has no items`,
    },
    ...(payment.includes('none') ? [] : [needs(String(payment[0]), 'not in')]),
    ...(refund ? [needs(refund, 'in')] : []),
  ]
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
