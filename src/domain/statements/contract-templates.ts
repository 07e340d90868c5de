import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { NewRowOf, RowOf } from '../../db/schema.ts'
import { Decimal } from '../finance/money.ts'
import { type Act, change, create } from '../history.ts'
import { referenceFacts } from '../reference/load.ts'
import type { ContractRow } from './statement-rows.ts'

/** The nine terms that make a template what it is; decimals as text. */
export type TemplateTerms = Required<Pick<NewRowOf<'contract_templates'>, (typeof termNames)[number]>>

const termNames = [
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
async function templateWith(trx: Transacting, act: Act, terms: TemplateTerms): Promise<number> {
  let equal = trx.selectFrom('contract_templates').select('id')
  for (const name of termNames) equal = equal.where(name, 'is not distinct from', sql<never>`${terms[name]}`)
  const found = await equal.orderBy('id').limit(1).executeTakeFirst()
  return found?.id ?? (await create(trx, act, 'contract_templates', terms)).id
}

/** Each course by its identifier, with the terms that its group fixes (05 section 6.1). */
export async function coursesWithTerms(trx: Transacting) {
  const { courses, groups } = await referenceFacts()
  const ids = await trx.selectFrom('courses').select(['id', 'identifier']).execute()
  const fixed = courses.flatMap(({ identifier, course_group }) => {
    const id = ids.find((course) => course.identifier === identifier)?.id
    const terms = groups.find(({ name }) => name === course_group)?.contract_defaults
    return id !== undefined && terms ? [[identifier as string, { id, terms }] as const] : []
  })
  return new Map(fixed)
}
export type CourseWithTerms = { id: number; terms: Awaited<ReturnType<typeof referenceFacts>>['groups'][number]['contract_defaults'] }

/** The template of a course with the terms that were typed and those that its group fixes. */
export function templateOf(
  trx: Transacting,
  act: Act,
  { terms }: CourseWithTerms,
  typed: Omit<ContractRow, 'lead_provider_name' | 'course_identifier'>,
) {
  return templateWith(trx, act, {
    ...terms,
    recruitment_target: typed.recruitment_target,
    per_participant: typed.per_participant,
    service_fee_installments: typed.service_fee_installments,
    special_course: typed.special_course,
    monthly_service_fee: typed.monthly_service_fee,
    targeted_delivery_funding_per_participant: '100',
  })
}

/** Gives a contract another price and all its other terms; returns the price before, undefined where it is the same. */
export async function reprice(trx: Transacting, act: Act, contract: RowOf<'contracts'>, price: string): Promise<string | undefined> {
  const terms = await trx.selectFrom('contract_templates').select(termNames).where('id', '=', contract.contract_template_id).executeTakeFirstOrThrow()
  if (new Decimal(terms.per_participant).equals(price)) return undefined
  const template = await templateWith(trx, act, { ...(terms as TemplateTerms), per_participant: price })
  await change(trx, act, 'contracts', contract, { contract_template_id: template })
  return terms.per_participant
}
