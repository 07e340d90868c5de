import type { Database } from '../../db/connect.ts'
import type { StatementState } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import { findCohort } from '../reference/cohorts.ts'
import { findProvider } from '../reference/providers.ts'
import { paymentHistory } from './payment-history.ts'
import type { Month } from './statement.ts'

/** What statements are chosen by; every one where nothing is given. */
export type StatementChoice = {
  provider?: string | undefined
  cohort?: string | undefined
  state?: StatementState | undefined
  month?: Month | undefined
  outputFee?: boolean | undefined
}

/** Statements of every provider as operators see them, by payment date; at most `limit`. Throws where there is no such provider or cohort. */
export async function chooseStatements(db: Database, choice: StatementChoice, limit: number) {
  return (await chosen(db, choice)).orderBy('statements.payment_date').orderBy('statements.id').limit(limit).execute()
}

/** How many statements there would be if one part of the choice were left out. */
export async function countWithout(db: Database, choice: StatementChoice, part: keyof StatementChoice): Promise<number> {
  const query = await chosen(db, { ...choice, [part]: undefined })
  const { count } = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function chosen(db: Database, { provider, cohort, state, month, outputFee }: StatementChoice) {
  let query = described(db)
  if (provider !== undefined) query = query.where('statements.lead_provider_id', '=', (await findProvider(db, provider)).id)
  if (cohort !== undefined) query = query.where('statements.cohort_id', '=', (await findCohort(db, cohort)).id)
  if (state !== undefined) query = query.where('statements.state', '=', state)
  if (month !== undefined) query = query.where('statements.year', '=', month.year).where('statements.month', '=', month.month)
  if (outputFee !== undefined) query = query.where('statements.output_fee', '=', outputFee)
  return query
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
