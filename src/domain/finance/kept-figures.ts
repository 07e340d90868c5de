import { courseIdentifiers } from '../../words.ts'
import { flag, listOf, oneOf, optional, record, type Shape, text, whole } from '../shape.ts'
import type { Counts, Line, PerType } from './contract.ts'
import { Decimal } from './money.ts'
import type { CourseFigures, Figures, Totals } from './totals.ts'

/** The number of the form in which figures are kept now. Those of paid statements stay as they were written: each form is read for ever. */
export const keptFormat = 1

const decimal: Shape<Decimal> = (value, at) => new Decimal(record({ '£': text })(value, at)['£'])
const line: Shape<Line> = record({ label: text, count: whole, price: decimal, total: decimal })
const perType: Shape<PerType> = record({ started: whole, 'retained-1': whole, 'retained-2': whole, completed: whole })
const counts: Shape<Counts> = record({ billable: perType, refundable: perType, notEligible: whole, targeted: whole, targetedRefunds: whole })
const course: Shape<CourseFigures> = record({
  course: record({ identifier: oneOf(courseIdentifiers), name: text }),
  special: flag,
  counts,
  hasTargetedDeliveryFunding: flag,
  output: line,
  clawbacks: listOf(line),
  targeted: line,
  targetedRefund: line,
  serviceFee: line,
  total: decimal,
})
const totals: Shape<Totals> = record({
  output_payment: decimal,
  targeted_delivery_funding: decimal,
  service_fees: decimal,
  clawback_payments: decimal,
  targeted_delivery_funding_refund: decimal,
  clawbacks: decimal,
  adjustments: decimal,
  reconcile_amount: decimal,
  payment: decimal,
  starts: whole,
  retained: whole,
  completed: whole,
  voided: whole,
})

const formats: Readonly<Record<number, Shape<Figures>>> = { 1: record({ courses: listOf(course), totals }) }

/** Reads the money that was kept when a statement was paid. The first figures were kept without a number: they are of format 1. */
export function keptFigures(kept: unknown): Figures {
  const { format = 1 } = record({ format: optional(whole) })(kept, 'totals')
  const figures = formats[format]
  if (figures === undefined) throw new Error(`The figures are kept in format ${format}, which a later version wrote.`)
  return figures(kept, 'totals')
}
