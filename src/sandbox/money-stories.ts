import { type Accepted, type Apply, accepted, apply } from './applications.ts'
import { declared } from './declarations.ts'
import type { Cohort, Course, Provider } from './facts.ts'
import { between, daysAfter, isAfter, latest, startOf } from './moments.ts'
import type { PersonTraits } from './people.ts'
import type { Stage } from './stage.ts'
import { paidAt, type Statement } from './statements.ts'
import { beginning } from './training.ts'
import type { World } from './world.ts'

/** In days: these people apply early, so that their trainings start before the runs that they need. */
const registeredWithin = 60

/** Declared before the deadline of the run that waits for payment. */
export function waitingForPayment(stage: Stage, who: PersonTraits) {
  const plan = planned(stage, 2)
  if (plan) start(stage, plan.cohort, who, { from: dayAfter(plan.runs.at(-2)), to: endOf(plan.runs.at(-1)) })
}

/** Declared after it, for the next one. */
export function waitingForTheDeadline(stage: Stage, who: PersonTraits) {
  const plan = planned(stage, 2)
  if (plan) start(stage, plan.cohort, who, { from: dayAfter(plan.runs.at(-1)), to: stage.world.facts.now })
}

export function paidInTime(stage: Stage, who: PersonTraits) {
  const plan = planned(stage, 2)
  return plan && start(stage, plan.cohort, who, { to: endOf(plan.runs.at(-2)) })
}

export function voidedInTime(stage: Stage, who: PersonTraits) {
  const plan = planned(stage, 2)
  const to = daysAfter(stage.world.facts.now, -5)
  if (plan) start(stage, plan.cohort, who, { from: dayAfter(plan.runs.at(-1)), to, takenBack: (at) => daysAfter(at, 3) })
}

/** Paid, and taken back a few days ago. */
export function refundDue(stage: Stage, who: PersonTraits) {
  const plan = planned(stage, 2)
  const takenBack = () => daysAfter(stage.world.facts.now, -4)
  if (plan) start(stage, plan.cohort, who, { to: endOf(plan.runs.at(-2)), takenBack })
}

/** Paid, taken back in time for a later run, which has been paid since. */
export function refunded(stage: Stage, who: PersonTraits) {
  const plan = planned(stage, 3)
  const [paying, refunding] = plan?.runs.slice(-3) ?? []
  if (!plan || !paying || !refunding) return
  const takenBack = () => between(stage.world.random, paidAt(paying).add({ hours: 1 }), endOf(refunding))
  start(stage, plan.cohort, who, { to: endOf(paying), takenBack })
}

/** Two records of one teacher: what is declared for the second is not paid. */
export function declaredTwice(stage: Stage, who: PersonTraits) {
  const { world } = stage
  const first = paidInTime(stage, {})
  const trn = first?.application.person.trn
  if (!first || !trn) return
  const { cohort, course, appliedAt } = first.application
  const second = takenOn(stage, cohort, { ...who, trn: 'unverified', given: { ...who.given, trn } }, { course, after: daysAfter(appliedAt, 10) })
  const begun = latest(beginning(second), daysAfter(first.at, 2))
  declared(world, second, { type: 'started', date: begun, at: daysAfter(begun, 3), duplicateOf: first.record })
}

/** The newest cohort with so many payment runs behind it in which people had started to train, and one to come. */
function planned({ world, provider, cohorts }: Stage, count: number): { cohort: Cohort; runs: Statement[] } | undefined {
  for (const cohort of cohorts.toReversed()) {
    const trained = inTraining(world, provider, cohort)
    const past = world.calendar.runs(provider, cohort).filter((run) => run.state !== 'open' && isAfter(endOf(run), trained))
    if (cohort.funding !== 'zero' && past.length >= count && world.calendar.nextRun(provider, cohort, world.facts.now)) {
      return { cohort, runs: past }
    }
  }
  return undefined
}

/** By when those who applied early have started, whatever their schedule. */
function inTraining({ facts }: World, provider: Provider, cohort: Cohort): Temporal.Instant {
  const course = facts.coursesOf(provider, cohort).find(isHeadship)
  const schedules = course ? facts.schedulesFor(cohort, course) : []
  const begun = schedules.map(({ applies_from }) => startOf(applies_from)).filter((start) => !isAfter(start, facts.now))
  return daysAfter(latest(daysAfter(cohort.registration_start_date, registeredWithin + 10), ...begun), 10)
}

type Starting = { from?: Temporal.Instant | undefined; to: Temporal.Instant; takenBack?: (at: Temporal.Instant) => Temporal.Instant }

/**
 * Someone starts on a funded place, and that is declared from one moment (the start of the training where none is given) to another,
 * and may be taken back later.
 */
function start(stage: Stage, cohort: Cohort, who: PersonTraits, { from, to, takenBack }: Starting) {
  const { world } = stage
  const application = takenOn(stage, cohort, who)
  const begun = beginning(application)
  const at = between(world.random, from && isAfter(from, begun) ? from : begun, to)
  if (isAfter(at, to)) return undefined
  const told = declared(world, application, { type: 'started', date: between(world.random, begun, at), at, takenBackAt: takenBack?.(at) })
  return told && { application, ...told }
}

/** Someone applies early in a cohort, for headship where nothing else is said, and gets a funded place. */
export function takenOn({ world, provider }: Stage, cohort: Cohort, who: PersonTraits, more: Partial<Apply> = {}): Accepted {
  const course = world.facts.coursesOf(provider, cohort).find(isHeadship)
  const columns = cohort.funding === 'capped' ? { funded_place: true } : {}
  const applying = { provider, cohort, within: registeredWithin, eligible: true, columns, ...(course && { course }), traits: who, ...more }
  return accepted(world, apply(world, applying))
}

function isHeadship({ identifier }: Course): boolean {
  return identifier === 'npq-headship'
}

function dayAfter(run: Statement | undefined): Temporal.Instant | undefined {
  return run && startOf(run.deadline_date.add({ days: 1 }))
}

/** The last second that belongs to a run. */
function endOf(run: Statement | undefined): Temporal.Instant {
  return run ? startOf(run.deadline_date.add({ days: 1 })).subtract({ seconds: 1 }) : Temporal.Instant.from('1970-01-01T00:00:00Z')
}
