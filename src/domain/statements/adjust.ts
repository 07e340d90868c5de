import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { refusal } from '../answer.ts'
import { type Act, change, create, destroy } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { lockStatement } from './lock.ts'
import { findAdjustment } from './records.ts'
import type { Statement } from './statement.ts'

/** What an adjustment says, as it was typed. */
export type Adjustment = { description: string; amount: string }

export type AdjustmentFacts = { statement: Pick<Statement, 'state' | 'marked_as_paid_at'> } & Adjustment

/** Adds an amount to a statement that was not authorised for payment yet (05 section 11.3). */
export async function addAdjustment(db: Database, command: Act & Adjustment & { statementId: number }): Promise<Verdict> {
  return transact(db, async (trx) => {
    const statement = await lockStatement(trx, command.statementId)
    if (!statement) return missing
    const refusals = judge(adjustmentRules, { ...command, statement })
    if (refusals.length > 0) return { refusals }
    const { id } = await create(trx, command, 'adjustments', { statement_id: statement.id, ...cleaned(command) })
    await logFinancialChange(trx, command, 'Add adjustment', { statement_id: statement.id, adjustment_id: id, ...cleaned(command) })
    return done
  })
}

/** Changes what an adjustment says. */
export async function changeAdjustment(db: Database, command: Act & Adjustment & { adjustmentId: number }): Promise<Verdict> {
  return onAdjustment(db, command, async (trx, adjustment) => {
    const after = await change(trx, command, 'adjustments', adjustment, cleaned(command))
    if (after !== adjustment) await log(trx, command, 'Change adjustment', adjustment, saying(after))
  })
}

/** Takes an adjustment away. */
export async function removeAdjustment(db: Database, command: Act & { adjustmentId: number }): Promise<Verdict> {
  return onAdjustment(db, { ...command, description: '-', amount: '1' }, async (trx, adjustment) => {
    await destroy(trx, command, 'adjustments', adjustment)
    await log(trx, command, 'Remove adjustment', adjustment, null)
  })
}

export const adjustmentRules: Rules<AdjustmentFacts> = [
  refuse(
    'description_missing',
    ({ description }) => description.trim() === '',
    'description',
    'Say what the adjustment is for: the provider reads it.',
  ),
  refuse('amount_missing', ({ amount }) => amount.trim() === '', 'amount', 'Give the amount.'),
  refuse(
    'amount_malformed',
    ({ amount }) => amount.trim() !== '' && !plainAmount.test(amount.trim()),
    'amount',
    'Give the amount in numbers only, such as -100.50: no commas, no pound sign.',
  ),
  refuse('amount_zero', ({ amount }) => plainAmount.test(amount.trim()) && Number(amount) === 0, 'amount', 'The amount cannot be zero.'),
  [refuse('statement_paid', ({ statement }) => statement.state === 'paid', 'statement', 'A statement cannot be adjusted once it is paid.')],
  [
    refuse(
      'payment_authorised',
      ({ statement }) => statement.marked_as_paid_at !== null,
      'statement',
      'A statement cannot be adjusted once its payment is authorised.',
    ),
  ],
]

const plainAmount = /^-?\d{1,16}(\.\d{1,2})?$/
const missing = refusal('statement_or_adjustment_unknown', 'statement', 'There is no such statement or adjustment.')

type Row = RowOf<'adjustments'>

async function onAdjustment(
  db: Database,
  command: Act & Adjustment & { adjustmentId: number },
  write: (trx: Transacting, adjustment: Row) => Promise<void>,
): Promise<Verdict> {
  return transact(db, async (trx) => {
    const seen = await findAdjustment(trx, command.adjustmentId)
    const statement = seen && (await lockStatement(trx, seen.statement_id))
    const adjustment = statement && (await findAdjustment(trx, command.adjustmentId))
    if (!statement || !adjustment) return missing
    const refusals = judge(adjustmentRules, { ...command, statement })
    if (refusals.length > 0) return { refusals }
    await write(trx, adjustment)
    return done
  })
}

function log(trx: Transacting, act: Act, operation: string, before: Row, after: Adjustment | null) {
  const { id, statement_id } = before
  return logFinancialChange(trx, act, operation, { statement_id, adjustment_id: id, changes: { adjustment: [saying(before), after] } })
}

function saying({ description, amount }: Adjustment): Adjustment {
  return { description, amount }
}

function cleaned({ description, amount }: Adjustment): Adjustment {
  return { description: description.trim(), amount: amount.trim() }
}
