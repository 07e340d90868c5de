import type { Contract, Line } from './contract.ts'

const coursesWithout: readonly string[] = ['npq-early-headship-coaching-offer', 'npq-additional-support-offer']

/** Whether the course can have targeted delivery funding at all (05 section 7.4). */
export function courseHasTargetedDeliveryFunding({ course }: Pick<Contract, 'course'>): boolean {
  return !coursesWithout.includes(course.identifier)
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
