import { accepted, apply, rejected } from './applications.ts'
import type { Cohort, Provider } from './facts.ts'
import { daysAfter, isAfter } from './moments.ts'
import { specialStories } from './special-stories.ts'
import type { Stage } from './stage.ts'
import { tellTestPeople } from './test-people.ts'
import { train } from './training.ts'
import type { World } from './world.ts'

/** Everybody who ever applied to one provider. */
export function tellStories(world: World, provider: Provider): void {
  const cohorts = world.facts.cohortsOf(provider)
  const [oldest, newest] = [cohorts[0], cohorts.at(-1)]
  if (!oldest || !newest) return
  const stage = { world, provider, cohorts, oldest, newest }
  for (const cohort of cohorts) tellOrdinary(stage, cohort)
  for (const tell of specialStories) tell(stage)
  tellTestPeople(stage)
}

/** What every cohort has: people in training, deferred, withdrawn, back again, waiting and rejected. */
function tellOrdinary({ world, provider, newest }: Stage, cohort: Cohort) {
  const courses = world.facts.coursesOf(provider, cohort)
  let next = world.random.whole(0, courses.length - 1)
  // in turn, so that there is somebody on each course
  const applied = (eligible: boolean, columns = {}) => {
    const course = courses[next++ % courses.length]
    return apply(world, { provider, cohort, eligible, columns, ...(course && { course }) })
  }
  const takenOn = (eligible: boolean, columns = {}) => accepted(world, applied(eligible, columns))
  for (let count = 0; count < 2; count++) train(world, takenOn(true), 'active')
  if (cohort.funding === 'capped') train(world, takenOn(true, { funded_place: false }), 'active')
  train(world, takenOn(false), 'active')
  train(world, takenOn(true), 'deferred')
  train(world, takenOn(true), 'withdrawn')
  train(world, takenOn(false), 'resumed')
  const waiting = cohort === newest ? 6 : 1
  for (let count = 0; count < waiting; count++) applied(world.random.chance(0.6))
  rejected(world, applied(true), 'rejected_by_provider')
  const expiry = daysAfter(cohort.registration_start_date, 300)
  if (!isAfter(expiry, world.facts.now)) rejected(world, applied(false), 'registration_expired', expiry)
}
