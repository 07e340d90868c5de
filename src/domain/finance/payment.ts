import type { RowOf } from '../../db/schema.ts'
import type { DeclarationState, DeclarationType } from '../../words.ts'
import { ineligibleForFundingReason } from '../applications/application.ts'
import type { Contract } from './contract.ts'
import { type Decimal, zero } from './money.ts'
import { outputPerDeclaration } from './output-fees.ts'
import { courseHasTargetedDeliveryFunding, usesTargetedDeliveryFunding } from './targeted-delivery-funding.ts'

/** The statement that pays for something. */
export type PayingStatement = Pick<RowOf<'statements'>, 'public_id' | 'year' | 'month' | 'deadline_date' | 'payment_date'> & { start_year: number }

export type PaymentFacts = Readonly<{
  state: DeclarationState
  declaration_type: DeclarationType
  eligible_for_funding: boolean
  funding_eligibility_status_code: string | null
  previously_funded: boolean
  funded_place: boolean | null
  targeted_delivery_funding_eligibility: boolean | null
  /** where the declaration is on one to be paid */
  statement: PayingStatement | undefined
  /** of that statement, for the declaration's course */
  contract: Contract | undefined
}>

export const unpaidReasons = ['duplicate-declaration', 'place-not-funded', 'previously-funded', 'establishment-ineligible', 'no-contract'] as const
export type UnpaidReason = (typeof unpaidReasons)[number]

/** What a declaration is paid, on which statement, and why it is not paid where it is not. */
export type Payment = Readonly<{ statement: PayingStatement | undefined; amount: Decimal; unpaid: UnpaidReason | null }>

/** What comes of a declaration as things stand (05 sections 7.2 and 7.4). */
export function paymentOf(facts: PaymentFacts): Payment {
  const { state, statement, contract, funded_place } = facts
  const nothing = (unpaid: UnpaidReason): Payment => ({ statement, amount: zero, unpaid })
  if (state === 'ineligible') return nothing('duplicate-declaration')
  if (!statement) return nothing(funded_place === false ? 'place-not-funded' : (ineligibleForFundingReason(facts) ?? 'establishment-ineligible'))
  if (!contract) return nothing('no-contract')
  const targeted = hasTargetedDeliveryFunding(facts, statement, contract) ? contract.terms.targeted_delivery_funding_per_participant : zero
  return { statement, amount: outputPerDeclaration(contract.terms).plus(targeted), unpaid: null }
}

function hasTargetedDeliveryFunding(facts: PaymentFacts, statement: PayingStatement, contract: Contract): boolean {
  const { declaration_type, targeted_delivery_funding_eligibility, eligible_for_funding } = facts
  const entitled = declaration_type === 'started' && targeted_delivery_funding_eligibility === true && eligible_for_funding
  return entitled && usesTargetedDeliveryFunding(statement, statement) && courseHasTargetedDeliveryFunding(contract)
}
