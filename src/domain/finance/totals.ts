import type { Contract, Line } from './contract.ts'
import { type Decimal, sum, zero } from './money.ts'
import { clawbacks, outputFee } from './output-fees.ts'
import { serviceFee } from './service-fees.ts'
import { courseHasTargetedDeliveryFunding, targetedDeliveryFunding } from './targeted-delivery-funding.ts'

/** Everything that a statement's figures are computed from. */
export type StatementFacts = {
  usesTargetedDeliveryFunding: boolean
  reconcileAmount: Decimal | null
  contracts: Contract[]
  adjustments: { description: string; amount: Decimal }[]
  /** items whose declaration is voided, of all courses */
  voided: number
  /** courses of items that no contract of the statement pays for */
  coursesWithoutContract: string[]
}

/** What one course comes to; its total is the sum of its lines. */
export type CourseFigures = {
  course: Contract['course']
  special: boolean
  counts: Contract['counts']
  hasTargetedDeliveryFunding: boolean
  output: Line
  clawbacks: Line[]
  targeted: Line
  targetedRefund: Line
  serviceFee: Line
  total: Decimal
}

export type Totals = {
  output_payment: Decimal
  targeted_delivery_funding: Decimal
  service_fees: Decimal
  clawback_payments: Decimal
  targeted_delivery_funding_refund: Decimal
  /** both of the two above */
  clawbacks: Decimal
  adjustments: Decimal
  reconcile_amount: Decimal
  /** what is paid, without VAT */
  payment: Decimal
  starts: number
  retained: number
  completed: number
  voided: number
}

export type Figures = { courses: CourseFigures[]; totals: Totals }

/** Every figure of a statement, exact; special courses stand apart from the totals (05 sections 7.5 and 7.6). */
export function figuresOf(facts: StatementFacts): Figures {
  const courses = facts.contracts
    .map((contract) => courseFigures(contract, facts.usesTargetedDeliveryFunding))
    .sort((one, other) => (one.course.identifier < other.course.identifier ? -1 : 1))
  return {
    courses,
    totals: totalsOf(
      facts,
      courses.filter(({ special }) => !special),
    ),
  }
}

function courseFigures(contract: Contract, statementHasFunding: boolean): CourseFigures {
  const hasTargetedDeliveryFunding = statementHasFunding && courseHasTargetedDeliveryFunding(contract)
  const counts = hasTargetedDeliveryFunding ? contract.counts : { ...contract.counts, targeted: 0, targetedRefunds: 0 }
  const [targeted, targetedRefund] = targetedDeliveryFunding({ ...contract, counts })
  const lines = { output: outputFee(contract), clawbacks: clawbacks(contract), targeted, targetedRefund, serviceFee: serviceFee(contract) }
  const { output, serviceFee: fee } = lines
  const total = sum([output, ...lines.clawbacks, targeted, targetedRefund, fee].map((line) => line.total))
  return { course: contract.course, special: contract.terms.special_course, counts, hasTargetedDeliveryFunding, ...lines, total }
}

function totalsOf(facts: StatementFacts, courses: CourseFigures[]): Totals {
  const output_payment = sum(courses.map(({ output }) => output.total))
  const targeted_delivery_funding = sum(courses.map(({ targeted }) => targeted.total))
  const service_fees = sum(courses.map(({ serviceFee: fee }) => fee.total))
  const clawback_payments = sum(courses.flatMap((course) => course.clawbacks.map(({ total }) => total))).negated()
  const targeted_delivery_funding_refund = sum(courses.map(({ targetedRefund }) => targetedRefund.total)).negated()
  const adjustments = sum(facts.adjustments.map(({ amount }) => amount))
  const reconcile_amount = facts.reconcileAmount ?? zero
  const clawedBack = clawback_payments.plus(targeted_delivery_funding_refund)
  const count = (of: (course: CourseFigures) => number) => courses.reduce((total, course) => total + of(course), 0)
  return {
    output_payment,
    targeted_delivery_funding,
    service_fees,
    clawback_payments,
    targeted_delivery_funding_refund,
    clawbacks: clawedBack,
    adjustments,
    reconcile_amount,
    payment: sum([service_fees, output_payment, clawedBack.negated(), adjustments, reconcile_amount, targeted_delivery_funding]),
    starts: count(({ counts }) => counts.billable.started),
    retained: count(({ counts }) => counts.billable['retained-1'] + counts.billable['retained-2']),
    completed: count(({ counts }) => counts.billable.completed),
    voided: facts.voided,
  }
}
