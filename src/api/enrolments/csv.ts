import type { ApplicationView } from '../../domain/applications/records.ts'
import type { CsvTable } from '../csv.ts'

/** The enrolments' CSV file of v2; eligibility is the stored flag (03 section 6). */
export const enrolmentColumns: CsvTable<ApplicationView> = {
  participant_id: (a) => a.participant_id,
  course_identifier: (a) => a.course_identifier,
  schedule_identifier: (a) => a.schedule_identifier,
  cohort: (a) => (a.cohort_start_year === null ? null : String(a.cohort_start_year)),
  npq_application_id: (a) => a.public_id,
  eligible_for_funding: (a) => a.eligible_for_funding,
  training_status: (a) => a.training_status,
  school_urn: (a) => a.school_urn,
  funded_place: (a) => a.funded_place,
}
