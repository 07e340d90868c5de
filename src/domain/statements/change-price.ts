import { londonDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { Decimal } from '../finance/money.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rule, refuse, thenRefuse, type Verdict } from '../rules.ts'
import { type TemplateTerms, templateWith, termNames } from './contract-templates.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { type Statement, statementName } from './statement.ts'

/** `perParticipant` as it was typed. */
export type ChangePrice = Act & { contractId: number; perParticipant: string }

export type Facts = { perParticipant: string; affected: Pick<Statement, 'state' | 'year' | 'month'>[] }

/**
 * Changes what a provider is paid per participant of a course in a cohort, from the current month on. Refused whole where a month
 * that it would touch is payable or paid (05 section 11.4; 00 decision 12).
 */
export async function changePrice(db: Database, command: ChangePrice): Promise<Verdict> {
  return db.transaction().execute(async (trx) => {
    const contract = await trx
      .selectFrom('contracts')
      .innerJoin('statements', 'statements.id', 'contracts.statement_id')
      .select(['contracts.course_id', 'statements.lead_provider_id', 'statements.cohort_id'])
      .where('contracts.id', '=', command.contractId)
      .executeTakeFirst()
    if (!contract) return { refusals: [{ title: 'contract', detail: 'There is no such contract.' }] }
    const affected = await lockFrom(trx, contract, londonDate(command.now))
    const refusals = judge(rules, { perParticipant: command.perParticipant, affected })
    if (refusals.length > 0) return { refusals }

    const price = new Decimal(command.perParticipant.trim()).toDecimalPlaces(2).toFixed(2)
    for (const statement of affected) await reprice(trx, command, statement.id, contract.course_id, price)
    await logFinancialChange(trx, command, 'Change price per participant', { contract_id: command.contractId, per_participant: price })
    return done
  })
}

export const rules: Rule<Facts>[] = [
  refuse(({ perParticipant }) => perParticipant.trim() === '', 'per_participant', 'Give the amount per participant.'),
  refuse(
    ({ perParticipant }) => perParticipant.trim() !== '' && !/^-?\d{1,12}(\.\d{1,10})?$/.test(perParticipant.trim()),
    'per_participant',
    'Give the amount in numbers only, such as 812.50: no commas, no pound sign.',
  ),
  thenRefuse(
    ({ perParticipant }) => new Decimal(perParticipant.trim()).toDecimalPlaces(2).lessThanOrEqualTo(0),
    'per_participant',
    'The amount must be above zero.',
  ),
  refuse(
    ({ affected }) => affected.some(({ state }) => state === 'paid'),
    'contract',
    'A month that the change would touch is paid already, so the price cannot change.',
  ),
  refuse(
    ({ affected }) => affected.some(({ state }) => state === 'payable'),
    'contract',
    ({ affected }) => `The price cannot change while ${names(affected)} is payable. Nothing was changed.`,
  ),
]

function names(affected: Facts['affected']): string {
  return affected
    .filter(({ state }) => state === 'payable')
    .map(statementName)
    .join(', ')
}

function lockFrom(trx: Transacting, { lead_provider_id, cohort_id }: { lead_provider_id: number; cohort_id: number }, today: Temporal.PlainDate) {
  return trx
    .selectFrom('statements')
    .selectAll()
    .where('lead_provider_id', '=', lead_provider_id)
    .where('cohort_id', '=', cohort_id)
    .where((eb) => eb.or([eb('year', '>', today.year), eb.and([eb('year', '=', today.year), eb('month', '>=', today.month)])]))
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** A month without a contract for the course is passed over. */
async function reprice(trx: Transacting, command: ChangePrice, statementId: number, courseId: number, price: string) {
  const contract = await trx
    .selectFrom('contracts')
    .selectAll()
    .where('statement_id', '=', statementId)
    .where('course_id', '=', courseId)
    .executeTakeFirst()
  if (!contract) return
  const terms = await trx.selectFrom('contract_templates').select(termNames).where('id', '=', contract.contract_template_id).executeTakeFirstOrThrow()
  const template = await templateWith(trx, command, { ...(terms as TemplateTerms), per_participant: price })
  await change(trx, command, 'contracts', contract, { contract_template_id: template })
}
