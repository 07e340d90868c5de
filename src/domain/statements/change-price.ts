import { londonDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { Decimal } from '../finance/money.ts'
import type { Act } from '../history.ts'
import { judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { contractsOf, findContractSubject, reprice } from './contracts.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { lockStatementsFrom } from './lock.ts'
import { type Month, type Statement, statementName } from './statement.ts'

/** `perParticipant` as it was typed. */
export type ChangePrice = Act & { contractId: number; perParticipant: string }

/** What a participant cost in a month, and costs now. */
export type PriceChanged = Verdict & { changes: readonly (Month & { from: string; to: string })[] }

export type ChangePriceFacts = {
  perParticipant: string
  affected: Pick<Statement, 'state' | 'year' | 'month'>[]
  /** how many of these months have a contract for the course */
  contracts: number
}

/**
 * Changes what a provider is paid per participant of a course in a cohort, from the current month on. Refused whole where a month
 * that it would touch is payable or paid (05 section 11.4; 00 decision 12).
 */
export async function changePrice(db: Database, command: ChangePrice): Promise<PriceChanged> {
  return transact(db, async (trx) => {
    const subject = await findContractSubject(trx, command.contractId)
    if (!subject) return { refusals: [{ code: 'contract_unknown', title: 'contract', detail: 'There is no such contract.' }], changes: [] }
    const affected = await lockStatementsFrom(trx, subject, londonDate(command.now))
    // a month without a contract for the course is passed over
    const contracts = (await contractsOf(trx, affected)).map(({ contract }) => contract).filter(({ course_id }) => course_id === subject.course_id)
    const refusals = judge(changePriceRules, { perParticipant: command.perParticipant, affected, contracts: contracts.length })
    if (refusals.length > 0) return { refusals, changes: [] }

    const price = new Decimal(command.perParticipant.trim()).toDecimalPlaces(2).toFixed(2)
    const changed: (Month & { from: string; to: string })[] = []
    for (const each of contracts) {
      const before = await reprice(trx, command, each, price)
      if (before === undefined) continue
      const changes = { per_participant: [before, price] }
      await logFinancialChange(trx, command, 'Change price per participant', { contract_id: each.id, statement_id: each.statement_id, changes })
      const statement = affected.find(({ id }) => id === each.statement_id)
      if (statement) changed.push({ year: statement.year, month: statement.month, from: before, to: price })
    }
    return { refusals, changes: changed }
  })
}

export const changePriceRules: Rules<ChangePriceFacts> = [
  refuse('amount_missing', ({ perParticipant }) => perParticipant.trim() === '', 'per_participant', 'Give the amount per participant.'),
  refuse(
    'amount_malformed',
    ({ perParticipant }) => perParticipant.trim() !== '' && !/^-?\d{1,12}(\.\d{1,10})?$/.test(perParticipant.trim()),
    'per_participant',
    'Give the amount in numbers only, such as 812.50: no commas, no pound sign.',
  ),
  [
    refuse(
      'amount_not_positive',
      ({ perParticipant }) => new Decimal(perParticipant.trim()).toDecimalPlaces(2).lessThanOrEqualTo(0),
      'per_participant',
      'The amount must be above zero.',
    ),
  ],
  refuse(
    'statement_paid',
    ({ affected }) => affected.some(({ state }) => state === 'paid'),
    'contract',
    'A month that the change would touch is paid already, so the price cannot change.',
  ),
  refuse(
    'statement_payable',
    ({ affected }) => affected.some(({ state }) => state === 'payable'),
    'contract',
    ({ affected }) => `The price cannot change while ${names(affected)} is payable. Nothing was changed.`,
  ),
  [refuse('contract_unknown', ({ contracts }) => contracts === 0, 'contract', 'No month from this one on has a contract for the course.')],
]

function names(affected: ChangePriceFacts['affected']): string {
  return affected
    .filter(({ state }) => state === 'payable')
    .map(statementName)
    .join(', ')
}
