import { londonDate, longDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { timeOf } from '../../db/time.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change } from '../history.ts'
import { queueJob } from '../outbox.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { countItems } from './items.ts'
import { lockStatement, noSuchStatement } from './lock.ts'
import { deadlinePassed, paymentKey, type Statement } from './statement.ts'

export type AuthorisePayment = Act & { statementId: number; checksDone: boolean }

export type AuthoriseFacts = {
  statement: Pick<Statement, 'output_fee' | 'state' | 'deadline_date'>
  items: number
  today: Temporal.PlainDate
  checksDone: boolean
}

/** Finance confirms that a statement may be paid; a job then pays it. Authorising again changes nothing (05 section 11.1). */
export async function authorisePayment(db: Database, command: AuthorisePayment): Promise<Verdict> {
  return transact(db, async (trx) => {
    const statement = await lockStatement(trx, command.statementId)
    if (!statement) return noSuchStatement
    if (statement.marked_as_paid_at !== null) return done
    const items = await countItems(trx, statement)
    const refusals = judge(authorisePaymentRules, { statement, items, today: londonDate(command.now), checksDone: command.checksDone })
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'statements', statement, { marked_as_paid_at: await timeOf(trx, command) })
    await logFinancialChange(trx, command, 'Authorise payment', { statement_id: statement.id })
    const payload = { statementId: statement.id, authorisedBy: command.author }
    await queueJob(trx, { kind: 'mark statement paid', payload, key: paymentKey(statement.id) })
    return done
  })
}

export const authorisePaymentRules: Rules<AuthoriseFacts> = [
  refuse('checks_not_done', ({ checksDone }) => !checksDone, 'checks_done', 'Confirm that all assurance checks are done.'),
  refuse(
    'not_a_payment_run',
    ({ statement }) => !statement.output_fee,
    'statement',
    'The statement is not a payment run, so nothing is paid with it.',
  ),
  refuse('statement_paid', ({ statement }) => statement.state === 'paid', 'statement', 'The statement is paid already.'),
  refuse('statement_open', ({ statement }) => statement.state === 'open', 'statement', whyOpen),
  refuse(
    'deadline_not_passed',
    ({ statement, today }) => statement.state === 'payable' && !deadlinePassed(statement, today),
    'statement',
    'The day of the statement’s declaration deadline has not ended, so its payment cannot be authorised yet.',
  ),
  refuse('statement_empty', ({ items }) => items === 0, 'statement', 'The statement holds no declaration, so there is nothing to pay.'),
]

function whyOpen({ statement: { deadline_date }, today }: AuthoriseFacts): string {
  if (deadline_date === null) return 'The statement is open, and has no declaration deadline that would end this. Give it one.'
  if (deadlinePassed({ deadline_date }, today)) return 'The statement is open still, though its deadline has passed: the daily job makes it payable.'
  return `The statement is open until the end of ${longDate(deadline_date)}, its declaration deadline. Then the daily job makes it payable.`
}
