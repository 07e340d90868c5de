import { elsewhere } from '../../sandbox/elsewhere.ts'
import { refusalsOf, type Scenario } from './scenario.ts'
import type { Application } from './world.ts'

const named = ({ id, person }: Application) => ({ application_id: id, participant_id: person.id })

const accepting = refusalsOf('acceptApplication', 'accept', 'application_id', {
  funded_place_missing: {
    shows: 'A pending application in a cohort with limited places, accepted without saying whether the place is funded.',
    make: (w) => named(w.application()),
  },
  funded_place_in_unfunded_cohort: {
    shows: 'A pending application in a cohort without funding, accepted on a funded place.',
    attributes: { funded_place: true },
    make: (w) => named(w.application({ place: w.unfunded() })),
  },
  application_already_accepted: {
    shows: 'An application that you accepted before.',
    attributes: { funded_place: true },
    make: (w) => named(w.accepted()),
  },
  application_already_rejected: {
    shows: 'An application that you rejected before.',
    attributes: { funded_place: true },
    make: (w) => named(w.application({ lead_provider_approval_status: 'rejected', reason_for_rejection: 'rejected_by_provider' })),
  },
  course_accepted_elsewhere: {
    shows: 'Another provider accepted the same person for the same course in the same cohort.',
    attributes: { funded_place: true },
    make(w) {
      const person = w.person()
      w.accepted({ person, provider: elsewhere.name })
      return named(w.application({ person }))
    },
  },
  not_eligible_for_funding: [
    {
      shows: 'An applicant who is not eligible for funding, accepted on a funded place.',
      title: 'application',
      attributes: { funded_place: true },
      make: (w) => named(w.application({ eligible_for_funding: false, funding_eligibility_status_code: 'ineligible_establishment_type' })),
    },
    {
      name: 'other_application_not_eligible_for_funding',
      shows: 'The acceptance would reject another application of the person, which holds a funded place that it cannot have.',
      title: 'funded_place',
      attributes: { funded_place: false },
      make(w) {
        const person = w.person()
        w.application({ person, provider: elsewhere.name, eligible_for_funding: false, funded_place: true })
        return named(w.application({ person }))
      },
    },
  ],
  schedule_unknown: {
    shows: 'A schedule that the application’s cohort does not have.',
    attributes: { funded_place: true, schedule_identifier: 'npq-nothing' },
    make: (w) => named(w.application()),
  },
  schedule_undetermined: {
    shows: 'An application without a cohort, so that no schedule follows from it.',
    attributes: { funded_place: true },
    make: (w) => named(w.application({ cohort: null })),
  },
  schedule_of_another_course: {
    shows: 'A schedule for specialist courses, for an application for headship.',
    title: 'schedule_identifier',
    attributes: { funded_place: true, schedule_identifier: '{schedule_identifier}' },
    make(w) {
      const application = w.application()
      return { ...named(application), schedule_identifier: application.place.schedules.get('specialist')?.[0]?.identifier ?? '' }
    },
  },
  funded_place_not_applicable: {
    shows: 'An application that holds a funded place although places in its cohort are not limited.',
    make: (w) => named(w.application({ place: w.unlimited(), funded_place: true })),
  },
})

const rejecting = refusalsOf('rejectApplication', 'reject', 'application_id', {
  application_already_rejected: {
    shows: 'An application that you rejected before.',
    make: (w) => named(w.application({ lead_provider_approval_status: 'rejected', reason_for_rejection: 'rejected_by_provider' })),
  },
  application_has_declarations: {
    shows: 'An application for which you declared a start.',
    make(w) {
      const application = w.accepted()
      w.declaration(application)
      return named(application)
    },
  },
})

const changingFundedPlace = refusalsOf('changeFundedPlace', 'change-funded-place', 'application_id', {
  funded_place_missing: {
    shows: 'A funded place that is neither true nor false.',
    attributes: { funded_place: 'maybe' },
    make: (w) => named(w.accepted()),
  },
  application_not_accepted: {
    shows: 'An application that you have not accepted yet.',
    attributes: { funded_place: false },
    make: (w) => named(w.application()),
  },
  not_eligible_for_funding: {
    shows: 'A participant who is not eligible for funding.',
    attributes: { funded_place: true },
    make: (w) => named(w.accepted({ eligible_for_funding: false, funded_place: false })),
  },
  funded_places_not_limited: {
    shows: 'A participant of a cohort in which places are not limited.',
    attributes: { funded_place: false },
    make: (w) => named(w.accepted({ place: w.unlimited() })),
  },
  application_has_declarations: {
    shows: 'A participant whose start you declared.',
    attributes: { funded_place: false },
    make(w) {
      const application = w.accepted()
      w.declaration(application)
      return named(application)
    },
  },
})

export const applicationScenarios: readonly Scenario[] = [...accepting, ...rejecting, ...changingFundedPlace]
