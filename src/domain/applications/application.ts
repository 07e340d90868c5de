import type { Verdict } from '../rules.ts'
import type { Application, ApplicationView } from './records.ts'

/** What a verb answers where the application went while it was on its way. */
export const noSuchApplication: Verdict = {
  refusals: [{ code: 'application_unknown', title: 'application', detail: 'The application does not exist any more.' }],
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

/** The first cohorts whose declarations in England name a delivery partner. */
export const firstYearWithPartners = 2024

/** Inside catchment, so that delivery partners and their rules apply: England, or before 2024 an English school (02 section 8.3). */
export function insideCatchment(
  application: Pick<Application, 'teacher_catchment'>,
  cohort: { start_year: number } | null,
  school: { urn: string } | null,
): boolean {
  if (application.teacher_catchment === 'england') return true
  return cohort !== null && cohort.start_year < firstYearWithPartners && school?.urn.startsWith('1') === true
}
