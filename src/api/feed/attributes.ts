import type { RowOf } from '../../db/schema.ts'

type Resource = RowOf<'changes'>['resource']

const funding = ['eligible_for_funding', 'ineligible_for_funding_reason']
const person = ['participant_id', 'full_name', 'email', 'teacher_reference_number', 'teacher_reference_number_validated']

/** The columns of applications that an enrolment shows. */
const enrolled = [
  ...['lead_provider_approval_status', 'training_status', 'accepted_at', 'course_id', 'cohort_id', 'schedule_id', 'school_id'],
  ...['eligible_for_funding', 'targeted_delivery_funding_eligibility', 'funded_place', 'user_id', 'lead_provider_id'],
]

/** Which attributes, as version 3 names them, show each column. What is not named here no provider is shown. */
export const attributesShowing: Readonly<Record<Resource, Readonly<Record<string, readonly string[]>>>> = {
  application: {
    'applications.user_id': [...person, ...funding],
    'applications.course_id': ['course_identifier', ...funding],
    'applications.cohort_id': ['cohort', 'cohort_suffix'],
    'applications.schedule_id': ['schedule_identifier'],
    'applications.school_id': ['school_urn'],
    'applications.private_childcare_provider_id': ['private_childcare_provider_urn'],
    'applications.itt_provider_id': ['itt_provider'],
    'applications.lead_provider_approval_status': ['status'],
    'applications.reason_for_rejection': ['reason_for_rejection'],
    'applications.eligible_for_funding': funding,
    'applications.funding_eligibility_status_code': ['eligible_for_funding'],
    'applications.previously_funded': funding,
    'applications.funded_place': ['funded_place'],
    'applications.funding_choice': ['funding_choice'],
    'applications.headteacher_status': ['headteacher_status'],
    'applications.employer_name': ['employer_name'],
    'applications.employment_role': ['employment_role'],
    'applications.works_in_school': ['works_in_school'],
    'applications.ukprn': ['school_ukprn'],
    'applications.teacher_catchment': ['teacher_catchment'],
    'applications.teacher_catchment_country': ['teacher_catchment_country'],
    'applications.teacher_catchment_iso_country_code': ['teacher_catchment_iso_country_code'],
    'applications.lead_mentor': ['lead_mentor'],
    'applications.targeted_delivery_funding_eligibility': ['targeted_delivery_funding_eligibility'],
    'applications.senco_in_role': ['works_as_senco'],
    'applications.senco_start_date': ['senco_start_date'],
    'applications.updated_at': ['updated_at'],
    'users.full_name': ['full_name'],
    'users.email': ['email'],
    'users.trn': ['teacher_reference_number'],
    'users.trn_verified': ['teacher_reference_number', 'teacher_reference_number_validated'],
    'users.significantly_updated_at': ['updated_at'],
  },
  participant: {
    ...Object.fromEntries(enrolled.map((column) => [`applications.${column}`, ['npq_enrolments']])),
    'users.full_name': ['full_name'],
    'users.previous_names': ['previous_names'],
    'users.email': ['npq_enrolments'],
    'users.trn': ['teacher_reference_number'],
    'users.trn_verified': ['teacher_reference_number'],
    'users.significantly_updated_at': ['updated_at'],
    'participations.changed_at': ['updated_at'],
    'participant_id_changes.user_id': ['participant_id_changes', 'updated_at'],
  },
  declaration: {
    'declarations.declaration_type': ['declaration_type'],
    'declarations.declaration_date': ['declaration_date'],
    'declarations.state': ['state', 'ineligible_for_funding_reason', 'uplift_paid', 'has_passed'],
    'declarations.state_reason': ['ineligible_for_funding_reason'],
    'declarations.lead_provider_id': ['lead_provider_name'],
    'declarations.delivery_partner_id': ['delivery_partner_id', 'delivery_partner_name'],
    'declarations.secondary_delivery_partner_id': ['secondary_delivery_partner_id', 'secondary_delivery_partner_name'],
    'declarations.updated_at': ['updated_at'],
    'delivery_partners.name': ['delivery_partner_name', 'secondary_delivery_partner_name'],
    'statement_items.statement_id': ['statement_id', 'clawback_statement_id', 'updated_at'],
    'statement_items.state': ['statement_id', 'clawback_statement_id'],
    'outcomes.state': ['has_passed'],
    'applications.user_id': ['participant_id'],
    'applications.course_id': ['course_identifier'],
    'applications.targeted_delivery_funding_eligibility': ['uplift_paid'],
  },
  outcome: {
    'outcomes.state': ['state'],
    'outcomes.completion_date': ['completion_date'],
    'outcomes.updated_at': ['updated_at'],
    'applications.user_id': ['participant_id'],
    'applications.course_id': ['course_identifier'],
  },
  statement: {
    'statements.year': ['year'],
    'statements.month': ['month'],
    'statements.cohort_id': ['cohort'],
    'statements.deadline_date': ['cut_off_date'],
    'statements.payment_date': ['payment_date'],
    'statements.state': ['paid'],
    'statements.updated_at': ['updated_at'],
  },
  delivery_partner: {
    'delivery_partners.name': ['name'],
    'delivery_partners.updated_at': ['updated_at'],
    'delivery_partnerships.cohort_id': ['cohort'],
  },
}

/** The attributes of a resource that show any of these columns, in alphabetical order. */
export function changedAttributes(resource: Resource, columns: readonly string[]): string[] {
  return [...new Set(columns.flatMap((column) => attributesShowing[resource][column] ?? []))].sort()
}
