import { elsewhere } from '../../sandbox/elsewhere.ts'
import { refusalsOf, type Scenario } from './scenario.ts'
import type { Application, World } from './world.ts'

const nobody = '00000000-0000-4000-8000-000000000000'
const started = {
  participant_id: '{participant_id}',
  declaration_type: 'started',
  declaration_date: '{declaration_date}',
  course_identifier: 'npq-headship',
  delivery_partner_id: '{delivery_partner_id}',
}
const { participant_id: _, ...withoutParticipant } = started
const { declaration_date: __, ...withoutDate } = started
const { declaration_type: ___, ...withoutType } = started
const { delivery_partner_id: ____, ...withoutPartner } = started

/** A participant to declare for, and what a declaration needs. */
function declarable(w: World, application: Application = w.accepted()) {
  return {
    application_id: application.id,
    participant_id: application.person.id,
    declaration_date: w.milestone(application),
    ...(application.place.partners[0] && { delivery_partner_id: application.place.partners[0] }),
  }
}

const abroad = { teacher_catchment: 'another', teacher_catchment_country: 'Spain', teacher_catchment_iso_country_code: 'ESP' }

const declaring = refusalsOf('createDeclaration', 'declare', undefined, {
  participant_id_missing: { shows: 'A declaration that names nobody.', attributes: withoutParticipant, make: (w) => declarable(w) },
  participant_unknown: {
    shows: 'Somebody whom another provider trains.',
    attributes: started,
    make: (w) => declarable(w, w.accepted({ provider: elsewhere.name })),
  },
  participant_id_replaced: {
    shows: 'An id that the participant had before.',
    attributes: { ...started, participant_id: '{former_participant_id}' },
    make(w) {
      const application = w.accepted()
      return { ...declarable(w, application), former_participant_id: w.formerId(application.person) }
    },
  },
  not_on_course: {
    shows: 'A participant of yours on another course.',
    attributes: { ...started, course_identifier: 'npq-senior-leadership' },
    make: (w) => declarable(w),
  },
  application_without_schedule: {
    shows: 'A participant who is on no schedule.',
    attributes: started,
    make: (w) => declarable(w, w.accepted({ schedule_identifier: null })),
  },
  declaration_date_missing: { shows: 'A declaration without its date.', attributes: withoutDate, make: (w) => declarable(w) },
  declaration_type_missing: { shows: 'A declaration without its milestone.', attributes: withoutType, make: (w) => declarable(w) },
  declaration_type_unknown: {
    shows: 'A milestone that there is not.',
    attributes: { ...started, declaration_type: 'halfway' },
    make: (w) => declarable(w),
  },
  has_passed_missing: {
    shows: 'A completion that does not say whether the participant passed.',
    attributes: { ...started, declaration_type: 'completed' },
    make: (w) => declarable(w),
  },
  delivery_partner_unknown: {
    shows: 'A delivery partner that there is not.',
    attributes: { ...started, delivery_partner_id: nobody },
    make: (w) => declarable(w),
  },
  secondary_delivery_partner_unknown: {
    shows: 'A second delivery partner that there is not.',
    attributes: { ...started, secondary_delivery_partner_id: nobody },
    make: (w) => declarable(w),
  },
  declaration_after_withdrawal: {
    shows: 'A milestone after the participant withdrew.',
    attributes: started,
    make(w) {
      const application = w.accepted({ training: ['active', 'withdrawn'] })
      return { ...declarable(w, application), declaration_date: w.milestone(application, 9) }
    },
  },
  declaration_date_malformed: {
    shows: 'A date without a time.',
    attributes: started,
    make(w) {
      const values = declarable(w)
      return { ...values, declaration_date: values.declaration_date.slice(0, 10) }
    },
  },
  declaration_before_schedule: {
    shows: 'A milestone before the first day of the participant’s schedule.',
    attributes: started,
    make(w) {
      const application = w.accepted()
      return { ...declarable(w, application), declaration_date: w.milestone(application, -1) }
    },
  },
  declaration_type_not_in_schedule: {
    shows: 'A milestone that the schedules of specialist courses do not have.',
    attributes: { ...started, declaration_type: 'retained-2', course_identifier: 'npq-leading-teaching' },
    make: (w) => declarable(w, w.accepted({ course: 'npq-leading-teaching', group: 'specialist' })),
  },
  not_contracted: {
    shows: 'A course for which you hold no contract in the cohort.',
    attributes: { ...withoutPartner, course_identifier: 'npq-senco' },
    make: (w) => declarable(w, w.accepted({ place: w.unlimited(), course: 'npq-senco', group: 'specialist' })),
  },
  cohort_closed: {
    shows: 'A cohort for which nothing can be declared any more.',
    attributes: withoutPartner,
    make: (w) => declarable(w, w.accepted({ place: w.closed() })),
  },
  already_declared: {
    shows: 'A milestone that you declared before.',
    attributes: started,
    make(w) {
      const application = w.accepted()
      return { ...declarable(w, application), declaration_id: w.declaration(application) }
    },
  },
  declaration_date_in_future: {
    shows: 'A milestone that is still to come.',
    attributes: { ...started, declaration_date: '2099-01-01T09:00:00Z' },
    make: (w) => declarable(w),
  },
  delivery_partner_missing: {
    shows: 'A participant in England, declared for without a delivery partner.',
    attributes: withoutPartner,
    make: (w) => declarable(w),
  },
  delivery_partner_outside_england: {
    shows: 'A participant outside England, declared for with a delivery partner.',
    attributes: started,
    make: (w) => declarable(w, w.accepted(abroad)),
  },
  delivery_partner_not_yours: {
    shows: 'A delivery partner that you do not work with.',
    attributes: started,
    make: (w) => ({ ...declarable(w), delivery_partner_id: w.strangerPartner() }),
  },
  secondary_delivery_partner_alone: {
    shows: 'A second delivery partner without a first one.',
    attributes: { ...withoutPartner, secondary_delivery_partner_id: '{delivery_partner_id}' },
    make: (w) => declarable(w),
  },
  secondary_delivery_partner_outside_england: {
    shows: 'A participant outside England, declared for with two delivery partners.',
    attributes: { ...started, secondary_delivery_partner_id: '{secondary_delivery_partner_id}' },
    make: (w) => ({ ...declarable(w, w.accepted(abroad)), secondary_delivery_partner_id: w.strangerPartner() }),
  },
  secondary_delivery_partner_not_yours: {
    shows: 'A second delivery partner that you do not work with.',
    attributes: { ...started, secondary_delivery_partner_id: '{secondary_delivery_partner_id}' },
    make: (w) => ({ ...declarable(w), secondary_delivery_partner_id: w.strangerPartner() }),
  },
  delivery_partners_the_same: {
    shows: 'One delivery partner, named twice.',
    attributes: { ...started, secondary_delivery_partner_id: '{delivery_partner_id}' },
    make: (w) => declarable(w),
  },
})

const voiding = refusalsOf('voidDeclaration', 'void', 'declaration_id', {
  declaration_already_voided: {
    shows: 'A declaration that was voided before.',
    make: (w) => ({ declaration_id: w.declaration(w.accepted(), { state: 'voided' }) }),
  },
  declaration_already_clawed_back: {
    shows: 'A declaration that is being clawed back.',
    make: (w) => ({ declaration_id: w.declaration(w.accepted({ place: w.paid() }), { state: 'awaiting_clawback' }) }),
  },
  cohort_closed: {
    shows: 'A declaration that was paid, in a cohort with no statement left to take the payment back.',
    make: (w) => ({ declaration_id: w.declaration(w.accepted({ place: w.paidAndClosed() }), { state: 'paid' }) }),
  },
})

/** A declaration in England whose partner can be changed. */
function changeable(w: World, application: Application = w.accepted()) {
  return { declaration_id: w.declaration(application), ...(application.place.partners[0] && { delivery_partner_id: application.place.partners[0] }) }
}
const partner = { delivery_partner_id: '{delivery_partner_id}' }

const changingPartner = refusalsOf('changeDeliveryPartner', 'change-delivery-partner', 'declaration_id', {
  delivery_partner_not_yours: [
    {
      name: 'delivery_partner_unknown',
      shows: 'A delivery partner that there is not.',
      title: 'delivery_partner',
      attributes: { delivery_partner_id: nobody },
      make: (w) => changeable(w),
    },
    {
      shows: 'A delivery partner that you do not work with.',
      title: 'delivery_partner_id',
      attributes: partner,
      make: (w) => ({ ...changeable(w), delivery_partner_id: w.strangerPartner() }),
    },
  ],
  secondary_delivery_partner_not_yours: [
    {
      name: 'secondary_delivery_partner_unknown',
      shows: 'A second delivery partner that there is not.',
      title: 'secondary_delivery_partner',
      attributes: { ...partner, secondary_delivery_partner_id: nobody },
      make: (w) => changeable(w),
    },
    {
      shows: 'A second delivery partner that you do not work with.',
      title: 'secondary_delivery_partner_id',
      attributes: { ...partner, secondary_delivery_partner_id: '{secondary_delivery_partner_id}' },
      make: (w) => ({ ...changeable(w), secondary_delivery_partner_id: w.strangerPartner() }),
    },
  ],
  delivery_partner_missing: {
    shows: 'A declaration in England that would be left without a delivery partner.',
    attributes: { delivery_partner_id: null },
    make: (w) => changeable(w),
  },
  delivery_partner_outside_england: {
    shows: 'A declaration for a participant outside England.',
    attributes: partner,
    make(w) {
      const application = w.accepted(abroad)
      const values = { declaration_id: w.declaration(application, { delivery_partner_id: null }) }
      return { ...values, delivery_partner_id: application.place.partners[0] ?? '' }
    },
  },
  secondary_delivery_partner_alone: {
    shows: 'A second delivery partner without a first one.',
    attributes: { secondary_delivery_partner_id: '{delivery_partner_id}' },
    make: (w) => changeable(w),
  },
  secondary_delivery_partner_outside_england: {
    shows: 'Two delivery partners for a participant outside England.',
    attributes: { ...partner, secondary_delivery_partner_id: '{secondary_delivery_partner_id}' },
    make(w) {
      const application = w.accepted(abroad)
      const values = { declaration_id: w.declaration(application, { delivery_partner_id: null }) }
      return { ...values, delivery_partner_id: application.place.partners[0] ?? '', secondary_delivery_partner_id: w.strangerPartner() }
    },
  },
  delivery_partners_the_same: {
    shows: 'One delivery partner, named twice.',
    attributes: { ...partner, secondary_delivery_partner_id: '{delivery_partner_id}' },
    make: (w) => changeable(w),
  },
})

const transferred: Scenario = {
  name: 'void-declared-by-another-provider',
  shows: 'A declaration that another provider made before the participant came to you: you see it, but it is not yours to change.',
  operationId: 'voidDeclaration',
  id: 'declaration_id',
  status: 403,
  title: 'Cannot modify declaration',
  code: 'declared_by_another_provider',
  make(w) {
    const application = w.accepted()
    return { application_id: application.id, declaration_id: w.declaration(application, { provider: elsewhere.name, state: 'submitted' }) }
  },
}

export const declarationScenarios: readonly Scenario[] = [...declaring, ...voiding, ...changingPartner, transferred]
