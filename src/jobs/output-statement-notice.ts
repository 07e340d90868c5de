import { utcDate } from '../clock.ts'
import { queueMail } from '../domain/outbox.ts'
import { dueStatements, outputStatementNotice } from '../domain/statements/output-statement-notice.ts'
import type { Work } from './work.ts'

/** Tells the contracts team which payment runs have their deadline in this month and the next; again for the same month tells nothing. */
export const sendOutputStatementNotice: Work = async ({ db, act, contractsTeamEmail }) => {
  if (contractsTeamEmail === undefined) return
  const today = utcDate(act.now)
  const notice = outputStatementNotice(await dueStatements(db, today), today)
  if (notice === undefined) return
  await db.transaction().execute((trx) =>
    queueMail(trx, {
      template: 'output statement notice',
      to: contractsTeamEmail,
      personalisation: notice,
      occasion: `output statement notice ${today.toPlainYearMonth()}`,
    }),
  )
}
