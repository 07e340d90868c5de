import { utcDate } from '../clock.ts'
import type { Cohort, Facts, Provider } from './facts.ts'
import { daysAfter, earliest, isAfter, startOf } from './moments.ts'
import { monthsOf, type StatementMonth } from './statement-months.ts'
import type { Made, Store } from './store.ts'

export type Statement = Made<'statements'>

export type Calendar = {
  /** a provider's payment runs for a cohort, earliest deadline first */
  runs(provider: Provider, cohort: Cohort): Statement[]
  /** the payment run that takes what is declared or refunded at that moment; none where the cohort's contract is over */
  nextRun(provider: Provider, cohort: Cohort, at: Temporal.Instant): Statement | undefined
}

/** Every provider's statements of every cohort, each in the state that its dates have brought it to. */
export function makeStatements(store: Store): Calendar {
  const runs = new Map<string, Statement[]>()
  for (const provider of store.facts.providers) {
    for (const cohort of store.facts.allCohorts) {
      if (!store.facts.contracted(provider, cohort)) continue
      const months = monthsOf(cohort, store.facts.today)
      const latestPast = months.findLast((month) => month.run && isOver(store.facts, month))
      const made = months.map((month) => makeStatement(store, provider, cohort, month, month === latestPast))
      const own = made.filter(({ output_fee }) => output_fee)
      runs.set(`${provider.id} ${cohort.id}`, own)
    }
  }
  const runsOf: Calendar['runs'] = (provider, cohort) => runs.get(`${provider.id} ${cohort.id}`) ?? []
  return {
    runs: runsOf,
    nextRun(provider, cohort, at) {
      const day = utcDate(at)
      return runsOf(provider, cohort).find((run) => Temporal.PlainDate.compare(deadlineOf(run), day) >= 0)
    },
  }
}

/** Where a statement was at a moment: open until its deadline has passed, then payable, and paid once it was authorised. */
export function stateAt(statement: Statement, at: Temporal.Instant): 'open' | 'payable' | 'paid' {
  if (isAfter(startOf(deadlineOf(statement).add({ days: 1 })), at)) return 'open'
  const paid = statement.marked_as_paid_at
  return paid && !isAfter(paidAt(statement), at) ? 'paid' : 'payable'
}

/** When the statement took its present state. */
export function changedAt(statement: Statement): Temporal.Instant {
  return statement.updated_at as Temporal.Instant
}

export function deadlineOf(statement: Statement): Temporal.PlainDate {
  return statement.deadline_date as Temporal.PlainDate
}

/** When payment ran: minutes after it was authorised. */
export function paidAt(statement: Statement): Temporal.Instant {
  return (statement.marked_as_paid_at as Temporal.Instant).add({ minutes: 4 })
}

function isOver({ now }: Facts, { deadline }: StatementMonth): boolean {
  return !isAfter(startOf(deadline.add({ days: 1 })), now)
}

function makeStatement(store: Store, provider: Provider, cohort: Cohort, month: StatementMonth, latestPast: boolean): Statement {
  const { facts, random } = store
  const over = isOver(facts, month)
  // the latest run that closed waits for payment; months that are no payment run are never paid
  const paid = over && month.run && !latestPast
  const authorised = paid ? startOf(month.payment.subtract({ days: 8 })).add({ hours: 10 }) : null
  const created = earliest(daysAfter(cohort.registration_start_date, -120), daysAfter(facts.now, -1))
  return store.add('statements', {
    public_id: random.uuid(),
    lead_provider_id: provider.id,
    cohort_id: cohort.id,
    year: month.year,
    month: month.month,
    deadline_date: month.deadline,
    payment_date: month.payment,
    output_fee: month.run,
    reconcile_amount: 0,
    state: paid ? 'paid' : over ? 'payable' : 'open',
    marked_as_paid_at: authorised,
    created_at: created,
    updated_at: authorised?.add({ minutes: 4 }) ?? (over ? startOf(month.deadline.add({ days: 1 })) : created),
  })
}
