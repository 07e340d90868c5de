import { utcDate } from '../clock.ts'
import { defaultSchedule } from '../domain/applications/default-schedule.ts'
import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import type { RejectionReason, TrainingStatus } from '../words.ts'
import type { Cohort, Course, Facts, Provider, Schedule } from './facts.ts'
import { between, daysAfter, earliest, latest } from './moments.ts'
import { makePerson, type Person, type PersonTraits, touch } from './people.ts'
import { inSchool, type Place, type Work } from './work.ts'
import type { Applying } from './world.ts'

type Columns = DatasetRecord<'application'>

export type Application = {
  record: Columns
  person: Person
  provider: Provider
  cohort: Cohort
  course: Course
  appliedAt: Temporal.Instant
}
export type Accepted = Application & { acceptedAt: Temporal.Instant; schedule: Schedule }

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
  columns?: Partial<Columns>
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
  const record = world.tell('application', {
    id: random.uuid(),
    participant_id: person.id,
    course_identifier: course.identifier,
    lead_provider: provider.name,
    cohort: cohort.identifier,
    lead_provider_approval_status: 'pending',
    funded_place: cohort.funding === 'zero' ? false : null,
    // decided for the earlier cohorts only
    targeted_delivery_funding_eligibility: cohort.start_year < 2024 && work.eligible_for_funding === true && random.chance(0.25),
    states: [],
    created_at: at,
    updated_at: at,
    ...work,
    ...what.columns,
  })
  return { record, person, provider, cohort, course, appliedAt: at }
}

/** The provider took the application on, within ten days. */
export function accepted(world: Applying, application: Application): Accepted {
  const { random, facts } = world
  const { record, cohort, course, appliedAt } = application
  const at = between(random, appliedAt, earliest(daysAfter(appliedAt, 10), daysAfter(facts.now, -1)))
  const schedule = chooseSchedule(world, cohort, course, at)
  Object.assign(record, { lead_provider_approval_status: 'accepted', accepted_at: at, schedule_identifier: schedule.identifier })
  if (cohort.funding === 'capped') record.funded_place ??= record.eligible_for_funding === true && random.chance(0.7)
  touch(application.person, at)
  trainingBecame(facts, application, 'active', null, at)
  return { ...application, acceptedAt: at, schedule }
}

/** The default schedule of the day; now and then the provider named another one that has begun. */
function chooseSchedule({ facts, random }: Applying, cohort: Cohort, course: Course, at: Temporal.Instant): Schedule {
  const schedules = facts.schedulesFor(cohort, course)
  const usual = defaultSchedule(course.rules, cohort, utcDate(at), schedules)
  const begun = schedules.filter(({ applies_from }) => Temporal.PlainDate.compare(applies_from, facts.today) <= 0)
  return usual && (begun.length === 0 || random.chance(0.85)) ? usual : random.pick(begun.length > 0 ? begun : schedules)
}

/** The application went over to another provider, with what was recorded of its training so far. */
export function wentOver(application: Accepted, to: Provider, at: Temporal.Instant): Accepted {
  const { record, provider } = application
  for (const state of record.states ?? []) state.lead_provider = provider.name
  Object.assign(record, { lead_provider: to.name, updated_at: at })
  return { ...application, provider: to }
}

/** The provider turned the application down, within three weeks where no moment is given. */
export function rejected({ random, facts }: Applying, application: Application, reason: RejectionReason, when?: Temporal.Instant): void {
  const { record, person, appliedAt } = application
  const at = when ?? between(random, appliedAt, earliest(daysAfter(appliedAt, 21), daysAfter(facts.now, -1)))
  Object.assign(record, { lead_provider_approval_status: 'rejected', reason_for_rejection: reason, updated_at: at })
  touch(person, at)
}

/** The training was begun, interrupted, ended or taken up again, if it has come to that. */
export function trainingBecame({ now }: Facts, { record }: Application, state: TrainingStatus, reason: string | null, at: Temporal.Instant): void {
  if (Temporal.Instant.compare(at, now) > 0) return
  record.states?.push({ state, reason, created_at: at })
  Object.assign(record, { training_status: state, updated_at: at })
}
