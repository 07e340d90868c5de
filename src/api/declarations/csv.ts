import { wireInstant } from '../../clock.ts'
import { hasPassed } from '../../domain/declarations/declaration.ts'
import type { DeclarationView } from '../../domain/declarations/records.ts'
import type { CsvTable } from '../csv.ts'
import { perVersion } from '../versions.ts'
import { isEligibleForPayment, isVoided, wireState } from './representation.ts'

/** The declarations' CSV file, which v1 and v2 have. */
export const declarationColumns = perVersion({
  v1: columns({ voided: isVoided, eligible_for_payment: isEligibleForPayment }),
  v2: columns({}),
  v3: columns({}),
})

function columns(flags: CsvTable<DeclarationView>): CsvTable<DeclarationView> {
  return {
    id: (d) => d.public_id,
    participant_id: (d) => d.participant_id,
    declaration_type: (d) => d.declaration_type,
    course_identifier: (d) => d.course_identifier,
    declaration_date: (d) => wireInstant(d.declaration_date),
    state: wireState,
    has_passed: hasPassed,
    ...flags,
    updated_at: (d) => wireInstant(d.updated_at),
  }
}
