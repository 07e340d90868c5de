import { utcDate } from '../clock.ts'
import type { NewRowOf } from '../db/schema.ts'
import { defaultSchedule } from '../domain/applications/default-schedule.ts'
import type { RejectionReason } from '../words.ts'
import type { Cohort, Course, Provider, Schedule } from './facts.ts'
import { between, daysAfter, earliest, latest } from './moments.ts'
import { makePerson, type Person, type PersonTraits, touch } from './people.ts'
import type { Made } from './store.ts'
import { type Applying, inSchool, type Place, type Work } from './work.ts'
import type { World } from './world.ts'

export type Application = {
  row: Made<'applications'>
  person: Person
  provider: Provider
  cohort: Cohort
  course: Course
}

export type Apply = {
  provider: Provider
  cohort: Cohort
  course?: Course
  /** who applies; a new person with these traits where nobody is given */
  person?: Person
  traits?: PersonTraits
  /** whether the person works where the course is funded; a toss where not given */
  eligible?: boolean
  work?: (place: Place) => Work
  columns?: Partial<NewRowOf<'applications'>>
  /** not before this moment */
  after?: Temporal.Instant
  /** days after the opening of registration by which they have applied */
  within?: number
}

/** How long after its registration opens people apply for a cohort, in days. */
const registration = 180

/** Someone applies: a pending application, within six months of the opening of registration. */
export function apply(world: Applying, what: Apply): Application {
  const { random, facts } = world
  const { provider, cohort } = what
  const course = what.course ?? random.pick(facts.coursesOf(provider, cohort))
  const opened = latest(daysAfter(cohort.registration_start_date, 1), what.after ?? cohort.registration_start_date)
  const at = earliest(between(random, opened, daysAfter(cohort.registration_start_date, what.within ?? registration)), daysAfter(facts.now, -2))
  const person = what.person ?? makePerson(world, at, { signIn: cohort.start_year >= 2026 ? 'newer' : 'older', ...what.traits })
  const place = { world, cohort, course }
  const work = what.work?.(place) ?? inSchool(place, what.eligible ?? random.chance(0.5))
  const row = world.add('applications', {
    public_id: random.uuid(),
    user_id: person.id,
    course_id: course.id,
    course_family: course.family,
    lead_provider_id: provider.id,
    cohort_id: cohort.id,
    schedule_id: null,
    lead_provider_approval_status: 'pending',
    reason_for_rejection: null,
    accepted_at: null,
    training_status: null,
    funded_place: cohort.funding === 'zero' ? false : null,
    // decided for the earlier cohorts only
    targeted_delivery_funding_eligibility: cohort.start_year < 2024 && work.eligible_for_funding === true && random.chance(0.25),
    senco_in_role: null,
    senco_start_date: null,
    created_at: at,
    updated_at: at,
    ...work,
    ...what.columns,
  })
  return { row, person, provider, cohort, course }
}

/** The provider takes the application on, within ten days, as the API would have it. */
export function accept(world: World, application: Application): Application {
  const { random, facts } = world
  const { row, cohort, course, person } = application
  const created = row.created_at as Temporal.Instant
  const at = between(random, created, earliest(daysAfter(created, 10), daysAfter(facts.now, -1)))
  row.lead_provider_approval_status = 'accepted'
  row.training_status = 'active'
  row.accepted_at = at
  row.schedule_id = chooseSchedule(world, cohort, course, at).id
  if (cohort.funding === 'capped') row.funded_place ??= row.eligible_for_funding === true && random.chance(0.7)
  row.updated_at = at
  touch(person, at)
  recordState(world, application, 'active', null, at)
  return application
}

/** The default schedule of the day; now and then the provider names another one that has begun. */
function chooseSchedule({ facts, random }: World, cohort: Cohort, course: Course, at: Temporal.Instant): Schedule {
  const schedules = facts.schedulesFor(cohort, course)
  const usual = defaultSchedule(course.rules, cohort, utcDate(at), schedules)
  const begun = schedules.filter(({ applies_from }) => Temporal.PlainDate.compare(applies_from, facts.today) <= 0)
  return usual && (begun.length === 0 || random.chance(0.85)) ? usual : random.pick(begun.length > 0 ? begun : schedules)
}

export function reject(world: World, application: Application, reason: RejectionReason, when?: Temporal.Instant): Application {
  const { row, person } = application
  const created = row.created_at as Temporal.Instant
  const at = when ?? between(world.random, created, earliest(daysAfter(created, 21), daysAfter(world.facts.now, -1)))
  row.lead_provider_approval_status = 'rejected'
  row.reason_for_rejection = reason
  row.updated_at = at
  touch(person, at)
  return application
}

export function recordState(
  world: World,
  { row, provider }: Application,
  state: 'active' | 'deferred' | 'withdrawn',
  reason: string | null,
  at: Temporal.Instant,
): void {
  world.add('application_states', {
    public_id: world.random.uuid(),
    application_id: row.id,
    lead_provider_id: provider.id,
    state,
    reason,
    created_at: at,
    updated_at: at,
  })
}
