import { elsewhere } from '../../sandbox/elsewhere.ts'
import { refusalsOf, type Scenario } from './scenario.ts'
import type { Application, World } from './world.ts'

const course_identifier = 'npq-headship'
const named = ({ id, person }: Application) => ({ application_id: id, participant_id: person.id })

function replaced(w: World) {
  const application = w.accepted()
  const kept = w.person({ trn: application.person.trn })
  w.formerId(kept, application.person.id)
  return { ...named(application), new_participant_id: kept.id }
}

/** The situations in which every action on a participant's training is refused. */
function ofTraining(attributes: Readonly<Record<string, unknown>>) {
  return {
    participant_id_replaced: {
      shows: 'A participant whose record another one of the same person took over.',
      attributes: { course_identifier, ...attributes },
      make: replaced,
    },
    course_identifier_unknown: {
      shows: 'A course that there is not.',
      attributes: { course_identifier: 'npq-nothing', ...attributes },
      make: (w: World) => named(w.accepted()),
    },
    not_on_course: {
      shows: 'A participant of yours on another course.',
      attributes: { course_identifier: 'npq-senior-leadership', ...attributes },
      make: (w: World) => named(w.accepted()),
    },
  }
}

const deferring = refusalsOf('deferParticipant', 'defer', 'participant_id', {
  ...ofTraining({ reason: 'other' }),
  reason_unknown: {
    shows: 'A reason that is none of those for a deferral.',
    attributes: { course_identifier, reason: 'weather' },
    make(w) {
      const application = w.accepted()
      w.declaration(application)
      return named(application)
    },
  },
  participant_already_deferred: {
    shows: 'A participant whose training is deferred.',
    attributes: { course_identifier, reason: 'other' },
    make(w) {
      const application = w.accepted({ training: ['active', 'deferred'] })
      w.declaration(application)
      return named(application)
    },
  },
  participant_withdrawn: {
    shows: 'A participant who is withdrawn.',
    attributes: { course_identifier, reason: 'other' },
    make(w) {
      const application = w.accepted({ training: ['active', 'withdrawn'] })
      w.declaration(application)
      return named(application)
    },
  },
  nothing_declared: {
    shows: 'A participant for whom nothing was declared.',
    attributes: { course_identifier, reason: 'other' },
    make: (w) => named(w.accepted()),
  },
})

const resuming = refusalsOf('resumeParticipant', 'resume', 'participant_id', {
  ...ofTraining({}),
  participant_already_active: {
    shows: 'A participant who is in training.',
    attributes: { course_identifier },
    make: (w) => named(w.accepted()),
  },
  course_accepted_elsewhere: {
    shows: 'A participant who withdrew from you, and whom another provider accepted for the course since.',
    attributes: { course_identifier },
    make(w) {
      const application = w.accepted({ training: ['active', 'withdrawn'] })
      w.declaration(application)
      w.accepted({ person: application.person, provider: elsewhere.name })
      return named(application)
    },
  },
})

const withdrawing = refusalsOf('withdrawParticipant', 'withdraw', 'participant_id', {
  ...ofTraining({ reason: 'other' }),
  reason_unknown: {
    shows: 'A reason that is none of those for a withdrawal.',
    attributes: { course_identifier, reason: 'weather' },
    make(w) {
      const application = w.accepted()
      w.declaration(application)
      return named(application)
    },
  },
  participant_already_withdrawn: {
    shows: 'A participant who is withdrawn.',
    attributes: { course_identifier, reason: 'other' },
    make(w) {
      const application = w.accepted({ training: ['active', 'withdrawn'] })
      w.declaration(application)
      return named(application)
    },
  },
  start_not_declared: {
    shows: 'A participant whose start was not declared.',
    attributes: { course_identifier, reason: 'other' },
    make: (w) => named(w.accepted()),
  },
})

/** An accepted application of a cohort without a limit of places, and the later one of its cohort's leadership schedules. */
function withLaterSchedule(w: World) {
  const application = w.accepted({ place: w.unlimited() })
  return {
    application,
    values: { ...named(application), schedule_identifier: application.place.schedules.get('leadership')?.at(-1)?.identifier ?? '' },
  }
}

const changingSchedule = refusalsOf('changeParticipantSchedule', 'change-schedule', 'participant_id', {
  ...ofTraining({ schedule_identifier: 'npq-leadership-autumn' }),
  schedule_identifier_missing: {
    shows: 'No schedule to change to.',
    attributes: { course_identifier },
    make: (w) => named(w.accepted()),
  },
  schedule_unknown: {
    shows: 'A schedule that the cohort does not have.',
    attributes: { course_identifier, schedule_identifier: 'npq-nothing' },
    make: (w) => named(w.accepted()),
  },
  not_contracted: {
    shows: 'A schedule of a cohort in which you hold no contract for the course.',
    attributes: { course_identifier: 'npq-senco', schedule_identifier: '{schedule_identifier}', cohort: '{cohort}' },
    make(w) {
      const target = w.unlimited()
      const application = w.accepted({ course: 'npq-senco', group: 'specialist' })
      return {
        ...named(application),
        schedule_identifier: target.schedules.get('specialist')?.[0]?.identifier ?? '',
        cohort: String(target.startYear),
      }
    },
  },
  participant_withdrawn: {
    shows: 'A participant who is withdrawn.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited(), training: ['active', 'withdrawn'] })
      w.declaration(application, { state: 'submitted' })
      return { ...named(application), schedule_identifier: application.place.schedules.get('leadership')?.at(-1)?.identifier ?? '' }
    },
  },
  declared_type_not_in_schedule: {
    shows: 'A participant with a declaration of a kind that the new schedule does not have.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited() })
      w.declaration(application, { type: 'retained-2', state: 'submitted' })
      return { ...named(application), schedule_identifier: application.place.schedules.get('specialist')?.[0]?.identifier ?? '' }
    },
  },
  declared_before_schedule: {
    shows: 'A participant whose start was declared before the first day of the new schedule.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const { application, values } = withLaterSchedule(w)
      w.declaration(application, { state: 'submitted' })
      return values
    },
  },
  schedule_unchanged: {
    shows: 'The schedule that the participant is on already.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited() })
      return { ...named(application), schedule_identifier: application.schedule.identifier }
    },
  },
  schedule_of_another_course: {
    shows: 'A schedule for specialist courses, for a participant on headship.',
    title: 'schedule_identifier',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited() })
      return { ...named(application), schedule_identifier: application.place.schedules.get('specialist')?.[0]?.identifier ?? '' }
    },
  },
  cohort_held_by_declarations: {
    shows: 'A participant whose declarations hold them in their cohort.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}', cohort: '{cohort}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited() })
      w.declaration(application, { state: 'submitted' })
      const target = w.before(application.place)
      return { ...named(application), schedule_identifier: target.schedule.identifier, cohort: String(target.startYear) }
    },
  },
  cohort_places_not_limited: {
    shows: 'A participant of a cohort with limited places, on the way into one without a limit.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}', cohort: '{cohort}' },
    make(w) {
      const target = w.unlimited()
      return { ...named(w.accepted()), schedule_identifier: target.schedule.identifier, cohort: String(target.startYear) }
    },
  },
  cohort_funded: {
    shows: 'A participant of a cohort without funding, on the way into one with funding.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}', cohort: '{cohort}' },
    make(w) {
      const target = w.unlimited()
      return { ...named(w.accepted({ place: w.unfunded() })), schedule_identifier: target.schedule.identifier, cohort: String(target.startYear) }
    },
  },
  course_accepted_elsewhere: {
    shows: 'A participant who has an accepted application for the course in the new cohort already.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}', cohort: '{cohort}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited() })
      const target = w.before(application.place)
      w.accepted({ place: target, person: application.person, provider: elsewhere.name })
      return { ...named(application), schedule_identifier: target.schedule.identifier, cohort: String(target.startYear) }
    },
  },
  funded_place_missing: {
    shows: 'A participant of a cohort with limited places of whom nothing says whether the place is funded.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ funded_place: null })
      return { ...named(application), schedule_identifier: application.place.schedules.get('leadership')?.at(-1)?.identifier ?? '' }
    },
  },
  funded_place_not_applicable: {
    shows: 'A participant who holds a funded place although places in the cohort are not limited.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ place: w.unlimited(), funded_place: true })
      return { ...named(application), schedule_identifier: application.place.schedules.get('leadership')?.at(-1)?.identifier ?? '' }
    },
  },
  not_eligible_for_funding: {
    shows: 'A participant who holds a funded place without being eligible for funding.',
    attributes: { course_identifier, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.accepted({ eligible_for_funding: false, funded_place: true })
      return { ...named(application), schedule_identifier: application.place.schedules.get('leadership')?.at(-1)?.identifier ?? '' }
    },
  },
})

const completed = (w: World) => {
  const application = w.accepted()
  return { ...named(application), declaration_id: w.completed(application, ['failed']) }
}
const passed = { course_identifier, state: 'passed', completion_date: '{completion_date}' }
const dated = (w: World, values: Record<string, string>) => ({ ...values, completion_date: w.now.toString().slice(0, 10) })

const reporting = refusalsOf('reportOutcome', 'report-outcome', 'participant_id', {
  participant_id_replaced: {
    shows: 'A participant whose record another one of the same person took over.',
    attributes: passed,
    make: (w) => dated(w, replaced(w)),
  },
  course_without_outcomes: {
    shows: 'A course that nobody passes or fails.',
    attributes: { ...passed, course_identifier: 'npq-early-headship-coaching-offer' },
    make: (w) => dated(w, completed(w)),
  },
  course_identifier_missing: {
    shows: 'An outcome without its course.',
    attributes: { state: 'passed', completion_date: '{completion_date}' },
    make: (w) => dated(w, completed(w)),
  },
  state_unknown: {
    shows: 'An outcome that is neither passed nor failed.',
    attributes: { ...passed, state: 'voided' },
    make: (w) => dated(w, completed(w)),
  },
  state_missing: {
    shows: 'An outcome that says nothing.',
    attributes: { course_identifier, completion_date: '{completion_date}' },
    make: (w) => dated(w, completed(w)),
  },
  completion_date_missing: { shows: 'An outcome without its date.', attributes: { course_identifier, state: 'passed' }, make: completed },
  completion_date_malformed: {
    shows: 'A date that there is not.',
    attributes: { ...passed, completion_date: '2026-02-30' },
    make: completed,
  },
  completion_not_declared: {
    shows: 'A participant whose completion was not declared.',
    attributes: passed,
    make: (w) => dated(w, named(w.accepted())),
  },
  completion_date_in_future: {
    shows: 'A date that is still to come.',
    attributes: { ...passed, completion_date: '2099-01-01' },
    make: completed,
  },
})

export const participantScenarios: readonly Scenario[] = [...deferring, ...resuming, ...withdrawing, ...changingSchedule, ...reporting]
