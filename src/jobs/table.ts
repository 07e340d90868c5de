import type { CarriedOutKind } from '../domain/job-kinds.ts'
import { alertOperators } from './alert-operators.ts'
import { markStatementPaid } from './mark-statement-paid.ts'
import { markStatementsPayable } from './mark-statements-payable.ts'
import { sendOutputStatementNotice } from './output-statement-notice.ts'
import { pruneWhatHasPassed } from './prune.ts'
import { sendLetter } from './send-letter.ts'
import type { Work } from './work.ts'

/** How each kind of job is carried out. */
export const works: Readonly<{ [Kind in CarriedOutKind]: Work<Kind> }> = {
  'alert operators': alertOperators,
  'mark statement paid': markStatementPaid,
  'mark statements payable': markStatementsPayable,
  'output statement notice': sendOutputStatementNotice,
  'send letter': sendLetter,
  prune: pruneWhatHasPassed,
}
