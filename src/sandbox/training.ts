import { type DeclarationType, declarationTypes, type TrainingStatus } from '../words.ts'
import { type Application, recordState } from './applications.ts'
import { type Declaration, declare, voidDeclaration } from './declarations.ts'
import { between, daysAfter, isAfter, latest, startOf } from './moments.ts'
import { passAtLast } from './outcomes.ts'
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
export function train(world: World, application: Application, ending: Ending): void {
  const { random } = world
  const stages = ending === 'withdrawn' || ending === 'deferred' ? random.whole(1, 2) : 4
  const last = declareInTurn(world, application, stages)
  if (!last || ending === 'active') return
  const at = between(random, daysAfter(last, 5), daysAfter(last, 50))
  if (ending === 'withdrawn') {
    // some had deferred first
    if (random.chance(0.3)) changeState(world, application, 'deferred', random.pick(deferralReasons), daysAfter(last, 3))
    changeState(world, application, 'withdrawn', random.pick(withdrawalReasons), at)
  } else {
    changeState(world, application, 'deferred', random.pick(deferralReasons), at)
    if (ending === 'resumed') changeState(world, application, 'active', null, daysAfter(at, random.whole(10, 90)))
  }
}

/** The first moment at which something can be declared for an accepted application. */
export function beginning({ facts }: World, { row }: Application): Temporal.Instant {
  const accepted = row.accepted_at as Temporal.Instant
  const schedule = facts.schedules.get(row.schedule_id ?? 0)
  return schedule ? latest(accepted, startOf(schedule.applies_from)) : accepted
}

/** Declares up to so many stages, one after the other; returns when the last of them was declared. */
function declareInTurn(world: World, application: Application, stages: number): Temporal.Instant | undefined {
  const { random, facts } = world
  const allowed = facts.schedules.get(application.row.schedule_id ?? 0)?.allowed_declaration_types ?? []
  const length = allowed.includes('retained-2') ? 'long' : 'short'
  let last: Temporal.Instant | undefined
  for (const type of declarationTypes.filter((each) => allowed.includes(each)).slice(0, stages)) {
    if (last && random.chance(0.12)) break
    const date = between(
      random,
      daysAfter(beginning(world, application), pace[type][length]),
      daysAfter(beginning(world, application), pace[type][length] + 25),
    )
    const at = between(random, date, daysAfter(date, 12))
    const declaration = declare(world, application, type, date, at)
    if (!declaration) break
    last = at
    const takenBack = type !== 'started' && random.chance(0.1) ? takeBack(world, application, declaration) : undefined
    if (takenBack) last = takenBack
    else passAtLast(world, declaration, daysAfter(at, random.whole(30, 70)))
  }
  return last
}

/** Declared by mistake: voided, or refunded where it was paid, and half of the time declared again. */
function takeBack(world: World, application: Application, declaration: Declaration): Temporal.Instant | undefined {
  const { random } = world
  const declared = declaration.created_at as Temporal.Instant
  const at = between(random, daysAfter(declared, 2), daysAfter(declared, 75))
  if (!voidDeclaration(world, application, declaration, at)) return undefined
  const again = random.chance(0.5) ? daysAfter(at, random.whole(1, 8)) : undefined
  if (again) declare(world, application, declaration.declaration_type, again, again)
  return again ?? at
}

function changeState(world: World, application: Application, state: TrainingStatus, reason: string | null, at: Temporal.Instant) {
  if (isAfter(at, world.facts.now)) return
  application.row.training_status = state
  application.row.updated_at = at
  recordState(world, application, state, reason, at)
}
