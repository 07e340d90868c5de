import { type Contract, type Counts, noCounts, type Terms } from '../../src/domain/finance/contract.ts'
import { Decimal } from '../../src/domain/finance/money.ts'
import type { StatementFacts } from '../../src/domain/finance/totals.ts'
import type { CourseIdentifier } from '../../src/words.ts'

// Facts of statements with valid defaults: the base contract of 05 section 8.1.

export function terms(values: Partial<Record<keyof Terms, string | number | boolean | null>> = {}): Terms {
  const given = {
    recruitment_target: 72,
    per_participant: 800,
    number_of_payment_periods: 3,
    output_payment_percentage: 60,
    service_fee_percentage: 40,
    service_fee_installments: 19,
    monthly_service_fee: null,
    targeted_delivery_funding_per_participant: 100,
    special_course: false,
    ...values,
  }
  return {
    ...given,
    per_participant: new Decimal(String(given.per_participant)),
    monthly_service_fee: given.monthly_service_fee === null ? null : new Decimal(String(given.monthly_service_fee)),
    targeted_delivery_funding_per_participant: new Decimal(String(given.targeted_delivery_funding_per_participant)),
  } as Terms
}

export function contract(identifier: CourseIdentifier, of: { terms?: Terms; counts?: Partial<Counts> } = {}): Contract {
  return { id: 1, course: { identifier, name: identifier }, terms: of.terms ?? terms(), counts: { ...noCounts(), ...of.counts } }
}

export function facts(values: Partial<StatementFacts> = {}): StatementFacts {
  return {
    usesTargetedDeliveryFunding: true,
    reconcileAmount: new Decimal(0),
    contracts: [contract('npq-leading-teaching')],
    adjustments: [],
    voided: 0,
    coursesWithoutContract: [],
    ...values,
  }
}

export const perType = (values: Partial<Counts['billable']> = {}) => ({ ...noCounts().billable, ...values })
