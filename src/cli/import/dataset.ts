import { Type } from 'typebox'
import {
  approvalStatuses,
  cohortFundings,
  courseIdentifiers,
  declarationTypes,
  fundingChoices,
  headteacherStatuses,
  outcomeStates,
  rejectionReasons,
  scheduleIdentifiers,
  sencoAnswers,
  trainingStatuses,
} from '../../words.ts'
import {
  choice,
  date,
  decimal,
  email,
  type Fields,
  flag,
  instant,
  many,
  needed,
  optionalUuid,
  recordSchema,
  text,
  texts,
  uuid,
  whole,
} from './fields.ts'

const times = { created_at: instant('When it was made; now where absent.'), updated_at: instant('When it last changed; now where absent.') }
const id = needed(uuid('Its public id.'))
const provider = needed(text('The lead provider: its public id or its name.'))
const cohort = text('The cohort by its identifier, such as 2024a.')
const course = needed(choice(courseIdentifiers, 'The course.'))
const declarationStates = ['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back']

/** What a dataset holds, kind by kind, in the order in which it is loaded. */
export const dataset = {
  lead_provider: { id, name: needed(text('Name, unique.')), hint: text('A short text under the name in registration.') },
  token: {
    token: needed(text('The clear text; only its hash is stored. Refused in production.')),
    label: needed(text('What it is for.')),
    lead_provider: text('The lead provider: its public id or its name. Absent for the teacher record service.'),
  },
  cohort: {
    start_year: needed(whole('The year.')),
    suffix: needed(text('A lower-case letter.')),
    description: needed(text('5 to 50 characters, unique.')),
    funding: needed(choice(cohortFundings, 'How places are funded.')),
    registration_start_date: needed(instant('In the start year.')),
  },
  schedule: {
    cohort: needed(cohort),
    course_group: needed(choice(['leadership', 'specialist', 'support', 'ehco'], 'The courses it is for.')),
    identifier: needed(choice(scheduleIdentifiers, 'Unique in the cohort.')),
    name: needed(text('Name.')),
    applies_from: needed(date('The first day on which declarations may be dated.')),
    applies_to: needed(date('The last day; shown to staff only.')),
    allowed_declaration_types: texts('Subset of started, retained-1, retained-2, completed; all where absent.'),
    policy_descriptor: whole('Above 0.'),
    acceptance_window_start: date('Shown to staff only.'),
    acceptance_window_end: date('Shown to staff only.'),
  },
  school: {
    urn: needed(text('URN.')),
    name: needed(text('Name.')),
    ukprn: text('UKPRN.'),
    establishment_type_code: text('Without leading zeros.'),
    phase_name: text('Not applicable where absent.'),
    la_code: text('Local authority.'),
    number_of_pupils: whole('Number of pupils.'),
    last_changed_date: date('Of the national register.'),
  },
  private_childcare_provider: {
    provider_urn: needed(text('URN.')),
    provider_name: text('Name.'),
    disabled_at: instant('Since when it is no longer offered.'),
  },
  itt_provider: {
    legal_name: needed(text('Unique.')),
    operating_name: needed(text('The name it goes by.')),
    approved: flag('true where absent.'),
    removed_at: instant('When it left the list.'),
    disabled_at: instant('Since when it is no longer offered.'),
  },
  user: {
    id,
    full_name: needed(text('Full name.')),
    preferred_name: text('Preferred name.'),
    previous_names: texts('Earlier names.'),
    email: email('Unique, stored in lower case; absent for archived people only.'),
    trn: text('Teacher reference number.'),
    trn_verified: flag('false where absent.'),
    trn_auto_verified: flag('Whether a service verified it.'),
    trn_lookup_status: text('As the older sign-in sent it.'),
    date_of_birth: date('Date of birth.'),
    provider: choice(['tra_openid_connect', 'teacher_auth'], 'The sign-in.'),
    uid: text('The subject at the sign-in, unique.'),
    archived_email: text('The address held when the person was archived.'),
    archived_at: instant('When the person was archived.'),
    significantly_updated_at: instant('updated_at where absent.'),
    ...times,
  },
  participant_id_change: {
    participant_id: needed(uuid('The person who holds the change now.')),
    from_participant_id: needed(uuid('The id before.')),
    to_participant_id: needed(uuid('The id after.')),
    ...times,
  },
  application: {
    id,
    participant_id: needed(uuid('The person.')),
    merged_from_participant_id: optionalUuid('The person it came from in a merge.'),
    course_identifier: course,
    lead_provider: provider,
    cohort,
    schedule_identifier: choice(scheduleIdentifiers, 'A schedule of the cohort.'),
    school_urn: text('The workplace, where it is a school.'),
    private_childcare_provider_urn: text('The workplace, where it is private childcare.'),
    itt_provider: text('Legal name of the teacher training provider of a lead mentor.'),
    lead_provider_approval_status: choice(approvalStatuses, 'Its status.'),
    reason_for_rejection: choice(rejectionReasons, 'Why it was rejected.'),
    accepted_at: instant('When it was accepted.'),
    training_status: choice(trainingStatuses, 'Null until it was accepted.'),
    eligible_for_funding: flag('false where absent.'),
    funding_eligibility_status_code: text('Why it is or is not eligible.'),
    funded_place: flag('Whether the place is funded.'),
    funding_choice: choice(fundingChoices, 'The applicant’s own answer.'),
    headteacher_status: choice(headteacherStatuses, 'The applicant’s own answer.'),
    employment_type: text('The applicant’s own answer.'),
    employer_name: text('The applicant’s own answer.'),
    employment_role: text('The applicant’s own answer.'),
    kind_of_nursery: text('The applicant’s own answer.'),
    work_setting: text('The applicant’s own answer.'),
    works_in_school: flag('The applicant’s own answer.'),
    works_in_childcare: flag('The applicant’s own answer.'),
    ukprn: text('UKPRN of the workplace.'),
    teacher_catchment: text('england, another, or an older value.'),
    teacher_catchment_country: text('Country.'),
    teacher_catchment_iso_country_code: text('Three letters.'),
    lead_mentor: flag('Whether the applicant is a lead mentor.'),
    targeted_delivery_funding_eligibility: flag('Whether targeted delivery funding applies.'),
    primary_establishment: flag('Whether the school is a primary school.'),
    number_of_pupils: whole('Number of pupils.'),
    referred_by_return_to_teaching_adviser: choice(['yes', 'no'], 'The applicant’s own answer.'),
    senco_in_role: choice(sencoAnswers, 'The applicant’s own answer.'),
    senco_start_date: date('The first of a month.'),
    on_submission_trn: text('TRN as typed.'),
    review_status: text('The operators’ review.'),
    notes: text('The operators’ notes.'),
    states: many(
      {
        state: needed(choice(trainingStatuses, 'The training status from then on.')),
        reason: text('Why it was deferred or withdrawn.'),
        lead_provider: text('The provider at that time; the application’s where absent.'),
        created_at: needed(instant('When.')),
      },
      'Training history, the oldest first.',
    ),
    ...times,
  },
  legacy_passed_outcome: {
    trn: needed(text('The TRN under which the pass was recorded.')),
    course_short_code: needed(text('Such as NPQH.')),
    completion_date: needed(date('When it was completed.')),
  },
  delivery_partner: {
    id,
    name: needed(text('Unique whatever the case of its letters.')),
    partnerships: many({ lead_provider: provider, cohort: needed(cohort) }, 'Who may name it, and in which cohorts.'),
    ...times,
  },
  statement: {
    id,
    lead_provider: provider,
    cohort: needed(cohort),
    year: needed(whole('2020 to 2050.')),
    month: needed(whole('1 to 12.')),
    deadline_date: date('The last day for declarations.'),
    payment_date: date('Not before the deadline.'),
    output_fee: flag('Whether it is a payment run; true where absent.'),
    reconcile_amount: decimal('Added to the total.'),
    state: choice(['open', 'payable', 'paid'], 'open where absent.'),
    marked_as_paid_at: instant('When payment was authorised.'),
    contracts: many(
      {
        course_identifier: course,
        recruitment_target: needed(whole('Above 0.')),
        per_participant: needed(decimal('Price in pounds.')),
        number_of_payment_periods: needed(whole('How many declarations share the output part.')),
        output_payment_percentage: needed(whole('Of the price.')),
        service_fee_percentage: needed(whole('Of the price.')),
        service_fee_installments: needed(whole('Months of the service fee.')),
        monthly_service_fee: decimal('Null: computed.'),
        targeted_delivery_funding_per_participant: decimal('In pounds.'),
        special_course: flag('false where absent.'),
      },
      'One a course. Equal templates are shared.',
    ),
    adjustments: many({ description: needed(text('What for.')), amount: needed(decimal('Signed, in pounds.')) }, 'Extra amounts.'),
    ...times,
  },
  declaration: {
    id,
    application_id: needed(uuid('The application.')),
    lead_provider: provider,
    cohort: needed(cohort),
    declaration_type: needed(choice(declarationTypes, 'What is declared.')),
    declaration_date: needed(instant('When it came to pass.')),
    state: needed(choice(declarationStates, 'Its state.')),
    state_reason: choice(['duplicate'], 'Why it is ineligible.'),
    superseded_by_id: optionalUuid('The declaration that it duplicates.'),
    delivery_partner_id: optionalUuid('The delivery partner.'),
    secondary_delivery_partner_id: optionalUuid('A second one.'),
    items: many(
      {
        statement_id: needed(uuid('The statement.')),
        state: needed(choice(declarationStates.slice(1), 'The state of the item.')),
        created_at: instant('When it was made.'),
      },
      'What statements hold of it: at most one payment and one refund.',
    ),
    outcomes: many(
      {
        id,
        state: needed(choice(outcomeStates, 'Whether the course was passed.')),
        completion_date: needed(date('When it was completed.')),
        created_at: needed(instant('When it was recorded.')),
      },
      'Of a completed declaration, the oldest first.',
    ),
    ...times,
  },
} as const satisfies Record<string, Fields>

export type Kind = keyof typeof dataset
export const kinds = Object.keys(dataset) as Kind[]

/** The member of one JSON file that holds the records of a kind. */
export const listName = (kind: Kind) => `${kind}s`

/** The dataset as JSON Schema: of one JSON file, and of one line of newline-delimited JSON. */
export function datasetSchema() {
  const line = ({ properties, required, ...rest }: { properties?: object; required?: string[] }, kind: Kind) => ({
    ...rest,
    properties: { kind: { const: kind }, ...properties },
    required: ['kind', ...(required ?? [])],
  })
  const records = Object.fromEntries(kinds.map((kind) => [kind, recordSchema(dataset[kind])]))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'NPQ dataset',
    description: 'One JSON file; $defs/line describes one line of newline-delimited JSON.',
    ...Type.Unsafe({
      type: 'object',
      properties: Object.fromEntries(kinds.map((kind) => [listName(kind), { type: 'array', items: { $ref: `#/$defs/${kind}` } }])),
      additionalProperties: false,
    }),
    $defs: { ...records, line: { oneOf: kinds.map((kind) => line(recordSchema(dataset[kind]), kind)) } },
  }
}
