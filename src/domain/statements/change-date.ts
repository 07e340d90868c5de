import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { lockStatement, noSuchStatement } from './lock.ts'
import type { Statement } from './statement.ts'

export type ChangeDate = Act & { statementId: number; which: 'deadline_date' | 'payment_date'; date: Temporal.PlainDate | undefined }

export type ChangeDateFacts = {
  statement: Pick<Statement, 'state' | 'deadline_date' | 'payment_date'>
  which: ChangeDate['which']
  date: ChangeDate['date']
}

/** Moves the deadline for declarations or the day of payment of an open statement (05 section 11.2). */
export async function changeDate(db: Database, command: ChangeDate): Promise<Verdict> {
  return transact(db, async (trx) => {
    const statement = await lockStatement(trx, command.statementId)
    if (!statement) return noSuchStatement
    const { which, date } = command
    const refusals = judge(changeDateRules, { statement, which, date })
    if (refusals.length > 0 || date === undefined) return { refusals }
    const after = await change(trx, command, 'statements', statement, { [which]: date })
    if (after === statement) return done
    await logFinancialChange(trx, command, `Change ${which}`, { statement_id: statement.id, changes: { [which]: [statement[which], date] } })
    return done
  })
}

export const changeDateRules: Rules<ChangeDateFacts> = [
  refuse(
    'deadline_date_missing',
    ({ which, date }) => which === 'deadline_date' && date === undefined,
    'deadline_date',
    'Give the deadline as a date.',
  ),
  refuse(
    'payment_date_missing',
    ({ which, date }) => which === 'payment_date' && date === undefined,
    'payment_date',
    'Give the payment date as a date.',
  ),
  refuse(
    'deadline_after_payment',
    ({ which, date, statement }) => which === 'deadline_date' && after(date, statement.payment_date),
    'deadline_date',
    'The deadline cannot be after the day of payment.',
  ),
  refuse(
    'payment_before_deadline',
    ({ which, date, statement }) => which === 'payment_date' && after(statement.deadline_date, date),
    'payment_date',
    'The day of payment cannot be before the deadline.',
  ),
  [
    refuse(
      'statement_not_open',
      ({ statement }) => statement.state !== 'open',
      'base',
      'The dates of a statement cannot change once it is payable or paid.',
    ),
  ],
]

function after(one: Temporal.PlainDate | null | undefined, other: Temporal.PlainDate | null | undefined): boolean {
  return one != null && other != null && Temporal.PlainDate.compare(one, other) > 0
}
