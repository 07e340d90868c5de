import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import type { employmentTypes } from '../words.ts'
import type { Cohort, Course } from './facts.ts'
import type { Applying } from './world.ts'

type Columns = DatasetRecord<'application'>

/** The answers about where someone works and what follows from them. */
export type Work = Partial<Columns>

const nowhere = {
  works_in_school: false,
  works_in_childcare: false,
  teacher_catchment: 'england',
  teacher_catchment_country: 'United Kingdom of Great Britain and Northern Ireland',
  teacher_catchment_iso_country_code: 'GBR',
} satisfies Work

export type Place = { world: Applying; cohort: Cohort; course: Course }

/** In a school whose teachers may be funded for the course, or may not. */
export function inSchool({ world: { random, workplaces }, cohort, course }: Place, eligible: boolean): Work {
  const code = schoolCode(course, eligible)
  const school = random.pick(code === 'ineligible_establishment_type' ? workplaces.schools.other : workplaces.schools.fundable)
  return decided(cohort, code, random.pick(['school', 'trust', 'self', 'another'] as const), {
    ...nowhere,
    school_urn: school.urn,
    ukprn: school.ukprn,
    work_setting: 'a_school',
    works_in_school: true,
    primary_establishment: school.phase_name === 'Primary',
    number_of_pupils: school.number_of_pupils ?? 0,
    headteacher_status: course.group === 'ehco' ? (eligible ? 'yes_in_first_five_years' : random.pick(['no', 'yes_over_five_years'])) : null,
  })
}

function schoolCode(course: Course, eligible: boolean): string {
  if (eligible) return 'funded'
  if (course.group === 'ehco') return 'not_new_headteacher_requesting_ehco'
  const premiumOnly = course.group === 'specialist' || course.identifier === 'npq-executive-leadership'
  return premiumOnly ? 'ineligible_establishment_not_a_pp50' : 'ineligible_establishment_type'
}

/** In a private nursery or as a childminder; only early years leadership is funded there. */
export function inNursery({ world: { random, workplaces }, cohort, course }: Place, disabled = false): Work {
  const nursery = random.pick(disabled ? workplaces.nurseries.disabled : workplaces.nurseries.open)
  const code = course.identifier === 'npq-early-years-leadership' ? 'funded' : 'early_years_invalid_npq'
  return decided(cohort, code, 'employer', {
    ...nowhere,
    private_childcare_provider_urn: nursery.provider_urn,
    work_setting: 'early_years_or_childcare',
    works_in_childcare: true,
    kind_of_nursery: nursery.provider_name === 'REDACTED' ? 'childminder' : 'private_nursery',
  })
}

/** A lead mentor of a provider of initial teacher training. */
export function asLeadMentor({ world: { random, workplaces }, cohort, course }: Place, disabled = false): Work {
  const code =
    course.identifier !== 'npq-leading-teaching-development' ? 'not_lead_mentor_course' : disabled ? 'ineligible_establishment_type' : 'funded'
  return decided(cohort, code, 'employer', {
    ...nowhere,
    itt_provider: random.pick(disabled ? workplaces.ittProviders.disabled : workplaces.ittProviders.approved).legal_name,
    work_setting: 'another_setting',
    employment_type: 'lead_mentor_for_accredited_itt_provider',
    lead_mentor: true,
  })
}

/** Outside England: nobody is funded, and no workplace is kept. */
export function abroad({ cohort }: Pick<Place, 'cohort'>, country: 'scotland' | 'spain'): Work {
  const inUk = country === 'scotland' && cohort.start_year < 2024
  return decided(cohort, 'not_in_england', 'self', {
    ...nowhere,
    work_setting: 'a_school',
    works_in_school: true,
    teacher_catchment: inUk ? 'scotland' : 'another',
    ...(!inUk && { teacher_catchment_country: 'Spain', teacher_catchment_iso_country_code: 'ESP' }),
  })
}

/** In another setting in England, which an operator looks at. */
export function underReview({ world: { random, workplaces }, cohort }: Place, employment: (typeof employmentTypes)[number] | 'referred'): Work {
  if (employment === 'referred') {
    const work: Work = { ...nowhere, work_setting: 'other', referred_by_return_to_teaching_adviser: 'yes', employer_name: 'Between posts' }
    return { ...decided(cohort, 'referred_by_return_to_teaching_adviser', 'self', work), review_status: 'needs_review' }
  }
  const leadMentor = employment === 'lead_mentor_for_accredited_itt_provider'
  const named = !leadMentor && employment !== 'other'
  const withRole = employment === 'local_authority_supply_teacher' || employment === 'local_authority_virtual_school'
  const work: Work = {
    ...nowhere,
    work_setting: 'another_setting',
    employment_type: employment,
    employer_name: named ? random.pick(['Wendlebury Council', 'Northmere County Council', 'Yewdale Borough Council']) : null,
    employment_role: withRole ? random.pick(['Supply teacher', 'Lead teacher', 'Inclusion adviser']) : null,
    itt_provider: leadMentor ? random.pick(workplaces.ittProviders.approved).legal_name : null,
    lead_mentor: leadMentor,
  }
  const code = leadMentor ? 'not_lead_mentor_course' : named ? 'subject_to_review' : 'ineligible_establishment_type'
  return { ...decided(cohort, code, 'employer', work), review_status: 'needs_review' }
}

/** Adds the decision on funding; where there is none, how the course will be paid for instead. */
export function decided(cohort: Cohort, code: string, choice: NonNullable<Columns['funding_choice']>, work: Work): Work {
  const final = cohort.funding === 'zero' ? 'unfunded_cohort' : code
  const eligible = final === 'funded' || final === 'marked_funded_by_policy'
  return { ...work, eligible_for_funding: eligible, funding_eligibility_status_code: final, funding_choice: eligible ? null : choice }
}
