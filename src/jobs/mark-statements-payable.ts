import { makePayable } from '../domain/statements/make-payable.ts'
import { statementsPastDeadline } from '../domain/statements/records.ts'
import type { Work } from './work.ts'

/** Closes every open statement whose deadline has passed, each in its own transaction; one that fails does not stop the others. */
export const markStatementsPayable: Work<'mark statements payable'> = async ({ db, act, log, signal }) => {
  const failures: unknown[] = []
  for (const statementId of await statementsPastDeadline(db, act.now)) {
    signal.throwIfAborted()
    try {
      await makePayable(db, { ...act, statementId })
    } catch (error) {
      failures.push(error)
      log.error({ err: error, statementId }, 'a statement could not be made payable')
    }
  }
  if (failures.length > 0) throw new Error(`${failures.length} statements could not be made payable`)
}
