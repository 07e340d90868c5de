import type { ColumnType, Generated, Insertable, Selectable } from 'kysely'
import type {
  ApprovalStatus,
  CohortFunding,
  CourseIdentifier,
  DeclarationState,
  DeclarationType,
  FundingChoice,
  HeadteacherStatus,
  OutcomeState,
  RejectionReason,
  ScheduleIdentifier,
  SencoAnswer,
  TrainingStatus,
} from '../words.ts'

// The tables as Kysely sees them; the migrations hold the truth. Types, checks and meanings: the migrations.

export type Instant = Temporal.Instant
export type PlainDate = Temporal.PlainDate
/** Money and other decimals come as text, so that no float touches them. */
type Numeric = ColumnType<string, string | number, string | number>
type Json<T> = ColumnType<T, string, string>

type Row = { id: Generated<number>; created_at: Generated<Instant>; updated_at: Generated<Instant> }
type Public = { public_id: Generated<string> }
type PublicWhenKnown = { public_id: Generated<string | null> }

export type StatementItemState = Exclude<DeclarationState, 'submitted'>
export type StatementState = 'open' | 'payable' | 'paid'
export type TokenScope = 'lead_provider' | 'teacher_record_service'

type LeadProvidersTable = Row & Public & { name: string; hint: string | null }
type CourseGroupsTable = Row & {
  name: string
  schedule_rules: Json<unknown>
  /** terms that the contracts for its courses have in common */
  contract_defaults: Json<{ number_of_payment_periods: number; service_fee_percentage: number; output_payment_percentage: number }> | null
}
type CoursesTable = Row & {
  public_id: string | null
  course_group_id: number
  identifier: CourseIdentifier
  family: string
  name: string
  short_name: string
  short_code: string | null
  position: number
  display: boolean
  description: string | null
  outcomes_permitted: boolean
}
type CohortsTable = Row &
  PublicWhenKnown & {
    start_year: number
    suffix: Generated<string>
    identifier: ColumnType<string, never, never>
    description: string
    funding: Generated<CohortFunding>
    registration_start_date: Instant
  }
type SchedulesTable = Row &
  PublicWhenKnown & {
    cohort_id: number
    course_group_id: number
    identifier: ScheduleIdentifier
    name: string
    applies_from: PlainDate
    applies_to: PlainDate
    allowed_declaration_types: Generated<DeclarationType[]>
    policy_descriptor: number | null
    acceptance_window_start: PlainDate | null
    acceptance_window_end: PlainDate | null
  }
type OfferingsTable = Row & { course_id: number; cohort_id: number; lead_provider_id: number }
type SchoolsTable = Row & {
  urn: string
  name: string
  ukprn: string | null
  establishment_type_code: string | null
  phase_name: Generated<string>
  la_code: string | null
  number_of_pupils: number | null
  last_changed_date: PlainDate | null
}
type PrivateChildcareProvidersTable = Row & { provider_urn: string; provider_name: string | null; disabled_at: Instant | null }
type IttProvidersTable = Row & {
  legal_name: string
  operating_name: string
  approved: Generated<boolean>
  removed_at: Instant | null
  disabled_at: Instant | null
}

type UsersTable = Row &
  Public & {
    full_name: string
    preferred_name: string | null
    previous_names: Generated<string[]>
    email: string | null
    trn: string | null
    trn_verified: Generated<boolean>
    trn_auto_verified: Generated<boolean | null>
    trn_lookup_status: string | null
    date_of_birth: PlainDate | null
    provider: 'tra_openid_connect' | 'teacher_auth' | null
    uid: string | null
    raw_identity_payload: Json<unknown> | null
    feature_flag_id: string | null
    updated_from_tra_at: Instant | null
    notify_user_for_future_reg: Generated<boolean | null>
    email_updates_status: Generated<number | null>
    email_updates_unsubscribe_key: string | null
    archived_email: string | null
    archived_at: Instant | null
    significantly_updated_at: Generated<Instant>
  }
type RefreshTokensTable = Row & { user_id: number; token: string; token_updated_at: Instant }
type ParticipantIdChangesTable = Row & PublicWhenKnown & { user_id: number; from_participant_id: string; to_participant_id: string }

/** Who is a participant of whom; kept by the database. */
type ParticipationsTable = {
  lead_provider_id: ColumnType<number, never, never>
  user_id: ColumnType<number, never, never>
  created_at: ColumnType<Instant, never, never>
  updated_at: ColumnType<Instant, never, never>
  changed_at: ColumnType<Instant, never, never>
}

type ApplicationsTable = Row &
  Public & {
    user_id: number
    merged_from_user_id: number | null
    course_id: number
    course_family: Generated<string>
    lead_provider_id: number
    cohort_id: number | null
    schedule_id: number | null
    school_id: number | null
    private_childcare_provider_id: number | null
    itt_provider_id: number | null
    lead_provider_approval_status: ApprovalStatus | null
    reason_for_rejection: RejectionReason | null
    accepted_at: Instant | null
    training_status: TrainingStatus | null
    eligible_for_funding: Generated<boolean>
    funding_eligibility_status_code: string | null
    funded_place: boolean | null
    funding_choice: FundingChoice | null
    headteacher_status: HeadteacherStatus | null
    employment_type: string | null
    employer_name: string | null
    employment_role: string | null
    kind_of_nursery: string | null
    work_setting: string | null
    works_in_school: boolean | null
    works_in_childcare: boolean | null
    works_in_nursery: boolean | null
    ukprn: string | null
    teacher_catchment: string | null
    teacher_catchment_country: string | null
    teacher_catchment_iso_country_code: string | null
    lead_mentor: Generated<boolean | null>
    targeted_delivery_funding_eligibility: Generated<boolean | null>
    targeted_support_funding_eligibility: Generated<boolean | null>
    tsf_primary_eligibility: Generated<boolean | null>
    tsf_primary_plus_eligibility: Generated<boolean | null>
    primary_establishment: Generated<boolean | null>
    number_of_pupils: Generated<number | null>
    referred_by_return_to_teaching_adviser: string | null
    senco_in_role: SencoAnswer | null
    senco_start_date: PlainDate | null
    on_submission_trn: string | null
    review_status: string | null
    notes: string | null
    participant_outcome_state: string | null
    raw_application_data: Generated<Json<unknown>>
    /** the later of its own change and its person's significant one; kept by the database */
    shown_updated_at: ColumnType<Instant, never, never>
  }
type ApplicationStatesTable = Row &
  PublicWhenKnown & { application_id: number; lead_provider_id: number | null; state: Generated<TrainingStatus>; reason: string | null }

type DeliveryPartnersTable = Row & Public & { name: string }
type DeliveryPartnershipsTable = Row & { delivery_partner_id: number; lead_provider_id: number; cohort_id: number }
type DeclarationsTable = Row &
  Public & {
    application_id: number
    lead_provider_id: number
    cohort_id: number
    declaration_type: DeclarationType
    declaration_date: Instant
    state: Generated<DeclarationState>
    state_reason: 'duplicate' | null
    superseded_by_id: number | null
    delivery_partner_id: number | null
    secondary_delivery_partner_id: number | null
    /** the application's provider, where that is no longer the one that declared; kept by the database */
    transferred_to_id: ColumnType<number | null, never, never>
  }
type OutcomesTable = Row &
  Public & {
    declaration_id: number
    state: OutcomeState
    completion_date: PlainDate
    /** the declaration's provider; kept by the database */
    lead_provider_id: ColumnType<number, never, never>
  }
type LegacyPassedOutcomesTable = Row & { trn: string; course_short_code: string; completion_date: PlainDate }

type StatementsTable = Row &
  Public & {
    lead_provider_id: number
    cohort_id: number
    year: number
    month: number
    deadline_date: PlainDate | null
    payment_date: PlainDate | null
    output_fee: Generated<boolean>
    reconcile_amount: Numeric | null
    state: Generated<StatementState>
    marked_as_paid_at: Instant | null
    totals: Json<unknown> | null
  }
type StatementItemsTable = Row & PublicWhenKnown & { statement_id: number; declaration_id: number; state: Generated<StatementItemState> }
type ContractTemplatesTable = Row &
  PublicWhenKnown & {
    recruitment_target: number
    per_participant: Numeric
    number_of_payment_periods: number | null
    output_payment_percentage: Generated<number>
    service_fee_percentage: Generated<number>
    service_fee_installments: number
    monthly_service_fee: Numeric | null
    targeted_delivery_funding_per_participant: Numeric | null
    special_course: Generated<boolean>
  }
type ContractsTable = Row & { statement_id: number; course_id: number; contract_template_id: number }
type AdjustmentsTable = Row & { statement_id: number; description: string; amount: Numeric }
type MilestonesTable = Row & { schedule_id: number; declaration_type: DeclarationType }
type MilestoneStatementsTable = Row & { milestone_id: number; statement_id: number }
type FinancialChangeLogsTable = Row & { operation_description: string; data_changes: Json<unknown> }

type ApiTokensTable = Row & {
  public_id: Generated<string>
  hashed_token: string
  label: string
  issued_by: string
  scope: Generated<TokenScope>
  lead_provider_id: number | null
  last_used_at: Instant | null
  revoked_at: Instant | null
  revoked_by: string | null
}
type VersionsTable = {
  id: Generated<number>
  item_type: string
  item_id: number
  event: 'create' | 'update' | 'destroy'
  whodunnit: string | null
  object: Json<unknown> | null
  object_changes: Json<unknown> | null
  note: string | null
  created_at: Generated<Instant>
}
type JobsTable = Row & {
  kind: string
  payload: Json<unknown>
  key: string | null
  occasion: string | null
  attempts: Generated<number>
  run_at: Generated<Instant>
  finished_at: Instant | null
  failed_at: Instant | null
  last_error: string | null
  retried_by: string | null
}

/** What changed for whom; written by the database from the history of each transaction, as it commits. */
type ChangesTable = {
  id: ColumnType<number, never, never>
  lead_provider_id: ColumnType<number, never, never>
  /** of the server whose transactions are counted */
  system: ColumnType<string, never, never>
  transaction: ColumnType<string, never, never>
  public_id: ColumnType<string, never, never>
  resource: ColumnType<'application' | 'participant' | 'declaration' | 'outcome' | 'statement' | 'delivery_partner', never, never>
  resource_id: ColumnType<string, never, never>
  kind: ColumnType<'created' | 'updated' | 'removed', never, never>
  /** table.column */
  columns: ColumnType<string[], never, never>
  author: ColumnType<string | null, never, never>
  created_at: ColumnType<Instant, never, never>
}

type KeptAnswersTable = {
  id: Generated<number>
  lead_provider_id: number
  key: string
  request: string
  status: number
  body: string
  created_at: Generated<Instant>
}

/** What a sandbox began with, as records of a dataset. */
type SeedRecordsTable = { id: Generated<number>; kind: string; record: Json<unknown> }
type ImportsTable = Row & { type: string; file_name: string; imported_by: string; added: Json<Record<string, number>> }
type BulkOperationsTable = Row & {
  type: string
  file_name: string
  file_hash: string
  row_count: number
  ran_by: string | null
  result: ColumnType<unknown, string | undefined, string>
  started_at: Generated<Instant>
  finished_at: Instant | null
}

type ApiRequestAuditsTable = {
  id: Generated<number>
  event_type: Generated<string>
  namespace: Generated<string>
  lead_provider_id: number
  lead_provider: string
  request_id: string
  request_method: string
  request_path: string
  request_headers: Json<unknown>
  request_body: Json<unknown> | null
  status_code: number
  response_headers: Json<unknown>
  response_body: Json<unknown>
  /** null for calls that were kept before it was */
  duration_ms: number | null
  created_at: Instant
}
type SandboxClocksTable = { lead_provider_id: number; days_ahead: Generated<number> }

export type Tables = {
  lead_providers: LeadProvidersTable
  course_groups: CourseGroupsTable
  courses: CoursesTable
  cohorts: CohortsTable
  schedules: SchedulesTable
  offerings: OfferingsTable
  schools: SchoolsTable
  private_childcare_providers: PrivateChildcareProvidersTable
  itt_providers: IttProvidersTable
  users: UsersTable
  refresh_tokens: RefreshTokensTable
  participant_id_changes: ParticipantIdChangesTable
  participations: ParticipationsTable
  applications: ApplicationsTable
  application_states: ApplicationStatesTable
  delivery_partners: DeliveryPartnersTable
  delivery_partnerships: DeliveryPartnershipsTable
  declarations: DeclarationsTable
  outcomes: OutcomesTable
  legacy_passed_outcomes: LegacyPassedOutcomesTable
  statements: StatementsTable
  statement_items: StatementItemsTable
  contract_templates: ContractTemplatesTable
  contracts: ContractsTable
  adjustments: AdjustmentsTable
  milestones: MilestonesTable
  milestone_statements: MilestoneStatementsTable
  financial_change_logs: FinancialChangeLogsTable
  api_tokens: ApiTokensTable
  versions: VersionsTable
  jobs: JobsTable
  kept_answers: KeptAnswersTable
  changes: ChangesTable
  bulk_operations: BulkOperationsTable
  seed_records: SeedRecordsTable
  imports: ImportsTable
  api_request_audits: ApiRequestAuditsTable
  sandbox_clocks: SandboxClocksTable
}

/** A row as it is read, and as it is written. */
export type RowOf<T extends keyof Tables> = Selectable<Tables[T]>
export type NewRowOf<T extends keyof Tables> = Insertable<Tables[T]>
