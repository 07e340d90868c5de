import type { Database } from '../../db/connect.ts'
import type { StatementState } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import { findProvider } from '../reference/providers.ts'
import { paymentHistory } from './payment-history.ts'

export type StatementChoice = { provider?: string; cohort?: string; state?: StatementState }

/** Statements of every provider as operators see them, by payment date; at most `limit`. */
export async function chooseStatements(db: Database, choice: StatementChoice, limit: number) {
  let query = described(db)
  if (choice.provider) query = query.where('statements.lead_provider_id', '=', (await findProvider(db, choice.provider)).id)
  if (choice.cohort) query = query.where('cohorts.identifier', '=', choice.cohort)
  if (choice.state) query = query.where('statements.state', '=', choice.state)
  return query.orderBy('statements.payment_date').orderBy('statements.id').limit(limit).execute()
}

/** One statement by its public id, with its adjustments and who had it paid; throws where there is none. */
export async function describeStatement(db: Database, publicId: string) {
  const statement = isUuid(publicId) && (await described(db).where('statements.public_id', '=', publicId).executeTakeFirst())
  if (!statement) throw new Error(`There is no statement ${publicId}: give the ID that npq statement list shows.`)
  const adjustments = await db
    .selectFrom('adjustments')
    .select(['id', 'description', 'amount'])
    .where('statement_id', '=', statement.id)
    .orderBy('id')
    .execute()
  return { ...statement, adjustments, ...(await paymentHistory(db, statement)) }
}

function described(db: Database) {
  return db
    .selectFrom('statements')
    .innerJoin('lead_providers', 'lead_providers.id', 'statements.lead_provider_id')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select([
      'statements.id',
      'statements.public_id',
      'statements.year',
      'statements.month',
      'statements.state',
      'statements.output_fee',
      'statements.deadline_date',
      'statements.payment_date',
      'statements.marked_as_paid_at',
      'lead_providers.name as provider',
      'cohorts.identifier as cohort',
      'cohorts.start_year',
    ])
}
