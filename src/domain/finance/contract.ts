import type { CourseIdentifier, DeclarationType } from '../../words.ts'
import type { Decimal } from './money.ts'

/** The prices of a contract's template. */
export type Terms = {
  recruitment_target: number
  per_participant: Decimal
  number_of_payment_periods: number
  output_payment_percentage: number
  service_fee_percentage: number
  service_fee_installments: number
  /** null: computed from the other terms */
  monthly_service_fee: Decimal | null
  targeted_delivery_funding_per_participant: Decimal
  special_course: boolean
}

/** How many distinct people a type of declaration was made for. */
export type PerType = Record<DeclarationType, number>

/** What the items of a statement count for one course (05 section 7.1). */
export type Counts = {
  billable: PerType
  refundable: PerType
  notEligible: number
  /** started, billable and entitled to targeted delivery funding; and the same among the refunds */
  targeted: number
  targetedRefunds: number
}

export type Contract = {
  id: number
  course: { identifier: CourseIdentifier; name: string }
  terms: Terms
  counts: Counts
}

/** One line of what is owed: so many at such a price. */
export type Line = { label: string; count: number; price: Decimal; total: Decimal }

export const noCounts = (): Counts => ({
  billable: { started: 0, 'retained-1': 0, 'retained-2': 0, completed: 0 },
  refundable: { started: 0, 'retained-1': 0, 'retained-2': 0, completed: 0 },
  notEligible: 0,
  targeted: 0,
  targetedRefunds: 0,
})

export function countAll(counts: PerType): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
