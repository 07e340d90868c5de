import { type DeclarationType, declarationTypes } from '../words.ts'
import { type Accepted, trainingBecame } from './applications.ts'
import { type Declaring, declared } from './declarations.ts'
import { between, daysAfter, latest, startOf } from './moments.ts'
import type { World } from './world.ts'

/** How a training stands today, if it came that far. */
export type Ending = 'active' | 'deferred' | 'withdrawn' | 'resumed'

const deferralReasons = ['bereavement', 'long-term-sickness', 'parental-leave', 'career-break', 'other']
const withdrawalReasons = [
  'insufficient-capacity-to-undertake-programme',
  'personal-reason-health-or-pregnancy-related',
  'personal-reason-moving-school',
  'change-in-school-circumstances',
  'quality-of-programme-structure-not-suitable.',
  'started-in-error',
  'other',
]

/** Days from the start of the training to what is declared, in courses with and without a second period. */
const pace: Record<DeclarationType, { long: number; short: number }> = {
  started: { long: 7, short: 7 },
  'retained-1': { long: 160, short: 150 },
  'retained-2': { long: 310, short: 310 },
  completed: { long: 430, short: 340 },
}

/** What happens after an acceptance, as far as it has happened yet: declarations, and breaks once there are some. */
export function train(world: World, application: Accepted, ending: Ending): void {
  const { random, facts } = world
  const stages = ending === 'withdrawn' || ending === 'deferred' ? random.whole(1, 2) : 4
  const last = declareInTurn(world, application, stages)
  if (!last || ending === 'active') return
  const at = between(random, daysAfter(last, 5), daysAfter(last, 50))
  if (ending === 'withdrawn') {
    // some had deferred first
    if (random.chance(0.3)) trainingBecame(facts, application, 'deferred', random.pick(deferralReasons), daysAfter(last, 3))
    trainingBecame(facts, application, 'withdrawn', random.pick(withdrawalReasons), at)
  } else {
    trainingBecame(facts, application, 'deferred', random.pick(deferralReasons), at)
    if (ending === 'resumed') trainingBecame(facts, application, 'active', null, daysAfter(at, random.whole(10, 90)))
  }
}

/** The first moment at which something can be declared for an accepted application. */
export function beginning({ acceptedAt, schedule }: Accepted): Temporal.Instant {
  return latest(acceptedAt, startOf(schedule.applies_from))
}

/** Declares these in their time, each a few days after it was reached; returns when the last of them was declared, if any was. */
export function declareAll(
  world: World,
  application: Accepted,
  types: readonly DeclarationType[],
  more: Partial<Declaring> = {},
): Temporal.Instant | undefined {
  let last: Temporal.Instant | undefined
  for (const type of types.filter((each) => application.schedule.allowed_declaration_types.includes(each))) {
    const date = daysAfter(beginning(application), paceOf(application)(type))
    last = declared(world, application, { type, date, at: daysAfter(date, 3), ...more })?.at ?? last
  }
  return last
}

function paceOf({ schedule }: Accepted) {
  const length = schedule.allowed_declaration_types.includes('retained-2') ? 'long' : 'short'
  return (type: DeclarationType) => pace[type][length]
}

/** Declares up to so many stages, one after the other; returns when the last of them was declared, or taken back. */
function declareInTurn(world: World, application: Accepted, stages: number): Temporal.Instant | undefined {
  const { random } = world
  const allowed = application.schedule.allowed_declaration_types
  const paced = paceOf(application)
  let last: Temporal.Instant | undefined
  for (const type of declarationTypes.filter((each) => allowed.includes(each)).slice(0, stages)) {
    if (last && random.chance(0.12)) break
    const due = daysAfter(beginning(application), paced(type))
    const date = between(random, due, daysAfter(due, 25))
    const at = between(random, date, daysAfter(date, 12))
    // declared by mistake, and half of the time declared again
    const takenBackAt = type !== 'started' && random.chance(0.1) ? between(random, daysAfter(at, 2), daysAfter(at, 75)) : undefined
    const told = declared(world, application, { type, date, at, takenBackAt })
    if (!told) break
    last = told.takenBack && takenBackAt ? takenBackAt : at
    const again = told.takenBack && random.chance(0.5) ? daysAfter(last, random.whole(1, 8)) : undefined
    if (again) last = declared(world, application, { type, date: again, at: again })?.at ?? last
  }
  return last
}
