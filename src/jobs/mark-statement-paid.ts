import { author } from '../domain/author.ts'
import { markPaid } from '../domain/statements/mark-paid.ts'
import type { Work } from './work.ts'

/** Pays a statement that finance authorised, and names who did; a second run finds nothing to do. */
export const markStatementPaid: Work<'mark statement paid'> = async ({ db, act, log }, { statementId, authorisedBy }) => {
  const by = author.job('mark statement paid', authorisedBy)
  if (!(await markPaid(db, { ...act, author: by, statementId }))) log.warn({ statementId }, 'the statement is not waiting to be paid')
}
