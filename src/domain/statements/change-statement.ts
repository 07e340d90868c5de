import type { Transacting } from '../../db/connect.ts'
import { type Act, change } from '../history.ts'
import { judge, type Refusal, type Rules, refuse } from '../rules.ts'
import { logFinancialChange } from './financial-change-log.ts'
import type { LockedStatement } from './lock.ts'
import { hasMilestones } from './milestone-records.ts'
import type { Statement } from './statement.ts'

/** What a correction sets on a statement; what is left out stays. */
export type StatementValues = Partial<Pick<Statement, 'deadline_date' | 'payment_date' | 'output_fee'>>

export type ChangeStatementFacts = {
  statement: Pick<Statement, 'state' | 'deadline_date' | 'payment_date' | 'output_fee'>
  values: StatementValues
  /** milestones are linked to the statement */
  milestones: boolean
}

/** Why a statement cannot take these values (05 section 2.1). */
export async function refusalsOfChange(trx: Transacting, statement: LockedStatement, values: StatementValues): Promise<Refusal[]> {
  return judge(changeStatementRules, { statement, values, milestones: await hasMilestones(trx, statement) })
}

/** Writes the values that differ, and notes each with what it was; returns the statement as it is then. */
export async function changeStatement(
  trx: Transacting,
  act: Act,
  operation: string,
  statement: LockedStatement,
  values: StatementValues,
): Promise<Statement> {
  const changes = differences({ statement, values })
  if (Object.keys(changes).length === 0) return statement
  await logFinancialChange(trx, act, operation, { updated_statement_id: statement.id, changes })
  return change(trx, act, 'statements', statement, values)
}

export const changeStatementRules: Rules<ChangeStatementFacts> = [
  refuse(
    'payment_before_deadline',
    ({ statement, values }) => {
      const { deadline_date, payment_date } = { ...statement, ...values }
      return deadline_date !== null && payment_date !== null && Temporal.PlainDate.compare(payment_date, deadline_date) < 0
    },
    'payment_date',
    'The day of payment must be on or after the deadline.',
  ),
  refuse(
    'payment_run_has_milestones',
    (facts) => facts.milestones && 'output_fee' in differences(facts),
    'output_fee',
    'Whether it is a payment run cannot change while the statement has milestones.',
  ),
  [
    refuse(
      'statement_payable',
      (facts) => facts.statement.state === 'payable' && Object.keys(differences(facts)).some((name) => name !== 'output_fee'),
      'base',
      'The statement cannot change once it is payable.',
    ),
  ],
  [
    refuse(
      'statement_paid',
      (facts) => facts.statement.state === 'paid' && Object.keys(differences(facts)).length > 0,
      'base',
      'The statement cannot change once it is paid.',
    ),
  ],
]

function differences({ statement, values }: Pick<ChangeStatementFacts, 'statement' | 'values'>): Record<string, [unknown, unknown]> {
  const names = Object.keys(values) as (keyof StatementValues)[]
  return Object.fromEntries(
    names.filter((name) => String(statement[name]) !== String(values[name])).map((name) => [name, [statement[name], values[name]]]),
  )
}
