import { wireInstant } from '../clock.ts'
import { countAll, type Line } from '../domain/finance/contract.ts'
import type { StatementFigures } from '../domain/finance/figures.ts'
import { Decimal, pounds } from '../domain/finance/money.ts'
import type { Progress } from '../domain/finance/progress.ts'
import type { CourseFigures } from '../domain/finance/totals.ts'
import type { describeStatement } from '../domain/statements/find.ts'
import type { Done } from '../domain/statements/payment-history.ts'
import { authorising, statementName, usesTargetedDeliveryFunding } from '../domain/statements/statement.ts'
import { declarationTypes } from '../words.ts'
import { table } from './table.ts'

type Described = Awaited<ReturnType<typeof describeStatement>>

/** A statement as a person reads it: what is owed, course by course, and why. */
export function statementText(
  statement: Described,
  { courses, totals, progress }: StatementFigures,
  coursesWithoutContract: readonly string[],
): string {
  const special = courses.filter((course) => course.special)
  const parts = [
    `${statement.provider}, ${statementName(statement)}`,
    table([
      ['Cohort', statement.cohort],
      ['State', authorising(statement) ? 'payable, payment is being authorised' : statement.state],
      ['Payment run', statement.output_fee ? 'yes' : 'no'],
      ['Declaration deadline', statement.deadline_date?.toString() ?? '-'],
      ['Payment date', statement.payment_date?.toString() ?? '-'],
      ...(statement.authorised ? [['Payment authorised', doneText(statement.authorised)]] : []),
      ...(statement.paid ? [['Paid', doneText(statement.paid)]] : []),
      ['Statement ID', statement.public_id],
    ]),
    progressText(progress),
    table([
      ['Expected output payment', pounds(progress.expectedOutput)],
      ['Output payment', pounds(totals.output_payment)],
      ...(usesTargetedDeliveryFunding(statement, statement) ? [['Targeted delivery funding', pounds(totals.targeted_delivery_funding)]] : []),
      ['Clawbacks', pounds(totals.clawbacks.negated())],
      ...(totals.service_fees.isZero() ? [] : [['Service fee', pounds(totals.service_fees)]]),
      ['Adjustments', pounds(totals.adjustments)],
      ...(totals.reconcile_amount.isZero() ? [] : [['Reconcile amount', pounds(totals.reconcile_amount)]]),
      ['Total net VAT', pounds(totals.payment)],
    ]),
    table([
      ['Starts', String(totals.starts)],
      ['Retained', String(totals.retained)],
      ['Completed', String(totals.completed)],
      ['Voids', String(totals.voided)],
    ]),
    ...courses.filter((course) => !course.special).map(courseText),
    ...(special.length > 0 ? ['Standalone payments, in none of the totals above', ...special.map(courseText)] : []),
    adjustmentsText(statement),
    ...(coursesWithoutContract.length > 0
      ? [`Warning: declarations for ${coursesWithoutContract.join(', ')} are not paid: the statement has no contract. Add it with npq contract add.`]
      : []),
    'Figures are exact and rounded only here, so a total can differ by a penny from the sum of what is shown.',
  ]
  return parts.join('\n\n')
}

/** When, and by whom where that is known. */
export function doneText({ at, by }: Done): string {
  return `${wireInstant(at)}${by === null ? '' : ` by ${by}`}`
}

function progressText({ types, expected, received, remaining, total }: Progress): string {
  const rows = declarationTypes.map((type) => [type, ...[expected, received, remaining].map((counts) => String(counts[type]))])
  return [
    `Milestones: ${types.join(', ') || 'none'}`,
    table([
      ['Declarations', 'Expected', 'Received', 'Remaining (cumulative)'],
      ...rows,
      ['Total', String(total.expected), String(total.received), String(total.remaining)],
    ]),
  ].join('\n')
}

function courseText(course: CourseFigures): string {
  const lines = [
    course.output,
    ...course.clawbacks,
    ...(course.hasTargetedDeliveryFunding ? [course.targeted] : []),
    ...(course.targetedRefund.count > 0 ? [course.targetedRefund] : []),
    ...(course.serviceFee.total.isZero() ? [] : [course.serviceFee]),
  ]
  return [
    course.course.name,
    table([
      ['Payment type', 'Count', 'Price', 'Total'],
      ...lines.map(lineCells),
      ['Not eligible for funding', String(course.counts.notEligible), '', ''],
      ['Course total', String(countAll(course.counts.billable)), '', pounds(course.total)],
    ]),
  ].join('\n')
}

function lineCells({ label, count, price, total }: Line): string[] {
  return [label, String(count), pounds(price), pounds(total)]
}

function adjustmentsText({ adjustments }: Described): string {
  if (adjustments.length === 0) return 'There are no adjustments.'
  return ['Adjustments', table(adjustments.map(({ id, description, amount }) => [`${id} ${description}`, pounds(new Decimal(amount))]))].join('\n')
}
