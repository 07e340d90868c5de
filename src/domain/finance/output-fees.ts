import { declarationTypes } from '../../words.ts'
import { type Contract, countAll, type Line, type Terms } from './contract.ts'
import { Decimal, zero } from './money.ts'

/** What one declaration is worth, whatever its type (05 section 7.2). */
export function outputPerDeclaration(terms: Pick<Terms, 'per_participant' | 'output_payment_percentage' | 'number_of_payment_periods'>): Decimal {
  if (terms.output_payment_percentage === 0) return zero
  return terms.per_participant.times(terms.output_payment_percentage).div(new Decimal(100).times(terms.number_of_payment_periods))
}

/** The output payment of a course. */
export function outputFee({ terms, counts }: Contract): Line {
  const price = outputPerDeclaration(terms)
  const count = countAll(counts.billable)
  return { label: 'Output payment', count, price, total: price.times(count) }
}

const typeLabels = { started: 'Started', 'retained-1': 'Retained-1', 'retained-2': 'Retained-2', completed: 'Completed' }

/** What is taken back for a course, as negative lines, one for each type of which there are some. */
export function clawbacks({ terms, counts }: Contract): Line[] {
  const price = outputPerDeclaration(terms).negated()
  return declarationTypes
    .map((type) => ({ label: `Clawbacks - ${typeLabels[type]}`, count: counts.refundable[type], price, total: price.times(counts.refundable[type]) }))
    .filter(({ count }) => count > 0)
}
