import { coursesWithoutTargetedDeliveryFunding } from '../../words.ts'
import type { Verdict } from '../rules.ts'
import type { DeclarationView } from './records.ts'
import { clawbackStates } from './states.ts'

/** What a verb answers where the declaration went while it was on its way. */
export const noSuchDeclaration: Verdict = {
  refusals: [{ code: 'declaration_unknown', title: 'declaration', detail: 'The declaration does not exist any more.' }],
}

/** What is said of a cohort in which nothing is paid or taken back any more. */
export function cohortClosedDetail(startYear: number): string {
  return `Contracts for the ${startYear} cohort have ended, so its declarations can no longer be submitted or clawed back. Get in touch with us if you need to.`
}

/** Whether the participant passed, as far as is known. */
export function hasPassed({ outcome_state }: Pick<DeclarationView, 'outcome_state'>): boolean | null {
  return outcome_state === null || outcome_state === 'voided' ? null : outcome_state === 'passed'
}

/** Whether targeted delivery funding was paid with it (04 section 6). */
export function upliftPaid(
  declaration: Pick<DeclarationView, 'declaration_type' | 'state' | 'targeted_delivery_funding_eligibility' | 'course_identifier'>,
): boolean {
  return (
    declaration.declaration_type === 'started' &&
    clawbackStates.includes(declaration.state) &&
    declaration.targeted_delivery_funding_eligibility === true &&
    !coursesWithoutTargetedDeliveryFunding.includes(declaration.course_identifier)
  )
}
