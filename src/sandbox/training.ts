import { type Application, recordState } from './applications.ts'
import { between, daysAfter, isAfter } from './moments.ts'
import type { World } from './world.ts'

/** How a training stands today. */
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

/** What happens after an acceptance, as far as it has happened yet. */
export function train(world: World, application: Application, ending: Ending): void {
  const { random } = world
  const from = daysAfter(application.row.accepted_at as Temporal.Instant, 40)
  const at = between(random, from, daysAfter(from, 60))
  if (ending === 'withdrawn') changeState(world, application, 'withdrawn', random.pick(withdrawalReasons), at)
  if (ending === 'deferred' || ending === 'resumed') changeState(world, application, 'deferred', random.pick(deferralReasons), at)
  if (ending === 'resumed') changeState(world, application, 'active', null, daysAfter(at, random.whole(30, 90)))
}

function changeState(
  world: World,
  application: Application,
  state: 'active' | 'deferred' | 'withdrawn',
  reason: string | null,
  at: Temporal.Instant,
) {
  if (isAfter(at, world.facts.now)) return
  application.row.training_status = state
  application.row.updated_at = at
  recordState(world, application, state, reason, at)
}
