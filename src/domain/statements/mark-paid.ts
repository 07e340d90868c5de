import type { Database } from '../../db/connect.ts'
import { exactJson, presentMoney } from '../finance/figures.ts'
import { keptFormat } from '../finance/kept-figures.ts'
import { type Act, change } from '../history.ts'
import { changeStates } from './items.ts'
import { withLockedStatement } from './lock.ts'

/**
 * Pays an authorised statement: payable declarations and items become paid, awaited clawbacks are done, and its money is kept
 * for ever. Returns false, and changes nothing, where it is not payable or not authorised: another run was here first.
 */
export async function markPaid(db: Database, command: Act & { statementId: number }): Promise<boolean> {
  return withLockedStatement(db, command.statementId, async (trx, locked) => {
    if (locked?.statement.state !== 'payable' || locked.statement.marked_as_paid_at === null) return false

    await changeStates(trx, command, locked.items, 'payable', 'paid')
    await changeStates(trx, command, locked.items, 'awaiting_clawback', 'clawed_back')
    const totals = exactJson({ format: keptFormat, ...(await presentMoney(trx, locked.statement.id)) })
    await change(trx, command, 'statements', locked.statement, { state: 'paid', totals })
    return true
  })
}
