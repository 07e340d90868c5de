import type { StatementItemState } from '../../db/schema.ts'
import type { DeclarationState } from '../../words.ts'

/** States in which a declaration holds its application where it is (02 section 1). */
export const liveDeclarationStates = ['submitted', 'eligible', 'payable', 'paid'] as const satisfies DeclarationState[]

/** States in which a declaration, or an item for it, counts among what is paid (04 section 1). */
export const billableStates: readonly StatementItemState[] = ['eligible', 'payable', 'paid']

/** States of a declaration, or of an item for it, whose payment is taken back. */
export const refundStates: readonly StatementItemState[] = ['awaiting_clawback', 'clawed_back']

/** States after payment, in which a declaration can only be clawed back (04 section 1). */
export const clawbackStates: readonly DeclarationState[] = ['paid', ...refundStates]

/** States in which a completed declaration can take an outcome (03 section 13.1). */
export const outcomeTakingStates = ['submitted', 'eligible', 'payable', 'paid', 'ineligible'] as const satisfies DeclarationState[]
