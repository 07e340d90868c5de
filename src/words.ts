// The fixed value lists of the service, in the order in which they are published.

export const courseIdentifiers = [
  'npq-senior-leadership',
  'npq-headship',
  'npq-executive-leadership',
  'npq-early-years-leadership',
  'npq-leading-teaching',
  'npq-leading-behaviour-culture',
  'npq-leading-teaching-development',
  'npq-leading-literacy',
  'npq-leading-primary-mathematics',
  'npq-additional-support-offer',
  'npq-early-headship-coaching-offer',
  'npq-senco',
] as const
export type CourseIdentifier = (typeof courseIdentifiers)[number]

/** Courses that a participant passes or fails. */
export const outcomeCourseIdentifiers = [
  'npq-senior-leadership',
  'npq-headship',
  'npq-executive-leadership',
  'npq-early-years-leadership',
  'npq-leading-teaching',
  'npq-leading-behaviour-culture',
  'npq-leading-teaching-development',
  'npq-leading-literacy',
  'npq-leading-primary-mathematics',
  'npq-senco',
] as const satisfies CourseIdentifier[]
export type OutcomeCourseIdentifier = (typeof outcomeCourseIdentifiers)[number]

/** Courses for which targeted delivery funding is never paid. */
export const coursesWithoutTargetedDeliveryFunding: readonly string[] = [
  'npq-additional-support-offer',
  'npq-early-headship-coaching-offer',
] satisfies CourseIdentifier[]

export const scheduleIdentifiers = [
  'npq-aso-march',
  'npq-aso-june',
  'npq-aso-november',
  'npq-aso-december',
  'npq-ehco-march',
  'npq-ehco-june',
  'npq-ehco-november',
  'npq-ehco-december',
  'npq-leadership-autumn',
  'npq-leadership-spring',
  'npq-specialist-autumn',
  'npq-specialist-spring',
] as const
export type ScheduleIdentifier = (typeof scheduleIdentifiers)[number]

export const approvalStatuses = ['pending', 'accepted', 'rejected'] as const
export type ApprovalStatus = (typeof approvalStatuses)[number]

export const rejectionReasons = ['registration_expired', 'rejected_by_provider', 'other_application_in_this_cohort_accepted'] as const
export type RejectionReason = (typeof rejectionReasons)[number]

export const trainingStatuses = ['active', 'deferred', 'withdrawn'] as const
export type TrainingStatus = (typeof trainingStatuses)[number]

export const deferralReasons = ['bereavement', 'long-term-sickness', 'parental-leave', 'career-break', 'other'] as const

const lastingWithdrawalReasons = [
  'insufficient-capacity-to-undertake-programme',
  'personal-reason-health-or-pregnancy-related',
  'personal-reason-moving-school',
  'personal-reason-other',
  'insufficient-capacity',
  'change-in-developmental-or-personal-priorities',
  'change-in-school-circumstances',
  'change-in-school-leadership',
  // the full stop is part of the published value
  'quality-of-programme-structure-not-suitable.',
  'quality-of-programme-content-not-suitable',
  'quality-of-programme-facilitation-not-effective',
  'quality-of-programme-accessibility',
  'quality-of-programme-other',
  'programme-not-appropriate-for-role-and-cpd-needs',
  'started-in-error',
  'expected-commitment-unclear',
] as const

/** Reasons as they were before December 2025. */
export const earlierWithdrawalReasons = [...lastingWithdrawalReasons, 'other'] as const

export const withdrawalReasons = [
  ...lastingWithdrawalReasons,
  'assessment-requirements-not-met',
  'change-in-career',
  'disengaged-and-unresponsive',
  'non-payment-of-invoice',
  'other',
] as const

export const fundingChoices = ['school', 'trust', 'self', 'another', 'employer'] as const
export type FundingChoice = (typeof fundingChoices)[number]

export const headteacherStatuses = [
  'no',
  'yes_when_course_starts',
  'yes_in_first_two_years',
  'yes_over_two_years',
  'yes_in_first_five_years',
  'yes_over_five_years',
] as const
export type HeadteacherStatus = (typeof headteacherStatuses)[number]

export const sencoAnswers = ['yes', 'no_but_i_plan_to_become_one', 'no_i_do_not_plan_to_be_a_SENCO'] as const
export type SencoAnswer = (typeof sencoAnswers)[number]

export const employmentTypes = [
  'hospital_school',
  'lead_mentor_for_accredited_itt_provider',
  'local_authority_supply_teacher',
  'local_authority_virtual_school',
  'young_offender_institution',
  'other',
] as const

export const kindsOfNursery = [
  'local_authority_maintained_nursery',
  'preschool_class_as_part_of_school',
  'private_nursery',
  'another_early_years_setting',
  'childminder',
] as const

export const reviewStatuses = ['needs_review', 'awaiting_information', 'reregister', 'decision_made'] as const

export const cohortFundings = ['zero', 'capped', 'full'] as const
export type CohortFunding = (typeof cohortFundings)[number]

export const declarationTypes = ['started', 'retained-1', 'retained-2', 'completed'] as const
export type DeclarationType = (typeof declarationTypes)[number]

export const declarationStates = ['submitted', 'eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const
export type DeclarationState = (typeof declarationStates)[number]

export const outcomeStates = ['passed', 'failed', 'voided'] as const
export type OutcomeState = (typeof outcomeStates)[number]
