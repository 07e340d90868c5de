import { utcDate } from '../clock.ts'
import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import type { Cohort, Facts, Provider } from './facts.ts'
import { daysAfter, earliest, isAfter, startOf } from './moments.ts'
import { monthsOf, type StatementMonth } from './statement-months.ts'
import type { Telling } from './telling.ts'

export type Statement = DatasetRecord<'statement'> & {
  state: 'open' | 'payable' | 'paid'
  deadline_date: Temporal.PlainDate
  marked_as_paid_at: Temporal.Instant | null
  /** when it took its present state */
  updated_at: Temporal.Instant
}

export type Calendar = {
  /** a provider's payment runs for a cohort, earliest deadline first */
  runs(provider: Provider, cohort: Cohort): Statement[]
  /** the payment run that takes what is declared or refunded at that moment; none where the cohort's contract is over */
  nextRun(provider: Provider, cohort: Cohort, at: Temporal.Instant): Statement | undefined
}

/** Every provider's statements of every cohort, each in the state that its dates have brought it to. */
export function tellStatements(telling: Telling): Calendar {
  const { facts } = telling
  const runs = new Map<string, Statement[]>()
  for (const cohort of facts.allCohorts) {
    const months = monthsOf(cohort, facts.today)
    const latestPast = months.findLast((month) => month.run && isOver(facts, month.deadline))
    const contracts = contractsFor(facts, cohort)
    for (const provider of facts.providers.filter((each) => facts.contracted(each, cohort))) {
      const told: Statement[] = []
      for (const month of months) {
        const agreed = told[0] ? { contracts_of: told[0].id } : { contracts }
        told.push(tellStatement(telling, provider, cohort, month, { latestPast: month === latestPast, agreed }))
      }
      const own = told.filter(({ output_fee }) => output_fee)
      runs.set(`${provider.id} ${cohort.id}`, own)
    }
  }
  const runsOf: Calendar['runs'] = (provider, cohort) => runs.get(`${provider.id} ${cohort.id}`) ?? []
  return {
    runs: runsOf,
    nextRun(provider, cohort, at) {
      const day = utcDate(at)
      return runsOf(provider, cohort).find(({ deadline_date }) => Temporal.PlainDate.compare(deadline_date, day) >= 0)
    },
  }
}

/** Where a statement was at a moment: open until its deadline has passed, then payable, and paid once it was authorised. */
export function stateAt(statement: Statement, at: Temporal.Instant): Statement['state'] {
  if (isAfter(startOf(statement.deadline_date.add({ days: 1 })), at)) return 'open'
  return statement.marked_as_paid_at && !isAfter(paidAt(statement), at) ? 'paid' : 'payable'
}

/** When payment ran: minutes after it was authorised. */
export function paidAt({ marked_as_paid_at, updated_at }: Statement): Temporal.Instant {
  return marked_as_paid_at?.add({ minutes: 4 }) ?? updated_at
}

function isOver({ now }: Facts, deadline: Temporal.PlainDate): boolean {
  return !isAfter(startOf(deadline.add({ days: 1 })), now)
}

type Contracts = NonNullable<DatasetRecord<'statement'>['contracts']>

/** A contract for each course, save for those that came later than the cohort. */
function contractsFor({ courses, hasBegun }: Facts, cohort: Cohort): Contracts {
  return courses
    .filter((course) => hasBegun(course, cohort))
    .flatMap(({ identifier, terms }) =>
      terms
        ? [
            {
              course_identifier: identifier,
              ...terms,
              recruitment_target: 72,
              per_participant: '800',
              service_fee_installments: 19,
              monthly_service_fee: '0',
              targeted_delivery_funding_per_participant: '100',
              special_course: identifier === 'npq-leading-primary-mathematics' && cohort.start_year === 2023,
            },
          ]
        : [],
    )
}

function tellStatement(
  { facts, random, tell }: Telling,
  provider: Provider,
  cohort: Cohort,
  { year, month, run, deadline, payment }: StatementMonth,
  { latestPast, agreed }: { latestPast: boolean; agreed: Pick<Statement, 'contracts' | 'contracts_of'> },
): Statement {
  const over = isOver(facts, deadline)
  // the latest run that closed waits for payment; months that are no payment run are never paid
  const paid = over && run && !latestPast
  const authorised = paid ? startOf(payment.subtract({ days: 8 })).add({ hours: 10 }) : null
  const created = earliest(daysAfter(cohort.registration_start_date, -120), daysAfter(facts.now, -1))
  const statement = {
    id: random.uuid(),
    lead_provider: provider.name,
    cohort: cohort.identifier,
    year,
    month,
    deadline_date: deadline,
    payment_date: payment,
    output_fee: run,
    reconcile_amount: '0',
    state: paid ? 'paid' : over ? 'payable' : 'open',
    marked_as_paid_at: authorised,
    ...agreed,
    milestones: run ? facts.expectedIn(cohort, Temporal.PlainYearMonth.from({ year, month })) : [],
    created_at: created,
    updated_at: authorised?.add({ minutes: 4 }) ?? (over ? startOf(deadline.add({ days: 1 })) : created),
  } satisfies Statement
  tell('statement', statement)
  return statement
}
