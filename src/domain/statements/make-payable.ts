import { utcDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { type Act, change } from '../history.ts'
import { changeStates } from './items.ts'
import { withLockedStatement } from './lock.ts'

/**
 * Closes a statement after its deadline: its eligible declarations and their items become payable, and then the statement.
 * Returns false, and changes nothing, where it is not open or its deadline has not passed: another run was here first.
 */
export async function makePayable(db: Database, command: Act & { statementId: number }): Promise<boolean> {
  return withLockedStatement(db, command.statementId, async (trx, locked) => {
    if (locked?.statement.state !== 'open') return false
    const { deadline_date } = locked.statement
    if (deadline_date === null || Temporal.PlainDate.compare(deadline_date, utcDate(command.now)) >= 0) return false

    await changeStates(trx, command, locked.items, 'eligible', 'payable')
    await change(trx, command, 'statements', locked.statement, { state: 'payable' })
    return true
  })
}
