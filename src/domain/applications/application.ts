import { later } from '../../clock.ts'
import type { RowOf } from '../../db/schema.ts'
import type { CourseIdentifier, ScheduleIdentifier } from '../../words.ts'

export type Application = RowOf<'applications'>

/** An application as it is read: its own columns with those of what it belongs to. */
export type ApplicationView = Pick<
  Application,
  | 'public_id'
  | 'lead_provider_approval_status'
  | 'training_status'
  | 'reason_for_rejection'
  | 'eligible_for_funding'
  | 'funding_eligibility_status_code'
  | 'funded_place'
  | 'funding_choice'
  | 'headteacher_status'
  | 'employer_name'
  | 'employment_role'
  | 'works_in_school'
  | 'ukprn'
  | 'teacher_catchment'
  | 'teacher_catchment_country'
  | 'teacher_catchment_iso_country_code'
  | 'lead_mentor'
  | 'targeted_delivery_funding_eligibility'
  | 'senco_in_role'
  | 'senco_start_date'
  | 'created_at'
  | 'updated_at'
> & {
  course_identifier: CourseIdentifier
  participant_id: string
  full_name: string
  email: string | null
  trn: string | null
  trn_verified: boolean
  user_updated_at: Temporal.Instant
  significantly_updated_at: Temporal.Instant
  cohort_start_year: number | null
  cohort_suffix: string | null
  schedule_identifier: ScheduleIdentifier | null
  school_urn: string | null
  private_childcare_provider_urn: string | null
  itt_provider: string | null
  previously_funded: boolean
}

type Funding = Pick<ApplicationView, 'eligible_for_funding' | 'funding_eligibility_status_code' | 'previously_funded'>

/** Eligibility as providers are told it; not the stored flag (02 section 8.2). */
export function eligibleForFunding(application: Funding): boolean {
  const barred = application.previously_funded && application.funding_eligibility_status_code !== 'marked_funded_by_policy'
  return application.eligible_for_funding && !barred
}

/** Why providers are told that it is not eligible; may be given beside eligibility by policy (02 section 8.2, D3). */
export function ineligibleForFundingReason(application: Funding): 'previously-funded' | 'establishment-ineligible' | null {
  if (application.previously_funded) return 'previously-funded'
  return application.eligible_for_funding ? null : 'establishment-ineligible'
}

const ukCatchments: ReadonlySet<string | null> = new Set(['england', 'scotland', 'wales', 'northern_ireland', 'jersey_guernsey_isle_of_man'])

/** Whether the applicant works in the United Kingdom or the Crown dependencies. */
export function inUkCatchment(application: Pick<Application, 'teacher_catchment'>): boolean {
  return ukCatchments.has(application.teacher_catchment)
}

/** Inside catchment, so that delivery partners and their rules apply: England, or before 2024 an English school (02 section 8.3). */
export function insideCatchment(
  application: Pick<Application, 'teacher_catchment'>,
  cohort: { start_year: number } | null,
  school: { urn: string } | null,
): boolean {
  if (application.teacher_catchment === 'england') return true
  return cohort !== null && cohort.start_year < 2024 && school?.urn.startsWith('1') === true
}

/** The later of the application's own change and the participant's last significant one (02 section 8.4). */
export function shownUpdatedAt(application: Pick<ApplicationView, 'updated_at' | 'significantly_updated_at'>): Temporal.Instant {
  return later(application.updated_at, application.significantly_updated_at)
}

/** States in which a declaration holds its application where it is (02 section 1). */
export const liveDeclarationStates = ['submitted', 'eligible', 'payable', 'paid'] as const
