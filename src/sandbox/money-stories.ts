import { accepted, apply } from './applications.ts'
import { declared } from './declarations.ts'
import type { Cohort, Course, Provider } from './facts.ts'
import { between, daysAfter, isAfter, latest, startOf } from './moments.ts'
import { makePerson } from './people.ts'
import type { Stage } from './stage.ts'
import { paidAt, type Statement } from './statements.ts'
import { beginning } from './training.ts'
import type { World } from './world.ts'

/** Each way that a declaration's money can go, told once for every provider, however the dice of the other stories fall. */
export const moneyStories: ((stage: Stage) => void)[] = [waitingForPayment, waitingForTheDeadline, voidedInTime, refundDue, refunded, declaredTwice]

/** In days: these people apply early, so that their trainings start before the runs that they need. */
const registeredWithin = 60

/** Declared before the deadline of the run that waits for payment. */
function waitingForPayment(stage: Stage) {
  const plan = planned(stage, 2)
  if (plan) start(stage, plan.cohort, dayAfter(plan.runs.at(-2)), endOf(plan.runs.at(-1)))
}

/** Declared after it, for the next one. */
function waitingForTheDeadline(stage: Stage) {
  const plan = planned(stage, 2)
  if (plan) start(stage, plan.cohort, dayAfter(plan.runs.at(-1)), stage.world.facts.now)
}

function voidedInTime(stage: Stage) {
  const plan = planned(stage, 2)
  if (plan) start(stage, plan.cohort, dayAfter(plan.runs.at(-1)), daysAfter(stage.world.facts.now, -5), (at) => daysAfter(at, 3))
}

/** Paid, and taken back a few days ago. */
function refundDue(stage: Stage) {
  const plan = planned(stage, 2)
  if (plan) start(stage, plan.cohort, undefined, endOf(plan.runs.at(-2)), () => daysAfter(stage.world.facts.now, -4))
}

/** Paid, taken back in time for a later run, which has been paid since. */
function refunded(stage: Stage) {
  const plan = planned(stage, 3)
  const [paying, refunding] = plan?.runs.slice(-3) ?? []
  if (!plan || !paying || !refunding) return
  start(stage, plan.cohort, undefined, endOf(paying), () => between(stage.world.random, paidAt(paying).add({ hours: 1 }), endOf(refunding)))
}

/** Two records of one teacher: what is declared for the second is not paid. */
function declaredTwice(stage: Stage) {
  const { world, provider } = stage
  const plan = planned(stage, 2)
  const first = plan && start(stage, plan.cohort, undefined, endOf(plan.runs.at(-2)))
  const trn = first?.application.person.trn
  if (!first || !trn) return
  const at = daysAfter(first.application.appliedAt, 10)
  const double = makePerson(world, at, { trn: 'unverified', given: { fullName: first.application.person.full_name, trn } })
  const { cohort, course } = first.application
  const second = accepted(
    world,
    apply(world, { provider, cohort, course, person: double, after: at, within: registeredWithin, eligible: true, columns: placed(cohort) }),
  )
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

/**
 * Someone starts on a funded place, and that is declared from one moment (the start of the training where none is given) to another,
 * and may be taken back later.
 */
function start(
  stage: Stage,
  cohort: Cohort,
  from: Temporal.Instant | undefined,
  to: Temporal.Instant,
  takenBack?: (at: Temporal.Instant) => Temporal.Instant,
) {
  const { world, provider } = stage
  const course = world.facts.coursesOf(provider, cohort).find(isHeadship)
  const application = accepted(
    world,
    apply(world, { provider, cohort, ...(course && { course }), within: registeredWithin, eligible: true, columns: placed(cohort) }),
  )
  const begun = beginning(application)
  const at = between(world.random, from && isAfter(from, begun) ? from : begun, to)
  if (isAfter(at, to)) return undefined
  const told = declared(world, application, { type: 'started', date: between(world.random, begun, at), at, takenBackAt: takenBack?.(at) })
  return told && { application, ...told }
}

function isHeadship({ identifier }: Course): boolean {
  return identifier === 'npq-headship'
}

function placed({ funding }: Cohort) {
  return funding === 'capped' ? { funded_place: true } : {}
}

function dayAfter(run: Statement | undefined): Temporal.Instant | undefined {
  return run && startOf(run.deadline_date.add({ days: 1 }))
}

/** The last second that belongs to a run. */
function endOf(run: Statement | undefined): Temporal.Instant {
  return run ? startOf(run.deadline_date.add({ days: 1 })).subtract({ seconds: 1 }) : Temporal.Instant.from('1970-01-01T00:00:00Z')
}
