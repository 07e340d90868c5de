import type { Random } from '../../src/sandbox/random.ts'
import { cohorts, courses, providers, uuid } from './scale.ts'

type Statement = { id: string; state: 'open' | 'payable' | 'paid' }

/** What people and their records refer to: the same whatever the number of applications. */
export type Surroundings = {
  records: Record<string, unknown>[]
  schools: string[]
  /** of a provider */
  partners: ReadonlyMap<string, string[]>
  /** of a provider and a cohort, month by month from the first month of training */
  statements: ReadonlyMap<string, Statement[]>
}

const months = 48
/** Months since year 0 of the last statements that are paid and payable: the dataset ends in November 2026. */
const lastPaid = 2026 * 12 + 9
const lastPayable = lastPaid + 1

export function surroundings(random: Random): Surroundings {
  const records: Record<string, unknown>[] = []
  for (const provider of providers) if ('id' in provider) records.push({ kind: 'lead_provider', id: provider.id, name: provider.name })

  const schools = Array.from({ length: 2000 }, (_, number) => String(100_000 + number))
  for (const urn of schools) records.push({ kind: 'school', urn, name: `School ${urn}`, ukprn: `10${urn}` })

  const partners = new Map<string, string[]>(providers.map(({ name }) => [name, []]))
  const withPartners = cohorts.filter(({ identifier }) => identifier >= '2024a')
  for (let number = 0; number < 200; number++) {
    const id = uuid(random)
    const names = providers.filter((_, place) => (number + place) % 5 < 3).map(({ name }) => name)
    for (const name of names) partners.get(name)?.push(id)
    records.push({
      kind: 'delivery_partner',
      id,
      name: `Delivery partner ${number}`,
      partnerships: names.flatMap((name) => withPartners.map(({ identifier }) => ({ lead_provider: name, cohort: identifier }))),
      created_at: '2024-02-01T09:00:00Z',
      updated_at: '2024-02-01T09:00:00Z',
    })
  }

  const statements = new Map<string, Statement[]>()
  for (const { name } of providers) {
    for (const { identifier, trains } of cohorts) {
      const first = Number(trains.slice(0, 4)) * 12 + Number(trains.slice(5, 7)) - 1
      const run = Array.from({ length: months }, (_, place) => statementOf(random, { lead_provider: name, cohort: identifier, month: first + place }))
      records.push(...run)
      statements.set(`${name} ${identifier}`, run)
    }
  }
  return { records, schools, partners, statements }
}

function statementOf(random: Random, { lead_provider, cohort, month }: { lead_provider: string; cohort: string; month: number }) {
  const state = month <= lastPaid ? 'paid' : month === lastPayable ? 'payable' : 'open'
  const updated = state === 'open' ? '2026-10-31T12:00:00Z' : `${dayOf(month + 1, 16)}T09:00:00Z`
  return {
    kind: 'statement',
    id: uuid(random),
    lead_provider,
    cohort,
    year: Math.floor(month / 12),
    month: (month % 12) + 1,
    deadline_date: dayOf(month, 25),
    payment_date: dayOf(month + 1, 25),
    state: state as Statement['state'],
    ...(state === 'paid' && { marked_as_paid_at: updated }),
    contracts: Object.entries(courses).flatMap(([group, all]) => all.map((course_identifier) => contractOf(group, course_identifier))),
    created_at: '2021-02-01T10:00:00Z',
    updated_at: updated < '2026-11-01' ? updated : '2026-10-31T12:00:00Z',
  }
}

function contractOf(group: string, course_identifier: string) {
  return {
    course_identifier,
    recruitment_target: 72,
    per_participant: '800.00',
    number_of_payment_periods: group === 'leadership' ? 4 : 3,
    output_payment_percentage: 60,
    service_fee_percentage: 40,
    service_fee_installments: 19,
    monthly_service_fee: '0',
    targeted_delivery_funding_per_participant: '100.00',
  }
}

function dayOf(month: number, date: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${date}`
}
