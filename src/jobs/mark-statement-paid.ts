import { author } from '../domain/author.ts'
import { markPaid } from '../domain/statements/mark-paid.ts'
import type { Work } from './work.ts'

/** Pays a statement that finance authorised, and names who did; a second run finds nothing to do. */
export const markStatementPaid: Work = async ({ db, act, log }, { statementId: id, authorisedBy }) => {
  const statementId = Number(id)
  const by = typeof authorisedBy === 'string' ? author.job('mark statement paid', authorisedBy) : act.author
  if (!(await markPaid(db, { ...act, author: by, statementId }))) log.warn({ statementId }, 'the statement is not waiting to be paid')
}
