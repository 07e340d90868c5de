import { randomUUID } from 'node:crypto'
import { elsewhere } from '../../sandbox/elsewhere.ts'
import type { DeclarationState, TrainingStatus } from '../../words.ts'
import type { Scenario } from './scenario.ts'
import type { Application, World } from './world.ts'

type Reading = Pick<Scenario, 'name' | 'shows' | 'answers' | 'make'>

/** A record to read, as it is answered. */
function reading(operationId: string, id: string, scenario: Reading): Scenario {
  return { operationId, id, status: 200, ...scenario }
}

const named = ({ id, person }: Application) => ({ application_id: id, participant_id: person.id })

const ofApplications = (
  [
    {
      name: 'application-pending',
      shows: 'An application that waits for your decision.',
      answers: { status: 'pending' },
      make: (w) => named(w.application()),
    },
    { name: 'application-accepted', shows: 'An application that you accepted.', answers: { status: 'accepted' }, make: (w) => named(w.accepted()) },
    {
      name: 'application-rejected',
      shows: 'An application that you rejected.',
      answers: { status: 'rejected', reason_for_rejection: 'rejected_by_provider' },
      make: (w) => named(w.application({ lead_provider_approval_status: 'rejected', reason_for_rejection: 'rejected_by_provider' })),
    },
    {
      name: 'application-other-accepted',
      shows: 'An application that became rejected because another one of the person was accepted.',
      answers: { status: 'rejected', reason_for_rejection: 'other_application_in_this_cohort_accepted' },
      make(w) {
        const person = w.person()
        w.accepted({ person, provider: elsewhere.name })
        const rejected = { lead_provider_approval_status: 'rejected', reason_for_rejection: 'other_application_in_this_cohort_accepted' } as const
        return named(w.application({ person, ...rejected }))
      },
    },
    {
      name: 'application-not-eligible',
      shows: 'An applicant who is not eligible for funding.',
      answers: { eligible_for_funding: false, ineligible_for_funding_reason: 'establishment-ineligible' },
      make: (w) => named(w.application({ eligible_for_funding: false, funding_eligibility_status_code: 'ineligible_establishment_type' })),
    },
    {
      name: 'applicant-without-trn',
      shows: 'An applicant who has no TRN yet.',
      answers: { teacher_reference_number: null, teacher_reference_number_validated: false },
      make: (w) => named(w.application({ person: w.person({ trn: null, trn_verified: false }) })),
    },
    {
      name: 'applicant-with-unverified-trn',
      shows: 'An applicant whose TRN is not verified, so that it is not shown.',
      answers: { teacher_reference_number: null, teacher_reference_number_validated: false },
      make: (w) => named(w.application({ person: w.person({ trn_verified: false }) })),
    },
    {
      name: 'applicant-without-email',
      shows: 'An applicant whose address went to a later account of the same person.',
      answers: { email: null },
      make(w) {
        const address = `scenario.${randomUUID()}@post.example`
        return named(w.application({ person: w.person({ email: null, archived_email: address, archived_at: w.now, provider: null, uid: null }) }))
      },
    },
  ] satisfies Reading[] as Reading[]
).map((scenario) => reading('getApplication', 'application_id', scenario))

function participantIn(status: TrainingStatus, training: readonly TrainingStatus[], shows: string): Scenario {
  return reading('getParticipant', 'participant_id', {
    name: `participant-${status}`,
    shows,
    answers: { npq_enrolments: [{ training_status: status }] },
    make(w) {
      const application = w.accepted({ training })
      w.declaration(application)
      return named(application)
    },
  })
}

const ofParticipants: Scenario[] = [
  participantIn('active', ['active'], 'A participant in training.'),
  participantIn('deferred', ['active', 'deferred'], 'A participant whose training is deferred.'),
  participantIn('withdrawn', ['active', 'withdrawn'], 'A participant who withdrew.'),
  reading('getParticipant', 'participant_id', {
    name: 'participant-id-changed',
    shows: 'A participant who had another id before.',
    answers: { participant_id_changes: [{ from_participant_id: '{former_participant_id}', to_participant_id: '{participant_id}' }] },
    make(w) {
      const application = w.accepted()
      return { ...named(application), former_participant_id: w.formerId(application.person) }
    },
  }),
  {
    name: 'participant-former-id',
    shows: 'An id that a participant of yours had before: the answer names the new one.',
    operationId: 'getParticipant',
    id: 'former_participant_id',
    status: 410,
    title: 'Participant ID has been changed',
    code: 'participant_id_replaced',
    make(w) {
      const application = w.accepted()
      return { ...named(application), former_participant_id: w.formerId(application.person) }
    },
  },
]

/** A duplicate, of a declaration for another record with the same TRN. */
function duplicate(w: World) {
  const first = w.accepted()
  const original = w.declaration(first)
  const second = w.accepted({ person: w.person({ trn: first.person.trn }) })
  const declaration_id = w.declaration(second, { state: 'ineligible', state_reason: 'duplicate', superseded_by_id: original })
  return { ...named(second), declaration_id, original_declaration_id: original }
}

const stateShows: Record<DeclarationState, [string, Scenario['make']]> = {
  submitted: [
    'A declaration for which nothing is paid, as its place is not funded.',
    (w) => ({ declaration_id: w.declaration(w.accepted({ funded_place: false }), { state: 'submitted' }) }),
  ],
  eligible: ['A declaration that will be paid with your next statement.', (w) => ({ declaration_id: w.declaration(w.accepted()) })],
  payable: [
    'A declaration on a statement whose deadline has passed.',
    (w) => ({ declaration_id: w.declaration(w.accepted({ place: w.payable() }), { state: 'payable' }) }),
  ],
  paid: ['A declaration that was paid.', (w) => ({ declaration_id: w.declaration(w.accepted({ place: w.paid() }), { state: 'paid' }) })],
  voided: ['A declaration that you voided.', (w) => ({ declaration_id: w.declaration(w.accepted(), { state: 'voided' }) })],
  ineligible: ['A declaration that another record of the same person has already.', duplicate],
  awaiting_clawback: [
    'A declaration whose payment is taken back with your next statement.',
    (w) => ({ declaration_id: w.declaration(w.accepted({ place: w.paid() }), { state: 'awaiting_clawback' }) }),
  ],
  clawed_back: [
    'A declaration whose payment was taken back.',
    (w) => ({ declaration_id: w.declaration(w.accepted({ place: w.paid() }), { state: 'clawed_back' }) }),
  ],
}

const ofDeclarations: Scenario[] = [
  ...Object.entries(stateShows).map(([state, [shows, make]]) => {
    const wire = state.replaceAll('_', '-')
    return reading('getDeclaration', 'declaration_id', { name: `declaration-${wire}`, shows, answers: { state: wire }, make })
  }),
  reading('getDeclaration', 'declaration_id', {
    name: 'declaration-transferred',
    shows: 'A declaration that another provider made before the participant came to you.',
    answers: { lead_provider_name: elsewhere.name },
    make(w) {
      const application = w.accepted()
      return { ...named(application), declaration_id: w.declaration(application, { provider: elsewhere.name, state: 'submitted' }) }
    },
  }),
  reading('getDeclaration', 'declaration_id', {
    name: 'outcome-passed',
    shows: 'A participant who failed first and passed then.',
    answers: { has_passed: true },
    make: (w) => ({ declaration_id: w.completed(w.accepted(), ['failed', 'passed']) }),
  }),
  reading('getDeclaration', 'declaration_id', {
    name: 'outcome-failed',
    shows: 'A participant who failed.',
    answers: { has_passed: false },
    make: (w) => ({ declaration_id: w.completed(w.accepted(), ['failed']) }),
  }),
  reading('getDeclaration', 'declaration_id', {
    name: 'outcome-voided',
    shows: 'A pass that went with its voided declaration.',
    answers: { has_passed: null, state: 'voided' },
    make: (w) => ({ declaration_id: w.completed(w.accepted(), ['passed', 'voided'], 'voided') }),
  }),
]

const ofStatements: Scenario[] = [
  reading('getStatement', 'statement_id', {
    name: 'statement-open',
    shows: 'The statement that takes what you declare next.',
    answers: { paid: false },
    make: (w) => ({ statement_id: w.limited().runs.open ?? '' }),
  }),
  reading('getStatement', 'statement_id', {
    name: 'statement-payable',
    shows: 'A statement that waits for payment.',
    answers: { paid: false },
    make: (w) => ({ statement_id: w.payable().runs.payable ?? '' }),
  }),
  reading('getStatement', 'statement_id', {
    name: 'statement-paid',
    shows: 'A statement that was paid.',
    answers: { paid: true },
    make: (w) => ({ statement_id: w.paid().runs.paid ?? '' }),
  }),
]

export const stateScenarios: readonly Scenario[] = [...ofApplications, ...ofParticipants, ...ofDeclarations, ...ofStatements]
