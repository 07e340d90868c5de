import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { NewRowOf, RowOf } from '../../db/schema.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import type { Cohort } from '../cohorts/records.ts'
import { Decimal } from '../finance/money.ts'
import { type Act, change, create } from '../history.ts'
import type { Locked } from '../locked.ts'
import type { Provider } from '../reference/providers.ts'
import { idsOf } from './items.ts'
import type { LockedStatement } from './lock.ts'
import type { ContractRow } from './statement-rows.ts'

export type Contract = RowOf<'contracts'>
/** A contract of a statement that is held: its price and terms stay as they are until the transaction ends. */
export type LockedContract = Locked<Contract, 'contract'>

/** What a contract is for: a course, of a provider in a cohort. */
export type ContractSubject = Pick<Contract, 'course_id'> & Pick<RowOf<'statements'>, 'lead_provider_id' | 'cohort_id'>

export function findContractSubject(db: Database, contractId: number): Promise<ContractSubject | undefined> {
  return db
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .select(['contracts.course_id', 'statements.lead_provider_id', 'statements.cohort_id'])
    .where('contracts.id', '=', contractId)
    .executeTakeFirst()
}

/** Whether any statement of the provider in the cohort has a contract for the course. */
export async function isContracted(db: Database, wanted: { providerId: number; cohortId: number; courseId: number }): Promise<boolean> {
  const contract = await db
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .select('contracts.id')
    .where('statements.lead_provider_id', '=', wanted.providerId)
    .where('statements.cohort_id', '=', wanted.cohortId)
    .where('contracts.course_id', '=', wanted.courseId)
    .limit(1)
    .executeTakeFirst()
  return contract !== undefined
}

/** A contract of a provider for a course in a cohort, of whichever month. */
export async function findContract(db: Database, provider: Provider, cohort: Cohort, course: string): Promise<Answer<{ id: number }>> {
  const contract = await db
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .innerJoin('courses', 'courses.id', 'contracts.course_id')
    .select('contracts.id')
    .where('statements.lead_provider_id', '=', provider.id)
    .where('statements.cohort_id', '=', cohort.id)
    .where((eb) => eb(eb.cast<string>('courses.identifier', 'text'), '=', course))
    .executeTakeFirst()
  return contract
    ? answer(contract)
    : refusal('contract_unknown', 'contract', `${provider.name} has no contract for ${course} in ${cohort.identifier}.`)
}

/** The contracts of locked statements, each with the state of its statement, the provider and the course. */
export async function contractsOf(trx: Transacting, statements: readonly LockedStatement[]) {
  const rows = await trx
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .innerJoin('lead_providers', 'lead_providers.id', 'statements.lead_provider_id')
    .innerJoin('courses', 'courses.id', 'contracts.course_id')
    .selectAll('contracts')
    .select(['statements.state', 'lead_providers.name as provider', 'courses.identifier as course'])
    .where('contracts.statement_id', '=', sql<number>`any(${idsOf(statements)}::bigint[])`)
    .orderBy('contracts.id')
    .execute()
  return rows.map(({ state, provider, course, ...contract }) => ({ contract: contract as LockedContract, state, provider, course }))
}

/** The contracts of a cohort as its latest payment runs up to the month of `today` have them, by provider and course (05 section 13.2). */
export async function contractsInForce(db: Database, cohortId: number, today: Temporal.PlainDate): Promise<ContractInForce[]> {
  const { rows } = await sql<ContractInForce>`
    select lead_provider_name, course_identifier, recruitment_target, per_participant, service_fee_installments, special_course, monthly_service_fee
    from (
      select distinct on (statements.lead_provider_id, contracts.course_id)
        lead_providers.name as lead_provider_name, courses.identifier as course_identifier, contract_templates.*
      from statements
      join contracts on contracts.statement_id = statements.id
      join contract_templates on contract_templates.id = contracts.contract_template_id
      join courses on courses.id = contracts.course_id
      join lead_providers on lead_providers.id = statements.lead_provider_id
      where statements.cohort_id = ${cohortId} and statements.output_fee
        and (statements.year, statements.month) <= (${today.year}::integer, ${today.month}::integer)
      order by statements.lead_provider_id, contracts.course_id, statements.year desc, statements.month desc) in_force
    order by lead_provider_name, course_identifier`.execute(db)
  return rows
}

/** As a contracts file has it; a monthly service fee of null is computed. */
export type ContractInForce = Omit<ContractRow, 'monthly_service_fee'> & { monthly_service_fee: string | null }

/** Each course by its identifier, with the terms that its group fixes (05 section 6.1). */
export async function coursesWithTerms(db: Database): Promise<Map<string, CourseWithTerms>> {
  const courses = await db
    .selectFrom('courses')
    .innerJoin('course_groups', 'course_groups.id', 'courses.course_group_id')
    .select(['courses.id', 'courses.identifier', 'course_groups.contract_defaults as terms'])
    .execute()
  return new Map(courses.flatMap(({ id, identifier, terms }) => (terms ? [[identifier, { id, terms }]] : [])))
}
export type CourseWithTerms = { id: number; terms: NonNullable<RowOf<'course_groups'>['contract_defaults']> }

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
export async function reprice(trx: Transacting, act: Act, contract: LockedContract, price: string): Promise<string | undefined> {
  const terms = await trx.selectFrom('contract_templates').select(termNames).where('id', '=', contract.contract_template_id).executeTakeFirstOrThrow()
  if (new Decimal(terms.per_participant).equals(price)) return undefined
  const template = await templateWith(trx, act, { ...(terms as TemplateTerms), per_participant: price })
  await change(trx, act, 'contracts', contract, { contract_template_id: template })
  return terms.per_participant
}

/** The nine terms that make a template what it is; decimals as text. */
type TemplateTerms = Required<Pick<NewRowOf<'contract_templates'>, (typeof termNames)[number]>>

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
