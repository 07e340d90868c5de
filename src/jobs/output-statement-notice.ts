import { queueMail } from '../domain/outbox.ts'
import { outputStatementNotice } from '../domain/statements/output-statement-notice.ts'
import { dueStatements } from '../domain/statements/records.ts'
import type { Work } from './work.ts'

/**
 * Tells the contracts team which payment runs have their deadline in this month and the next; again for the same month tells nothing.
 * The month is that of the payload, so that a run which succeeds only in the next month takes nothing from that month's own letter.
 */
export const sendOutputStatementNotice: Work<'output statement notice'> = async ({ db, config: { contractsTeamEmail } }, { day }) => {
  if (contractsTeamEmail === undefined) return
  const notice = outputStatementNotice(await dueStatements(db, day), day)
  if (notice === undefined) return
  await db.transaction().execute((trx) =>
    queueMail(trx, {
      template: 'output statement notice',
      to: contractsTeamEmail,
      personalisation: notice,
      occasion: `letter of output statement notice ${day.toPlainYearMonth()}`,
    }),
  )
}
