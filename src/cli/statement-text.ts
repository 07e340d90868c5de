import { wireInstant } from '../clock.ts'
import { type Contract, countAll, type Line, type Terms } from '../domain/finance/contract.ts'
import type { Difference } from '../domain/finance/figures.ts'
import { Decimal, pounds } from '../domain/finance/money.ts'
import type { Progress } from '../domain/finance/progress.ts'
import { usesTargetedDeliveryFunding } from '../domain/finance/targeted-delivery-funding.ts'
import type { CourseFigures } from '../domain/finance/totals.ts'
import type { Done } from '../domain/statements/records.ts'
import type { Sheet } from '../domain/statements/sheet.ts'
import { authorising, statementName } from '../domain/statements/statement.ts'
import { type DeclarationType, declarationTypes } from '../words.ts'
import { table } from './table.ts'

/** A statement as a person reads it: what is owed, course by course, and why. */
export function statementText({ statement, figures, contracts, coursesWithoutContract, types, changes }: Sheet): string {
  const { courses, totals, progress } = figures
  const special = courses.filter((course) => course.special)
  const courseOf = (course: CourseFigures) =>
    courseText(
      course,
      types.get(course.course.identifier) ?? [],
      contracts.find((contract) => contract.course.identifier === course.course.identifier),
    )
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
    ...courses.filter((course) => !course.special).map(courseOf),
    ...(special.length > 0 ? ['Standalone payments, in none of the totals above', ...special.map(courseOf)] : []),
    adjustmentsText(statement),
    ...(changes.length > 0 ? [changesText(changes)] : []),
    ...(figures.sincePayment.length > 0 ? [sincePaymentText(figures.sincePayment)] : []),
    ...(coursesWithoutContract.length > 0
      ? [
          `Warning: declarations for ${coursesWithoutContract.join(', ')} are not paid: the statement has no contract.${statement.state === 'open' ? ' Add it with npq contract add.' : ''}`,
        ]
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

function courseText(course: CourseFigures, allowed: readonly DeclarationType[], contract: Contract | undefined): string {
  const lines = [
    course.output,
    ...course.clawbacks,
    ...(course.hasTargetedDeliveryFunding ? [course.targeted] : []),
    ...(course.targetedRefund.count > 0 ? [course.targetedRefund] : []),
    ...(course.serviceFee.total.isZero() ? [] : [course.serviceFee]),
  ]
  const { billable, notEligible } = course.counts
  const types = declarationTypes.filter((type) => allowed.includes(type) || billable[type] > 0)
  return [
    course.course.name,
    table([['Payment type', 'Count', 'Price', 'Total'], ...lines.map(lineCells), ['Course total', '', '', pounds(course.total)]]),
    table([
      ...types.map((type) => [labels[type], String(billable[type])]),
      ['Total declarations', String(countAll(billable))],
      ['Total not eligible for funding', String(notEligible)],
    ]),
    ...(contract ? [`Contract: ${termsText(contract.terms)}`] : []),
  ].join('\n')
}

const labels: Readonly<Record<DeclarationType, string>> = {
  started: 'Started',
  'retained-1': 'Retained 1',
  'retained-2': 'Retained 2',
  completed: 'Completed',
}

function termsText(terms: Terms): string {
  const fee = terms.monthly_service_fee
  return [
    `${terms.recruitment_target} places`,
    `${pounds(terms.per_participant)} per participant`,
    `${terms.output_payment_percentage} % of it by ${terms.number_of_payment_periods} declarations`,
    `${terms.service_fee_percentage} % as service fee`,
    fee === null ? `computed over ${terms.service_fee_installments} months` : `${pounds(fee)} a month as agreed`,
    `${pounds(terms.targeted_delivery_funding_per_participant)} targeted delivery funding per participant`,
  ].join(', ')
}

function lineCells({ label, count, price, total }: Line): string[] {
  return [label, String(count), pounds(price), pounds(total)]
}

function adjustmentsText({ adjustments }: Sheet['statement']): string {
  if (adjustments.length === 0) return 'There are no adjustments.'
  return ['Adjustments', table(adjustments.map(({ id, description, amount }) => [`${id} ${description}`, pounds(new Decimal(amount))]))].join('\n')
}

function changesText(changes: Sheet['changes']): string {
  return ['Changes', table(changes.map(({ at, operation, by }) => [operation, doneText({ at, by })]))].join('\n')
}

/** That what was paid and what is there now have parted, with both amounts. */
function sincePaymentText(differences: readonly Difference[]): string {
  const amountOf = ({ figure }: Difference, amount: Decimal) => pounds(figure === 'clawbacks' ? amount.negated() : amount)
  return [
    'The money above is what was paid. People, courses or funding of its declarations have changed since: paid now, it would be other.',
    table([
      ['', 'Paid', 'Would be now'],
      ...differences.map((each) => [each.course ?? amountLabels[each.figure], amountOf(each, each.paid), amountOf(each, each.now)]),
    ]),
  ].join('\n')
}

const amountLabels: Readonly<Record<Difference['figure'], string>> = {
  total: 'Course total',
  output_payment: 'Output payment',
  targeted_delivery_funding: 'Targeted delivery funding',
  clawbacks: 'Clawbacks',
  service_fees: 'Service fee',
  adjustments: 'Adjustments',
  reconcile_amount: 'Reconcile amount',
  payment: 'Total net VAT',
}
