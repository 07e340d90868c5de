import type { Database } from '../../src/db/connect.ts'
import type { CourseIdentifier } from '../../src/words.ts'
import * as make from './make.ts'

/** A contract for a course on a statement of the provider in the cohort. */
export async function contract(db: Database, of: { cohort: string; course?: CourseIdentifier; provider?: string }): Promise<void> {
  const found = { lead_provider_id: (await make.provider(db, of.provider)).id, cohort_id: (await make.cohortNamed(db, of.cohort)).id }
  const statement = await make.insert(db, 'statements', { ...found, year: 2030, month: 1 })
  const template = await make.insert(db, 'contract_templates', {
    recruitment_target: 10,
    per_participant: '800',
    number_of_payment_periods: 3,
    service_fee_installments: 10,
  })
  await make.insert(db, 'contracts', {
    statement_id: statement.id,
    course_id: (await make.course(db, of.course)).id,
    contract_template_id: template.id,
  })
}
