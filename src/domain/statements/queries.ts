import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { StatementView } from './statement.ts'

export type StatementFilter = {
  providerId: number
  /** start years; an empty list matches nothing */
  cohorts?: number[] | undefined
  updatedSince?: Temporal.Instant | undefined
}

/** One page of a provider's payment runs, by payment date, those without one last. */
export function listStatements(db: Database, filter: StatementFilter, page: { limit: number; offset: number }): Promise<StatementView[]> {
  return visible(db, filter)
    .orderBy('statements.payment_date', (order) => order.asc().nullsLast())
    .orderBy('statements.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

/** One of a provider's payment runs; undefined where it is none of them or does not match the filter. */
export function findStatement(db: Database, filter: StatementFilter, publicId: string): Promise<StatementView | undefined> {
  return visible(db, filter).where('statements.public_id', '=', publicId).executeTakeFirst()
}

function visible(db: Database, { providerId, cohorts, updatedSince }: StatementFilter) {
  let query = db
    .selectFrom('statements')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select([
      'statements.public_id',
      'statements.year',
      'statements.month',
      'statements.deadline_date',
      'statements.payment_date',
      'statements.state',
      'statements.created_at',
      'statements.updated_at',
      'cohorts.start_year as cohort_start_year',
    ])
    .where('statements.lead_provider_id', '=', providerId)
    .where('statements.output_fee', '=', true)
  if (cohorts) query = query.where('cohorts.start_year', '=', sql<number>`any(${cohorts}::integer[])`)
  if (updatedSince) query = query.where('statements.updated_at', '>=', updatedSince)
  return query
}
