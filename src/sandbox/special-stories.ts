import { employmentTypes, sencoAnswers } from '../words.ts'
import { type Application, type Apply, accepted, apply, rejected } from './applications.ts'
import type { Cohort, Course, Provider } from './facts.ts'
import { daysAfter, earliest, latest } from './moments.ts'
import { archiveFor, takeOverId } from './people.ts'
import type { Stage } from './stage.ts'
import { train } from './training.ts'
import { abroad, asLeadMentor, decided, inNursery, inSchool, underReview } from './work.ts'
import type { World } from './world.ts'

/** What happens to a few people only, but does happen: every provider should meet it before it meets it in production. */
export const specialStories: ((stage: Stage) => void)[] = [
  siblings,
  previouslyFunded,
  severalCourses,
  numbersAndNames,
  replacedAccounts,
  intendingSencos,
  otherWorkplaces,
  reviewQueue,
]

/** One person applies for a course in a cohort three times, with two providers; an acceptance ends the other two. */
function siblings({ world, provider, cohorts }: Stage) {
  const cohort = world.random.pick(cohorts)
  const others = world.facts.providers.filter((other) => other !== provider && world.facts.cohortsOf(other).includes(cohort))
  const first = apply(world, { provider, cohort, eligible: true })
  const second = apply(world, { ...again(first), provider: world.random.pick(others), cohort, course: first.course })
  const third = accepted(world, apply(world, { ...again(second), provider, cohort, course: first.course, eligible: true }))
  for (const sibling of [first, second]) {
    rejected(world, sibling, 'other_application_in_this_cohort_accepted', third.acceptedAt)
  }
  train(world, third, 'active')
}

/** Trained on a funded place before, applies again: not funded, unless policy says so. */
function previouslyFunded({ world, provider, oldest, newest, cohorts }: Stage) {
  for (const code of ['previously_funded', 'previously_funded', 'marked_funded_by_policy']) {
    const cohort = cohorts.find(({ funding }) => funding !== 'zero') ?? oldest
    const earlier = accepted(
      world,
      apply(world, { provider, cohort, eligible: true, columns: cohort.funding === 'capped' ? { funded_place: true } : {} }),
    )
    train(world, earlier, 'withdrawn')
    if (newest.funding === 'zero') continue
    apply(world, {
      ...again(earlier),
      provider,
      cohort: newest,
      course: sameCourse(world.facts.coursesOf(provider, newest), earlier.course),
      work: (place) => decided(place.cohort, code, 'school', inSchool(place, true)),
    })
  }
}

/** People who come back for another course, or go on with another provider. */
function severalCourses({ world, provider, oldest, newest, cohorts }: Stage) {
  const middle = cohorts[Math.floor(cohorts.length / 2)] ?? newest
  for (const laterProvider of [provider, provider, world.random.pick(world.facts.providers)]) {
    const first = accepted(world, apply(world, { provider, cohort: oldest, eligible: true }))
    train(world, first, 'active')
    const second = accepted(world, apply(world, { ...again(first), provider, cohort: middle, course: another(world, provider, middle, [first]) }))
    train(world, second, 'active')
    const cohort = world.facts.cohortsOf(laterProvider).at(-1) ?? newest
    const third = { ...again(second), provider: laterProvider, cohort, course: another(world, laterProvider, cohort, [first, second]) }
    apply(world, third)
  }
}

/** TRNs that are not verified or not there yet, earlier names, and a record that took over an older one. */
function numbersAndNames({ world, provider, newest, cohorts }: Stage) {
  const [earlier = newest] = cohorts.slice(-3)
  train(world, accepted(world, apply(world, { provider, cohort: earlier, eligible: true, traits: { trn: 'unverified' } })), 'active')
  apply(world, { provider, cohort: newest, traits: { trn: 'unverified' } })
  for (let count = 0; count < 2; count++) apply(world, { provider, cohort: newest, traits: { trn: 'none' } })
  for (const previousNames of [1, 2]) {
    train(world, accepted(world, apply(world, { provider, cohort: newest, eligible: true, traits: { previousNames } })), 'active')
  }
  for (let count = 0; count < 2; count++) {
    const application = accepted(world, apply(world, { provider, cohort: earlier, eligible: true }))
    train(world, application, 'active')
    takeOverId(world, application.person, earliest(daysAfter(application.acceptedAt, world.random.whole(20, 90)), daysAfter(world.facts.now, -1)))
  }
}

/** The person signed up anew with the same address: the older account keeps its applications, without an address. */
function replacedAccounts({ world, provider, oldest, newest }: Stage) {
  for (let count = 0; count < 2; count++) {
    const first = accepted(world, apply(world, { provider, cohort: oldest, eligible: true }))
    train(world, first, 'active')
    const opened = newest.registration_start_date
    const later = latest(daysAfter(opened, world.random.whole(2, 20)), daysAfter(first.acceptedAt, 5))
    const at = earliest(later, daysAfter(world.facts.now, -3))
    const successor = archiveFor(world, first.person, at)
    apply(world, { person: successor, after: at, provider, cohort: newest, course: another(world, provider, newest, [first]) })
  }
}

/** Each answer to the question whether the person is the co-ordinator for special needs. */
function intendingSencos({ world, provider, cohorts }: Stage) {
  const cohort = cohorts.findLast((each) => world.facts.coursesOf(provider, each).some(isSenco))
  const course = cohort && world.facts.coursesOf(provider, cohort).find(isSenco)
  if (!cohort || !course) return
  for (const answer of sencoAnswers) {
    const start =
      answer === 'yes'
        ? Temporal.PlainDate.from('2023-09-01')
        : answer === 'no_but_i_plan_to_become_one'
          ? Temporal.PlainDate.from('2027-01-01')
          : null
    const columns = { senco_in_role: answer, senco_start_date: start }
    const application = apply(world, { provider, cohort, course, eligible: true, columns })
    if (answer === 'yes') train(world, accepted(world, application), 'active')
  }
}

/** Nurseries, childminders, trainers of teachers and schools outside England; some of the first two have closed since. */
function otherWorkplaces({ world, provider, cohorts, newest, oldest }: Stage) {
  const funded = cohorts.filter(({ funding }) => funding !== 'zero')
  const latestFunded = funded.at(-1) ?? newest
  const courses = world.facts.coursesOf(provider, latestFunded)
  const earlyYears = courses.find(({ identifier }) => identifier === 'npq-early-years-leadership')
  const mentoring = courses.find(({ identifier }) => identifier === 'npq-leading-teaching-development')
  const at = (cohort: Cohort, work: NonNullable<Apply['work']>, course?: Course) =>
    apply(world, { provider, cohort, work, ...(course && { course }) })
  const taken = (application: Application) => train(world, accepted(world, application), 'active')

  if (earlyYears) {
    taken(at(latestFunded, (place) => inNursery(place), earlyYears))
    at(latestFunded, (place) => inNursery(place, true), earlyYears)
  }
  taken(at(oldest, (place) => inNursery(place, true)))
  at(newest, (place) => inNursery(place))
  taken(at(latestFunded, (place) => asLeadMentor(place), mentoring))
  at(latestFunded, (place) => asLeadMentor(place, true), mentoring)
  taken(at(oldest, (place) => abroad(place, 'scotland')))
  at(newest, (place) => abroad(place, 'spain'))
}

/** One application of each kind that an operator looks at before funding is decided. */
function reviewQueue({ world, provider, cohorts, newest }: Stage) {
  const cohort = cohorts.findLast(({ funding }) => funding !== 'zero') ?? newest
  const course = world.facts.coursesOf(provider, cohort).find(({ identifier }) => identifier === 'npq-headship')
  for (const employment of [...employmentTypes, 'referred'] as const) {
    apply(world, { provider, cohort, work: (place) => underReview(place, employment), ...(course && { course }) })
  }
}

function isSenco({ identifier }: Course) {
  return identifier === 'npq-senco'
}

/** The same person, some time after this application. */
function again({ person, appliedAt, record }: Application): Pick<Apply, 'person' | 'after'> {
  return { person, after: record.accepted_at ?? appliedAt }
}

/** A course that the person has not applied for yet. */
function another(world: World, provider: Provider, cohort: Cohort, taken: Application[]): Course {
  const families = new Set(taken.map(({ course }) => course.family))
  return world.random.pick(world.facts.coursesOf(provider, cohort).filter(({ family }) => !families.has(family)))
}

function sameCourse(courses: Course[], wanted: Course): Course {
  return courses.find(({ family }) => family === wanted.family) ?? wanted
}
