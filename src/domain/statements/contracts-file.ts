import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { ContractRow } from './statement-rows.ts'

/** As a contracts file has it; a monthly service fee of null is computed. */
export type ContractInForce = Omit<ContractRow, 'monthly_service_fee'> & { monthly_service_fee: string | null }

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
