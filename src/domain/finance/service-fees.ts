import type { Contract, Line, Terms } from './contract.ts'
import { Decimal, zero } from './money.ts'

type Fees = Pick<Terms, 'monthly_service_fee' | 'recruitment_target' | 'per_participant' | 'service_fee_percentage' | 'service_fee_installments'>

/** The fee of one month: as agreed, 0 included, or computed where none was agreed (05 section 7.3). */
export function monthlyServiceFee(terms: Fees): Decimal {
  if (terms.monthly_service_fee !== null) return terms.monthly_service_fee
  if (terms.service_fee_percentage === 0) return zero
  const shared = terms.per_participant.times(terms.service_fee_percentage).times(terms.recruitment_target)
  return shared.div(new Decimal(100).times(terms.service_fee_installments))
}

/** The service fee of a course. It depends on no declaration. */
export function serviceFee({ terms }: Pick<Contract, 'terms'>): Line {
  const total = monthlyServiceFee(terms)
  return { label: 'Service fee', count: terms.recruitment_target, price: total.div(terms.recruitment_target), total }
}
