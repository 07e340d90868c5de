import { type TestPerson, testPeople, testPersonId } from '../test-people.ts'
import { accepted, apply, rejected, trainingBecame, wentOver } from './applications.ts'
import type { Cohort, Provider } from './facts.ts'
import { daysAfter, isAfter } from './moments.ts'
import { declaredTwice, paidInTime, refundDue, refunded, takenOn, voidedInTime, waitingForPayment, waitingForTheDeadline } from './money-stories.ts'
import { archiveFor, type PersonTraits, takeOverId } from './people.ts'
import type { Stage } from './stage.ts'
import { declareAll } from './training.ts'
import { abroad, decided, inSchool } from './work.ts'

/** Each provider's test people: the same names and ids in every sandbox, for whom the dice fall as their story needs it. */
export function tellTestPeople(stage: Stage): void {
  for (const [person, { name: fullName }] of Object.entries(testPeople) as [TestPerson, { name: string }][]) {
    const email = `${dotted(fullName)}.${dotted(stage.provider.name).replaceAll('.', '-')}@people.example`
    stories[person](stage, { given: { id: testPersonId(stage.provider.name, person), fullName, email } })
  }
}

function dotted(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]+/g, '.')
}

const stories: Record<TestPerson, (stage: Stage, who: PersonTraits) => void> = {
  pending: ({ world, provider, newest: cohort }, traits) => void apply(world, { provider, cohort, eligible: true, traits }),
  limited(stage, traits) {
    const { world, provider, cohorts } = stage
    const cohort = cohorts.findLast(({ funding }) => funding === 'capped')
    if (cohort) apply(world, { provider, cohort, eligible: true, traits })
  },
  pendingTwice(stage, traits) {
    const { world, provider, newest: cohort } = stage
    const { person, course, appliedAt: after } = apply(world, { provider, cohort, eligible: true, traits })
    apply(world, { provider: anotherOf(stage, cohort), cohort, course, person, after, eligible: true })
  },
  notEligible: ({ world, provider, newest: cohort }, traits) => void apply(world, { provider, cohort, eligible: false, traits }),
  withoutTrn: ({ world, provider, newest: cohort }, who) => void apply(world, { provider, cohort, eligible: true, traits: { ...who, trn: 'none' } }),
  outsideEngland(stage, traits) {
    const { world, provider } = stage
    const application = accepted(world, apply(world, { provider, cohort: cohortBegun(stage, 40), work: (place) => abroad(place, 'spain'), traits }))
    declareAll(world, application, ['started'])
  },
  rejected({ world, provider, newest: cohort }, traits) {
    rejected(world, apply(world, { provider, cohort, eligible: true, traits }), 'rejected_by_provider')
  },
  accepted: (stage, who) => void takenOn(stage, cohortBegun(stage, 40), who),
  several(stage, who) {
    const { world, provider } = stage
    const cohort = cohortBegun(stage, 40)
    const first = takenOn(stage, cohort, who)
    const { person, acceptedAt: after } = first
    declareAll(world, first, ['started'])
    const [second, third] = world.facts.coursesOf(provider, cohort).filter(({ family }) => family !== first.course.family)
    if (second) rejected(world, apply(world, { provider, cohort, course: second, person, after, eligible: true }), 'rejected_by_provider')
    if (third) apply(world, { provider, cohort, course: third, person, after, eligible: true })
  },
  previouslyFunded(stage, who) {
    const { world, provider, newest: cohort } = stage
    const before = takenOn(stage, cohortBegun(stage, 400), who)
    declareAll(world, before, ['started', 'retained-1'])
    const course = world.facts.coursesOf(provider, cohort).find(({ family }) => family === before.course.family)
    if (!course || cohort === before.cohort) return
    const { person, acceptedAt: after } = before
    apply(world, { provider, cohort, course, person, after, work: (place) => decided(cohort, 'previously_funded', 'school', inSchool(place, true)) })
  },
  formerNames(stage, who) {
    declareAll(stage.world, takenOn(stage, cohortBegun(stage, 40), { ...who, previousNames: 2 }), ['started'])
  },
  withoutEmail(stage, who) {
    const { world, provider, newest: cohort } = stage
    const { person, acceptedAt } = takenOn(stage, cohortBegun(stage, 400), who)
    const at = daysAfter(acceptedAt, 300)
    if (!isAfter(daysAfter(at, 3), world.facts.now))
      apply(world, { provider, cohort, person: archiveFor(world, person, at), after: at, eligible: true })
  },
  idChanged(stage, who) {
    const application = takenOn(stage, cohortBegun(stage, 40), who)
    declareAll(stage.world, application, ['started'])
    takeOverId(stage.world, application.person, daysAfter(application.acceptedAt, 20))
  },
  started: (stage, who) => void declareAll(stage.world, takenOn(stage, cohortBegun(stage, 40), who), ['started']),
  deferred: (stage, who) => broken(stage, who, 'deferred', 'parental-leave'),
  withdrawn: (stage, who) => broken(stage, who, 'withdrawn', 'personal-reason-moving-school'),
  resumed: (stage, who) => broken(stage, who, 'deferred', 'long-term-sickness', true),
  passed: (stage, who) => void completed(stage, who, 'passed'),
  failedFirst: (stage, who) => void completed(stage, who, 'failed'),
  cameOver(stage, who) {
    const cohort = cohortBegun(stage, 250)
    changeProvider(stage, cohort, who, anotherOf(stage, cohort), stage.provider)
  },
  wentOver(stage, who) {
    const cohort = cohortBegun(stage, 250)
    changeProvider(stage, cohort, who, stage.provider, anotherOf(stage, cohort))
  },
  eligible: waitingForTheDeadline,
  payable: waitingForPayment,
  paid: paidInTime,
  voided: voidedInTime,
  refundDue,
  refunded,
  duplicate: declaredTwice,
}

/** The newest cohort with funding whose trainings began so many days ago; the oldest where there is none. */
function cohortBegun({ world, provider, cohorts, oldest }: Stage, days: number): Cohort {
  const since = daysAfter(world.facts.now, -days)
  const begun = (cohort: Cohort) =>
    world.facts
      .coursesOf(provider, cohort)
      .flatMap((course) => world.facts.schedulesFor(cohort, course))
      .every(({ applies_from }) => !isAfter(applies_from.toZonedDateTime('UTC').toInstant(), since))
  return (
    cohorts.findLast((cohort) => cohort.funding !== 'zero' && !isAfter(daysAfter(cohort.registration_start_date, 70), since) && begun(cohort)) ??
    oldest
  )
}

/** The next provider that had participants in the cohort. */
function anotherOf({ world, provider }: Stage, cohort: Cohort): Provider {
  const { providers, cohortsOf } = world.facts
  const after = providers.indexOf(provider) + 1
  const others = [...providers.slice(after), ...providers.slice(0, after)]
  return others.find((other) => other !== provider && cohortsOf(other).includes(cohort)) ?? provider
}

/** The training was interrupted or ended after its start, and taken up again where that is told. */
function broken(stage: Stage, who: PersonTraits, state: 'deferred' | 'withdrawn', reason: string, again = false) {
  const { world } = stage
  const application = takenOn(stage, cohortBegun(stage, 120), who)
  const declaredAt = declareAll(world, application, ['started'])
  if (!declaredAt) return
  trainingBecame(world.facts, application, state, reason, daysAfter(declaredAt, 20))
  if (again) trainingBecame(world.facts, application, 'active', null, daysAfter(declaredAt, 60))
}

function completed(stage: Stage, who: PersonTraits, result: 'passed' | 'failed') {
  const application = takenOn(stage, cohortBegun(stage, 600), who)
  declareAll(stage.world, application, ['started', 'retained-1', 'retained-2', 'completed'], { result })
}

/** Both providers declared something: the first the start, the second what came after. */
function changeProvider(stage: Stage, cohort: Cohort, who: PersonTraits, from: Provider, to: Provider) {
  const { world } = stage
  const application = takenOn({ ...stage, provider: from }, cohort, who)
  const declaredAt = declareAll(world, application, ['started'])
  if (declaredAt) declareAll(world, wentOver(application, to, daysAfter(declaredAt, 30)), ['retained-1'])
}
