import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { Tables } from '../../db/schema.ts'
import type { OutcomeState } from '../../words.ts'
import type { DeclarationView } from './declaration.ts'

export type DeclarationFilter = {
  providerId: number
  /** also those that other providers made for applications that are now with this one (04 section 7.1) */
  withTransferred: boolean
  /** start years of declarations' cohorts; an empty list matches nothing */
  cohorts?: number[] | undefined
  updatedSince?: Temporal.Instant | undefined
  /** public ids; an empty list matches nothing */
  participantIds?: string[] | undefined
}
export type Page = { limit: number; offset: number }

/** One page of a provider's declarations, oldest first: its keys from indexes alone, then their rows. */
export function listDeclarations(db: Database, filter: DeclarationFilter, page: Page): Promise<DeclarationView[]> {
  const keys = matching(db, filter).orderBy('created_at').orderBy('id').limit(page.limit).offset(page.offset)
  return viewed(db.selectFrom(keys.as('page')).innerJoin('declarations', 'declarations.id', 'page.id'))
    .orderBy('page.created_at')
    .orderBy('page.id')
    .execute()
}

/** Every matching declaration, oldest first, read in batches so that memory stays bounded whatever their number. */
export async function* eachDeclaration(db: Database, filter: DeclarationFilter, batchSize = 1000): AsyncGenerator<DeclarationView> {
  let last: { created_at: Temporal.Instant; id: number } | undefined
  for (;;) {
    const keys = matching(db, filter, last).orderBy('created_at').orderBy('id').limit(batchSize)
    const rows = await viewed(db.selectFrom(keys.as('page')).innerJoin('declarations', 'declarations.id', 'page.id'))
      .select('declarations.id')
      .orderBy('page.created_at')
      .orderBy('page.id')
      .execute()
    yield* rows
    last = rows.at(-1)
    if (rows.length < batchSize) return
  }
}

/** A declaration that the provider may see, by its public id. */
export function findDeclaration(
  db: Database,
  { providerId, withTransferred }: Pick<DeclarationFilter, 'providerId' | 'withTransferred'>,
  publicId: string,
): Promise<DeclarationView | undefined> {
  return viewed(db.selectFrom('declarations'))
    .where('declarations.public_id', '=', publicId)
    .where((eb) =>
      eb.or([
        eb('declarations.lead_provider_id', '=', providerId),
        ...(withTransferred ? [eb('declarations.transferred_to_id', '=', providerId)] : []),
      ]),
    )
    .executeTakeFirst()
}

type After = { created_at: Temporal.Instant; id: number }

/** The keys of what the provider made and, where asked for, of what was transferred to it: two indexes that the database merges in order. */
function matching(db: Database, filter: DeclarationFilter, after?: After) {
  const made = narrowed(db, filter, after).where('declarations.lead_provider_id', '=', filter.providerId)
  if (!filter.withTransferred) return made
  return made.unionAll(narrowed(db, filter, after).where('declarations.transferred_to_id', '=', filter.providerId))
}

function narrowed(db: Database, { cohorts, updatedSince, participantIds }: DeclarationFilter, after?: After) {
  let query = db.selectFrom('declarations').select(['declarations.id', 'declarations.created_at'])
  if (cohorts) {
    query = query.where('declarations.cohort_id', 'in', (eb) =>
      eb.selectFrom('cohorts').select('cohorts.id').where('start_year', '=', sql<number>`any(${cohorts}::integer[])`),
    )
  }
  if (participantIds) {
    query = query.where('declarations.application_id', 'in', (eb) =>
      eb
        .selectFrom('applications')
        .innerJoin('users', 'users.id', 'applications.user_id')
        .select('applications.id')
        .where('users.public_id', '=', sql<string>`any(${participantIds}::uuid[])`),
    )
  }
  if (updatedSince) query = query.where('declarations.updated_at', '>=', updatedSince)
  if (after)
    query = query.where(sql<boolean>`(declarations.created_at, declarations.id) > (${after.created_at.toString()}::timestamptz, ${after.id})`)
  return query
}

function viewed<T extends Tables, TB extends keyof T, O>(query: SelectQueryBuilder<T, TB | 'declarations', O>) {
  // The joins add only tables whose names no caller uses, so the query is seen as one over all tables.
  return (query as unknown as SelectQueryBuilder<Tables & { page: After }, 'declarations' | 'page', O>)
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .innerJoin('lead_providers', 'lead_providers.id', 'declarations.lead_provider_id')
    .leftJoin('delivery_partners', 'delivery_partners.id', 'declarations.delivery_partner_id')
    .leftJoin('delivery_partners as secondary', 'secondary.id', 'declarations.secondary_delivery_partner_id')
    .select((eb) => [
      'declarations.public_id',
      'declarations.lead_provider_id',
      'declarations.declaration_type',
      'declarations.declaration_date',
      'declarations.state',
      'declarations.state_reason',
      'declarations.created_at',
      'declarations.updated_at',
      'applications.public_id as application_id',
      'applications.targeted_delivery_funding_eligibility',
      'users.public_id as participant_id',
      'courses.identifier as course_identifier',
      'lead_providers.name as lead_provider_name',
      'delivery_partners.public_id as delivery_partner_id',
      'delivery_partners.name as delivery_partner_name',
      'secondary.public_id as secondary_delivery_partner_id',
      'secondary.name as secondary_delivery_partner_name',
      newestOutcome.as('outcome_state'),
      statementOf(eb, ['eligible', 'payable', 'paid']).as('statement_id'),
      statementOf(eb, ['awaiting_clawback', 'clawed_back']).as('clawback_statement_id'),
    ])
}

const newestOutcome = sql<OutcomeState | null>`(
  select outcomes.state from outcomes where outcomes.declaration_id = declarations.id
  order by outcomes.id desc limit 1)`

/** The public id of the statement with the declaration's item in one of these states. */
function statementOf(eb: ExpressionBuilder<Tables, 'declarations'>, states: Tables['statement_items']['state']['__select__'][]) {
  return eb
    .selectFrom('statement_items')
    .innerJoin('statements', 'statements.id', 'statement_items.statement_id')
    .select('statements.public_id')
    .whereRef('statement_items.declaration_id', '=', 'declarations.id')
    .where('statement_items.state', 'in', states)
    .limit(1)
}
