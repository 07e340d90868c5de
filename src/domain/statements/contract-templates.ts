import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { NewRowOf } from '../../db/schema.ts'
import { type Act, create } from '../history.ts'

/** The nine terms that make a template what it is; decimals as text. */
export type TemplateTerms = Required<Pick<NewRowOf<'contract_templates'>, (typeof termNames)[number]>>

export const termNames = [
  'special_course',
  'per_participant',
  'output_payment_percentage',
  'number_of_payment_periods',
  'service_fee_percentage',
  'service_fee_installments',
  'recruitment_target',
  'monthly_service_fee',
  'targeted_delivery_funding_per_participant',
] as const

/** The id of a template with exactly these terms: one that exists, or a new one. Templates in use are never edited. */
export async function templateWith(trx: Transacting, act: Act, terms: TemplateTerms): Promise<number> {
  let equal = trx.selectFrom('contract_templates').select('id')
  for (const name of termNames) equal = equal.where(name, 'is not distinct from', sql<never>`${terms[name]}`)
  const found = await equal.orderBy('id').limit(1).executeTakeFirst()
  return found?.id ?? (await create(trx, act, 'contract_templates', terms)).id
}
