import type { RowOf } from '../../db/schema.ts'
import { type CourseIdentifier, coursesWithoutTargetedDeliveryFunding, type DeclarationState, type OutcomeState } from '../../words.ts'

export type Declaration = RowOf<'declarations'>

/** A declaration as it is read: its own columns with those of what it belongs to. */
export type DeclarationView = Pick<
  Declaration,
  'public_id' | 'lead_provider_id' | 'declaration_type' | 'declaration_date' | 'state' | 'state_reason' | 'created_at' | 'updated_at'
> & {
  application_id: string
  participant_id: string
  course_identifier: CourseIdentifier
  /** the provider that made it */
  lead_provider_name: string
  targeted_delivery_funding_eligibility: boolean | null
  /** the state of its newest outcome */
  outcome_state: OutcomeState | null
  delivery_partner_id: string | null
  delivery_partner_name: string | null
  secondary_delivery_partner_id: string | null
  secondary_delivery_partner_name: string | null
  /** the statement that pays for it */
  statement_id: string | null
  /** the statement that takes the payment back */
  clawback_statement_id: string | null
}

/** States after payment, in which a declaration can only be clawed back (04 section 1). */
export const clawbackStates: readonly DeclarationState[] = ['paid', 'awaiting_clawback', 'clawed_back']

/** States in which a declaration, or an item for it, counts among what is paid (04 section 1). */
export const billableStates: readonly DeclarationState[] = ['eligible', 'payable', 'paid']

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
