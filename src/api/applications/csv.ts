import { wireInstant } from '../../clock.ts'
import { ineligibleForFundingReason, inUkCatchment } from '../../domain/applications/application.ts'
import type { ApplicationView } from '../../domain/applications/records.ts'
import type { CsvTable } from '../csv.ts'

/** The applications' CSV file of v1 and v2. Eligibility is the stored flag here, and `updated_at` counts any change of the person (02 section 9). */
export const applicationColumns: CsvTable<ApplicationView> = {
  id: (a) => a.public_id,
  participant_id: (a) => a.participant_id,
  full_name: (a) => a.full_name,
  email: (a) => a.email,
  email_validated: () => true,
  teacher_reference_number: (a) => a.trn,
  teacher_reference_number_validated: (a) => a.trn_verified,
  school_urn: (a) => a.school_urn,
  school_ukprn: (a) => a.ukprn,
  private_childcare_provider_urn: (a) => a.private_childcare_provider_urn,
  headteacher_status: (a) => a.headteacher_status,
  eligible_for_funding: (a) => a.eligible_for_funding,
  funded_place: (a) => a.funded_place,
  funding_choice: (a) => a.funding_choice,
  course_identifier: (a) => a.course_identifier,
  status: (a) => a.lead_provider_approval_status,
  works_in_school: (a) => a.works_in_school,
  employer_name: (a) => a.employer_name,
  employment_role: (a) => a.employment_role,
  created_at: (a) => wireInstant(a.created_at),
  updated_at: (a) => wireInstant(a.updated_at),
  cohort: (a) => (a.cohort_start_year === null ? null : String(a.cohort_start_year)),
  ineligible_for_funding_reason: ineligibleForFundingReason,
  targeted_delivery_funding_eligibility: (a) => a.targeted_delivery_funding_eligibility,
  teacher_catchment: inUkCatchment,
  teacher_catchment_country: (a) => a.teacher_catchment_country,
  teacher_catchment_iso_country_code: (a) => a.teacher_catchment_iso_country_code,
  itt_provider: (a) => a.itt_provider,
  lead_mentor: (a) => a.lead_mentor,
}
