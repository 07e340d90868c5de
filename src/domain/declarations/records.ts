import { type Expression, type ExpressionBuilder, type InferResult, type SqlBool, sql } from 'kysely'
import type { InstantText } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { anyOf, prepared } from '../../db/prepared.ts'
import { plannedForItsValues } from '../../db/preparing-client.ts'
import type { NewRowOf, RowOf, StatementItemState, Tables } from '../../db/schema.ts'
import type { DeclarationType } from '../../words.ts'
import { type LockedApplication, lockApplication } from '../applications/records.ts'
import { type Act, create } from '../history.ts'
import { newestOutcome } from '../outcomes/records.ts'
import { inBatches, type Page, type Place, rowsOf } from '../page.ts'
import { type LockedPerson, lockPerson } from '../participants/records.ts'
import { billableStates, liveDeclarationStates, outcomeTakingStates, refundStates } from './states.ts'

export type Declaration = RowOf<'declarations'>

/** A declaration that is locked until the transaction ends, as its application and its person are. Only locking makes one. */
export type LockedDeclaration = LockedApplication & Readonly<{ declaration: Declaration; [declarationLock]: true }>
const declarationLock: unique symbol = Symbol('declaration')

/** Locks a declaration for a locked application, by internal id. Undefined where it is not one of this application's. */
export async function lockDeclaration(application: LockedApplication, id: number): Promise<LockedDeclaration | undefined> {
  const declaration = await application.trx
    .selectFrom('declarations')
    .selectAll()
    .where('id', '=', id)
    .where('application_id', '=', application.application.id)
    .forUpdate()
    .executeTakeFirst()
  return declaration && { ...application, declaration, [declarationLock]: true }
}

export type OwnDeclaration = {
  /** the provider that made it */
  providerId: number
  /** public id */
  declarationId: string
}

/** Locks a declaration that a provider made, and before it its person and its application. Undefined where the provider made no such declaration. */
export function lockOwnDeclaration(trx: Transacting, { providerId, declarationId }: OwnDeclaration): Promise<LockedDeclaration | undefined> {
  return lockFound(trx, (eb) => eb.and({ 'declarations.public_id': declarationId, 'declarations.lead_provider_id': providerId }))
}

/** The same for the declaration of an outcome, whoever made it. */
export function lockDeclarationOfOutcome(trx: Transacting, outcomeId: number): Promise<LockedDeclaration | undefined> {
  return lockFound(trx, (eb) => eb('declarations.id', 'in', eb.selectFrom('outcomes').select('declaration_id').where('outcomes.id', '=', outcomeId)))
}

async function lockFound(
  trx: Transacting,
  wanted: (eb: ExpressionBuilder<Tables, 'declarations' | 'applications'>) => Expression<SqlBool>,
): Promise<LockedDeclaration | undefined> {
  for (;;) {
    const seen = await trx
      .selectFrom('declarations')
      .innerJoin('applications', 'applications.id', 'declarations.application_id')
      .select(['declarations.id', 'declarations.application_id', 'applications.user_id'])
      .where(wanted)
      .executeTakeFirst()
    if (!seen) return undefined
    const person = await lockPerson(trx, seen.user_id)
    const application = person && (await lockApplication(person, seen.application_id))
    if (application) return lockDeclaration(application, seen.id)
    // a merge moved the application to another person while we waited: look again
  }
}

/** Adds a declaration for a locked application; what a transaction makes is its own until it ends. */
export async function createDeclaration(application: LockedApplication, act: Act, values: NewRowOf<'declarations'>): Promise<LockedDeclaration> {
  const declaration = await create(application.trx, act, 'declarations', values)
  return { ...application, declaration, [declarationLock]: true }
}

/** Locks a person's newest completed declaration for a course that can take an outcome from a provider, and its application before it. */
export async function lockCompleted(
  person: LockedPerson,
  wanted: {
    providerId: number
    courseIdentifier: string | undefined
    /** also one by another provider, where the application is this one's now */
    onTransferred: boolean
  },
): Promise<LockedDeclaration | undefined> {
  const { trx, user } = person
  const seen = await trx
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .select(['declarations.id', 'declarations.application_id'])
    .where('applications.user_id', '=', user.id)
    .where('courses.identifier', '=', sql<never>`${wanted.courseIdentifier ?? null}`)
    .where('declaration_type', '=', 'completed')
    .where('declarations.state', 'in', outcomeTakingStates)
    .where(({ eb, or }) =>
      or([
        eb('declarations.lead_provider_id', '=', wanted.providerId),
        ...(wanted.onTransferred ? [eb('applications.lead_provider_id', '=', wanted.providerId)] : []),
      ]),
    )
    .orderBy('declarations.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const application = seen && (await lockApplication(person, seen.application_id))
  return application && lockDeclaration(application, seen.id)
}

/** Whether the application has a declaration that holds it where it is. */
export async function hasLiveDeclaration(application: LockedApplication): Promise<boolean> {
  return (await declarationsFor(application).where('state', 'in', liveDeclarationStates).limit(1).executeTakeFirst()) !== undefined
}

/** Whether anything, or this type, was declared for an application: in any state, a voided one included, by any provider. */
export async function hasDeclaration(application: LockedApplication, type?: DeclarationType): Promise<boolean> {
  let query = declarationsFor(application)
  if (type) query = query.where('declaration_type', '=', type)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}

/** The declarations that hold an application where it is. */
export function liveDeclarations(application: LockedApplication): Promise<Pick<Declaration, 'declaration_type' | 'declaration_date'>[]> {
  return declarationsFor(application).where('state', 'in', liveDeclarationStates).execute()
}

function declarationsFor({ trx, application }: LockedApplication) {
  return trx.selectFrom('declarations').select(['declaration_type', 'declaration_date']).where('application_id', '=', application.id)
}

/** The person's live declarations of a type, for any course and by any provider. The lock of the person keeps them: a payment only moves one from one live state to the next. */
export function standingDeclarations({ trx, user }: LockedPerson, type: DeclarationType) {
  return trx
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .select(['declarations.state', 'declarations.lead_provider_id', 'declarations.declaration_date', 'declarations.application_id'])
    .select('applications.course_id')
    .where('applications.user_id', '=', user.id)
    .where('declarations.declaration_type', '=', type)
    .where('declarations.state', 'in', liveDeclarationStates)
    .orderBy('declarations.id')
    .execute()
}

/** The oldest live declaration of a milestone for another record with the same TRN, whichever provider made it (04 section 9.7). */
export async function findOriginal({ trx, user, application }: LockedApplication, type: DeclarationType): Promise<number | undefined> {
  if (!user.trn) return undefined
  const original = await trx
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .select('declarations.id')
    .where('users.trn', '=', user.trn)
    .where('users.id', '<>', user.id)
    .where('applications.course_family', '=', application.course_family)
    .where('declarations.declaration_type', '=', type)
    .where('declarations.state', 'in', liveDeclarationStates)
    .where('declarations.superseded_by_id', 'is', null)
    .orderBy('declarations.id')
    .limit(1)
    .executeTakeFirst()
  return original?.id
}

/** The start year of a declaration's cohort. */
export async function startYearOf({ trx, declaration }: LockedDeclaration): Promise<number> {
  const { start_year } = await trx.selectFrom('cohorts').select('start_year').where('id', '=', declaration.cohort_id).executeTakeFirstOrThrow()
  return start_year
}

export type DeclarationFilter = {
  providerId: number
  /** also those that other providers made for applications that are now with this one (04 section 7.1) */
  withTransferred: boolean
  /** start years of declarations' cohorts; an empty list matches nothing */
  cohorts?: number[] | undefined
  updatedSince?: Temporal.Instant | undefined
  /** public ids; an empty list matches nothing */
  participantIds?: string[] | undefined
  /** what comes after this one, the oldest first */
  after?: Place | undefined
}

/** One page of a provider's declarations, oldest first: its keys from indexes alone, then their rows. */
export async function listDeclarations(db: Database, filter: DeclarationFilter, page: Page): Promise<DeclarationView[]> {
  const inOrder = declarationsOf(db, filter, page).orderBy('created_at').orderBy('id').limit(page.limit).offset(page.offset)
  const keys = await inOrder.modifyEnd(plannedForItsValues).execute()
  return rowsOf(keys, (ids) => declarationsByIds(db, { ...seenBy(filter), ids }))
}

/** Every matching declaration, oldest first, in batches. */
export function eachDeclaration(db: Database, filter: DeclarationFilter, batchSize = 1000): AsyncGenerator<DeclarationView[]> {
  return inBatches(batchSize, (after, page) => listDeclarations(db, { ...filter, after }, page))
}

/** A declaration that the provider may see, by its public id. */
export async function findDeclaration(db: Database, provider: Seeing, publicId: string): Promise<DeclarationView | undefined> {
  const [found] = await declarationByPublicId(db, { ...seenBy(provider), publicId })
  return found
}

/** The provider that made a declaration, whoever it is. */
export async function providerOfDeclaration(db: Database, publicId: string): Promise<number | undefined> {
  const found = await db.selectFrom('declarations').select('lead_provider_id').where('public_id', '=', publicId).executeTakeFirst()
  return found?.lead_provider_id
}

type Keys = ReturnType<typeof declarationKeys>
function declarationKeys(db: Database) {
  return db.selectFrom('declarations').select(['declarations.id', 'declarations.created_at'])
}

/**
 * The keys of what the provider made and, where asked for, of what was transferred to it: as much of each as the page can hold,
 * since the database would sort all of both.
 */
function declarationsOf(db: Database, filter: DeclarationFilter, { limit, offset }: Page): Keys {
  const made = narrowed(db, filter).where('declarations.lead_provider_id', '=', filter.providerId)
  if (!filter.withTransferred) return made
  const transferred = narrowed(db, filter).where('declarations.transferred_to_id', '=', filter.providerId)
  const first = (keys: Keys) =>
    db
      .selectFrom(
        keys
          .orderBy('created_at')
          .orderBy('id')
          .limit(offset + limit)
          .as('first'),
      )
      .select(['first.id', 'first.created_at'])
  return first(made).unionAll(first(transferred)) as unknown as Keys
}

function narrowed(db: Database, { cohorts, updatedSince, participantIds, after }: DeclarationFilter): Keys {
  let query = declarationKeys(db)
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
  if (after) query = query.where(sql<boolean>`(declarations.created_at, declarations.id) > (${after.created_at}::timestamptz, ${after.id})`)
  return query
}

const declarationsByIds = prepared((db, { providerId, transferredTo, ids }: Seen & { ids: number[] }) =>
  declarationsView(db, providerId, transferredTo).where('declarations.id', '=', anyOf(ids)),
)

const declarationByPublicId = prepared((db, { providerId, transferredTo, publicId }: Seen & { publicId: string }) =>
  declarationsView(db, providerId, transferredTo).where('declarations.public_id', '=', publicId),
)

type Seeing = Pick<DeclarationFilter, 'providerId' | 'withTransferred'>
/** the declarations that are seen: by whom they were made, and to whom transferred */
type Seen = { providerId: number; transferredTo: number | null }
function seenBy({ providerId, withTransferred }: Seeing): Seen {
  return { providerId, transferredTo: withTransferred ? providerId : null }
}

/** A declaration as it is read: its own columns with those of what it belongs to. */
export type DeclarationView = InferResult<ReturnType<typeof declarationsView>>[number]
function declarationsView(db: Database, providerId: number, transferredTo: number | null) {
  return db
    .selectFrom('declarations')
    .where(({ eb, or }) => or([eb('declarations.lead_provider_id', '=', providerId), eb('declarations.transferred_to_id', '=', transferredTo)]))
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .innerJoin('lead_providers', 'lead_providers.id', 'declarations.lead_provider_id')
    .leftJoin('delivery_partners', 'delivery_partners.id', 'declarations.delivery_partner_id')
    .leftJoin('delivery_partners as secondary', 'secondary.id', 'declarations.secondary_delivery_partner_id')
    .select((eb) => [
      'declarations.id',
      'declarations.public_id',
      'declarations.lead_provider_id',
      'declarations.declaration_type',
      eb.cast<InstantText>('declarations.declaration_date', 'text').as('declaration_date'),
      'declarations.state',
      'declarations.state_reason',
      eb.cast<InstantText>('declarations.created_at', 'text').as('created_at'),
      eb.cast<InstantText>('declarations.updated_at', 'text').as('updated_at'),
      'applications.public_id as application_id',
      'applications.targeted_delivery_funding_eligibility',
      'users.public_id as participant_id',
      'courses.identifier as course_identifier',
      // the provider that made it
      'lead_providers.name as lead_provider_name',
      'delivery_partners.public_id as delivery_partner_id',
      'delivery_partners.name as delivery_partner_name',
      'secondary.public_id as secondary_delivery_partner_id',
      'secondary.name as secondary_delivery_partner_name',
      newestOutcome(eb).select('outcomes.state').as('outcome_state'),
      // the statement that pays for it, and the one that takes the payment back
      statementOf(eb, billableStates).as('statement_id'),
      statementOf(eb, refundStates).as('clawback_statement_id'),
    ])
}

/** The public id of the statement with the declaration's item in one of these states. */
function statementOf(eb: ExpressionBuilder<Tables, 'declarations'>, states: readonly StatementItemState[]) {
  return eb
    .selectFrom('statement_items')
    .innerJoin('statements', 'statements.id', 'statement_items.statement_id')
    .select('statements.public_id')
    .whereRef('statement_items.declaration_id', '=', 'declarations.id')
    .where('statement_items.state', 'in', states)
    .limit(1)
}
