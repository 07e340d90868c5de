import { coursesWithoutTargetedDeliveryFunding } from '../../words.ts'
import type { Contract, Line } from './contract.ts'

/** Whether the course can have targeted delivery funding at all (05 section 7.4). */
export function courseHasTargetedDeliveryFunding({ course }: Pick<Contract, 'course'>): boolean {
  return !coursesWithoutTargetedDeliveryFunding.includes(course.identifier)
}

/** Whether targeted delivery funding is paid: until October 2025, for cohorts from 2022 on. */
export function usesTargetedDeliveryFunding(statement: { year: number; month: number }, cohort: { start_year: number }): boolean {
  return statement.year * 12 + statement.month <= 2025 * 12 + 10 && cohort.start_year >= 2022
}

/** Targeted delivery funding of a course and what is taken back of it, as a positive and a negative line. */
export function targetedDeliveryFunding({ terms, counts }: Contract): [paid: Line, refunded: Line] {
  const price = terms.targeted_delivery_funding_per_participant
  const back = price.negated()
  return [
    { label: 'Targeted delivery funding', count: counts.targeted, price, total: price.times(counts.targeted) },
    { label: 'Clawbacks of targeted delivery funding', count: counts.targetedRefunds, price: back, total: back.times(counts.targetedRefunds) },
  ]
}
