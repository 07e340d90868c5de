import { type InferResult, sql } from 'kysely'
import { type InstantText, utcDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import type { StatementState } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import type { Page } from '../page.ts'
import type { Month, Statement } from './statement.ts'

/** A statement as it is read, whoever reads it. */
export type StatementView = InferResult<ReturnType<typeof viewedStatements>>[number]

function viewedStatements(db: Database) {
  return db
    .selectFrom('statements')
    .innerJoin('lead_providers', 'lead_providers.id', 'statements.lead_provider_id')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select((eb) => [
      'statements.id',
      'statements.public_id',
      'statements.year',
      'statements.month',
      'statements.state',
      'statements.output_fee',
      'statements.deadline_date',
      'statements.payment_date',
      'statements.marked_as_paid_at',
      eb.cast<InstantText>('statements.created_at', 'text').as('created_at'),
      eb.cast<InstantText>('statements.updated_at', 'text').as('updated_at'),
      'lead_providers.name as provider',
      'cohorts.identifier as cohort',
      'cohorts.start_year',
    ])
}

export type StatementFilter = {
  providerId: number
  /** start years; an empty list matches nothing */
  cohorts?: number[] | undefined
  updatedSince?: Temporal.Instant | undefined
}

/** One page of a provider's payment runs, by payment date, those without one last. */
export function listStatements(db: Database, filter: StatementFilter, page: Page): Promise<StatementView[]> {
  return paymentRunsOf(db, filter)
    .orderBy('statements.payment_date', (order) => order.asc().nullsLast())
    .orderBy('statements.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

/** One of a provider's payment runs; undefined where it is none of them or does not match the filter. */
export function findStatement(db: Database, filter: StatementFilter, publicId: string): Promise<StatementView | undefined> {
  return paymentRunsOf(db, filter).where('statements.public_id', '=', publicId).executeTakeFirst()
}

function paymentRunsOf(db: Database, { providerId, cohorts, updatedSince }: StatementFilter) {
  let query = viewedStatements(db).where('statements.lead_provider_id', '=', providerId).where('statements.output_fee', '=', true)
  if (cohorts) query = query.where('cohorts.start_year', '=', sql<number>`any(${cohorts}::integer[])`)
  if (updatedSince) query = query.where('statements.updated_at', '>=', updatedSince)
  return query
}

/** What statements are chosen by; every one where nothing is given. */
export type StatementChoice = {
  providerId?: number | undefined
  cohortId?: number | undefined
  state?: StatementState | undefined
  month?: Month | undefined
  outputFee?: boolean | undefined
}

/** Statements of every provider as operators see them, by payment date; at most `limit`. */
export function chooseStatements(db: Database, choice: StatementChoice, limit: number): Promise<StatementView[]> {
  return chosen(db, choice).orderBy('statements.payment_date').orderBy('statements.id').limit(limit).execute()
}

/** How many statements there would be if one part of the choice were left out. */
export async function countWithout(db: Database, choice: StatementChoice, part: keyof StatementChoice): Promise<number> {
  const { count } = await chosen(db, { ...choice, [part]: undefined })
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function chosen(db: Database, { providerId, cohortId, state, month, outputFee }: StatementChoice) {
  let query = viewedStatements(db)
  if (providerId !== undefined) query = query.where('statements.lead_provider_id', '=', providerId)
  if (cohortId !== undefined) query = query.where('statements.cohort_id', '=', cohortId)
  if (state !== undefined) query = query.where('statements.state', '=', state)
  if (month !== undefined) query = query.where('statements.year', '=', month.year).where('statements.month', '=', month.month)
  if (outputFee !== undefined) query = query.where('statements.output_fee', '=', outputFee)
  return query
}

/** A statement with its adjustments and who had it paid. */
export type StatementDescription = StatementView & PaymentHistory & { adjustments: Awaited<ReturnType<typeof adjustmentsOf>> }

/** One statement by its public id. */
export async function describeStatement(db: Database, publicId: string): Promise<Answer<StatementDescription>> {
  const statement = isUuid(publicId) && (await viewedStatements(db).where('statements.public_id', '=', publicId).executeTakeFirst())
  if (!statement) return refusal('statement_unknown', 'statement', `There is no statement ${publicId}: give the ID that npq statement list shows.`)
  return answer({ ...statement, adjustments: await adjustmentsOf(db, statement.id), ...(await paymentHistory(db, statement)) })
}

function adjustmentsOf(db: Database, statementId: number) {
  return db.selectFrom('adjustments').select(['id', 'description', 'amount']).where('statement_id', '=', statementId).orderBy('id').execute()
}

export function findAdjustment(db: Database, id: number) {
  return db.selectFrom('adjustments').selectAll().where('id', '=', id).executeTakeFirst()
}

/** When something was done, and by whom; null where the history does not know, as of what was imported. */
export type Done = { at: Temporal.Instant; by: string | null }
/** Who authorised the payment of a statement, and who paid it; null where nobody did. */
type PaymentHistory = { authorised: Done | null; paid: Done | null }

async function paymentHistory(
  db: Database,
  { id, state, marked_as_paid_at }: Pick<Statement, 'id' | 'state' | 'marked_as_paid_at'>,
): Promise<PaymentHistory> {
  const newest = (column: 'marked_as_paid_at' | 'state') =>
    db
      .selectFrom('versions')
      .select(['created_at as at', 'whodunnit as by'])
      .where('item_type', '=', 'Statement')
      .where('item_id', '=', id)
      .where(sql<boolean>`object_changes ? ${column}`)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  const authorised = marked_as_paid_at && { at: marked_as_paid_at, by: (await newest('marked_as_paid_at'))?.by ?? null }
  return { authorised, paid: state === 'paid' ? ((await newest('state')) ?? null) : null }
}

/** The open statements whose deadline day has ended, however long ago. */
export async function statementsPastDeadline(db: Database, now: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('statements')
    .select('id')
    .where('state', '=', 'open')
    .where('deadline_date', '<', utcDate(now))
    .orderBy('deadline_date')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** A provider's statements that are not paid yet and whose deadline day has ended on a day. */
export function unpaidStatements(db: Database, providerId: number, on: Temporal.PlainDate) {
  return db
    .selectFrom('statements')
    .select(['id', 'public_id', 'state', 'output_fee', 'deadline_date', 'payment_date'])
    .where('lead_provider_id', '=', providerId)
    .where('state', '<>', 'paid')
    .where('deadline_date', '<', on)
    .orderBy('deadline_date')
    .orderBy('id')
    .execute()
}

/** The last day on which a provider is paid; null where it has no payment run. */
export async function lastPaymentDate(db: Database, providerId: number): Promise<Temporal.PlainDate | null> {
  const { last } = await db
    .selectFrom('statements')
    .select((eb) => eb.fn.max('payment_date').as('last'))
    .where('lead_provider_id', '=', providerId)
    .where('output_fee', '=', true)
    .executeTakeFirstOrThrow()
  return last
}

/** A payment run whose deadline comes soon. */
export type DueStatement = Month & { deadline_date: Temporal.PlainDate; cohort: string }

/** The payment runs of every provider with a deadline in this month or the next. */
export async function dueStatements(db: Database, today: Temporal.PlainDate): Promise<DueStatement[]> {
  const rows = await db
    .selectFrom('statements')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .select(['statements.deadline_date', 'statements.year', 'statements.month', 'cohorts.identifier as cohort'])
    .distinct()
    .where('statements.output_fee', '=', true)
    .where('statements.deadline_date', '>=', today.with({ day: 1 }))
    .where('statements.deadline_date', '<', today.with({ day: 1 }).add({ months: 2 }))
    .execute()
  return rows.flatMap(({ deadline_date, ...row }) => (deadline_date ? [{ ...row, deadline_date }] : []))
}

/** The ids of a cohort's statements of a month, by provider; of some providers alone where they are given. */
export async function statementsOfMonth(
  db: Database,
  cohort: { id: number },
  { year, month }: Month,
  providerIds?: readonly number[],
): Promise<number[]> {
  let query = db.selectFrom('statements').select('id').where('cohort_id', '=', cohort.id).where('year', '=', year).where('month', '=', month)
  if (providerIds) query = query.where('lead_provider_id', 'in', providerIds)
  return (await query.orderBy('lead_provider_id').execute()).map(({ id }) => id)
}

/** The months in which any of these providers has a statement of a cohort. */
export function monthsOf(db: Database, cohort: { id: number }, providers: readonly string[]): Promise<Month[]> {
  return db
    .selectFrom('statements')
    .innerJoin('lead_providers', 'lead_providers.id', 'statements.lead_provider_id')
    .select(['statements.year', 'statements.month'])
    .where('statements.cohort_id', '=', cohort.id)
    .where('lead_providers.name', '=', sql<string>`any(${providers}::text[])`)
    .execute()
}
