import { markPaid } from '../domain/statements/mark-paid.ts'
import type { Work } from './work.ts'

/** Pays a statement that finance authorised; a second run finds nothing to do. */
export const markStatementPaid: Work = async ({ db, act, log }, payload) => {
  const statementId = Number(payload['statementId'])
  if (!(await markPaid(db, { ...act, statementId }))) log.warn({ statementId }, 'the statement is not waiting to be paid')
}
