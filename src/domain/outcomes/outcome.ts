import type { RowOf } from '../../db/schema.ts'
import type { CourseIdentifier, DeclarationState } from '../../words.ts'

/** An outcome as it is read: its own columns with those of what it belongs to. */
export type OutcomeView = Pick<RowOf<'outcomes'>, 'public_id' | 'state' | 'completion_date' | 'created_at' | 'updated_at'> & {
  course_identifier: CourseIdentifier
  /** public id of the person who holds the application now */
  participant_id: string
}

/** States in which a completed declaration can take an outcome (03 section 13.1). */
export const outcomeTakingStates = ['submitted', 'eligible', 'payable', 'paid', 'ineligible'] as const satisfies DeclarationState[]
