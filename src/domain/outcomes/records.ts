import type { ExpressionBuilder, InferResult } from 'kysely'
import type { InstantText } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { anyOf, prepared } from '../../db/prepared.ts'
import { plannedForItsValues } from '../../db/preparing-client.ts'
import type { RowOf, Tables } from '../../db/schema.ts'
import { type Page, rowsOf } from '../page.ts'

export type Outcome = RowOf<'outcomes'>

/** The newest outcome of each of a query's declarations. */
export function newestOutcome(eb: ExpressionBuilder<Tables, 'declarations'>) {
  return eb.selectFrom('outcomes').whereRef('outcomes.declaration_id', '=', 'declarations.id').orderBy('outcomes.id', 'desc').limit(1)
}

/** The newest outcome of one declaration. */
export function findNewestOutcome(db: Database, declarationId: number): Promise<Outcome | undefined> {
  return db
    .selectFrom('declarations')
    .innerJoinLateral(
      (eb) => newestOutcome(eb).selectAll('outcomes').as('newest'),
      (join) => join.onTrue(),
    )
    .selectAll('newest')
    .where('declarations.id', '=', declarationId)
    .executeTakeFirst()
}

/** All outcomes of a declaration. */
export function outcomesOf(db: Database, declarationId: number): Promise<Outcome[]> {
  return db.selectFrom('outcomes').selectAll().where('declaration_id', '=', declarationId).execute()
}

export type OutcomeFilter = {
  /** of the outcomes' declarations */
  providerId: number
  createdSince?: Temporal.Instant | undefined
  /** public id */
  participantId?: string
}

/** One page of the outcomes of a provider's declarations, oldest first: its keys from an index alone, then their rows. */
export async function listOutcomes(db: Database, { providerId, createdSince, participantId }: OutcomeFilter, page: Page): Promise<OutcomeView[]> {
  let query = db.selectFrom('outcomes').select('outcomes.id').where('outcomes.lead_provider_id', '=', providerId)
  if (createdSince) query = query.where('outcomes.created_at', '>=', createdSince)
  if (participantId !== undefined) {
    query = query.where('outcomes.declaration_id', 'in', (eb) =>
      eb
        .selectFrom('declarations')
        .innerJoin('applications', 'applications.id', 'declarations.application_id')
        .innerJoin('users', 'users.id', 'applications.user_id')
        .select('declarations.id')
        .where('users.public_id', '=', participantId),
    )
  }
  const inOrder = query.orderBy('outcomes.created_at').orderBy('outcomes.id').limit(page.limit).offset(page.offset)
  return rowsOf(await inOrder.modifyEnd(plannedForItsValues).execute(), (ids) => outcomesByIds(db, { ids }))
}

/** An outcome by its internal id. */
export async function readOutcome(db: Database, id: number): Promise<OutcomeView> {
  const [outcome] = await outcomesByIds(db, { ids: [id] })
  if (outcome === undefined) throw new Error(`There is no outcome ${id}.`)
  return outcome
}

const outcomesByIds = prepared((db, { ids }: { ids: number[] }) => outcomesView(db).where('outcomes.id', '=', anyOf(ids)))

/** An outcome as it is read: its own columns with those of what it belongs to. */
export type OutcomeView = InferResult<ReturnType<typeof outcomesView>>[number]
function outcomesView(db: Database) {
  return db
    .selectFrom('outcomes')
    .innerJoin('declarations', 'declarations.id', 'outcomes.declaration_id')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .select((eb) => [
      'outcomes.id',
      'outcomes.public_id',
      'outcomes.state',
      'outcomes.completion_date',
      eb.cast<InstantText>('outcomes.created_at', 'text').as('created_at'),
      eb.cast<InstantText>('outcomes.updated_at', 'text').as('updated_at'),
      'courses.identifier as course_identifier',
      // of the person who holds the application now
      'users.public_id as participant_id',
    ])
}

export type Qualification = { completion_date: Temporal.PlainDate; short_code: string }

/** Passes that are the newest outcome of their declaration, of everyone whose verified TRN it is. */
export function passesOf(db: Database, trn: string): Promise<Qualification[]> {
  return db
    .selectFrom('users')
    .innerJoin('applications', 'applications.user_id', 'users.id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .innerJoin('declarations', 'declarations.application_id', 'applications.id')
    .innerJoinLateral(
      (eb) => newestOutcome(eb).select(['outcomes.state', 'outcomes.completion_date']).as('newest'),
      (join) => join.onTrue(),
    )
    .select(['newest.completion_date', 'courses.short_code'])
    .where('users.trn', '=', trn)
    .where('users.trn_verified', '=', true)
    .where('newest.state', '=', 'passed')
    .where('courses.short_code', 'is not', null)
    .$narrowType<{ short_code: string }>()
    .execute()
}

/** Passes of a TRN in the register before. */
export function legacyPassesOf(db: Database, trn: string): Promise<Qualification[]> {
  return db.selectFrom('legacy_passed_outcomes').select(['completion_date', 'course_short_code as short_code']).where('trn', '=', trn).execute()
}

/** Locks the passes of a TRN in the register before. */
export function lockLegacyPasses(trx: Transacting, trn: string): Promise<RowOf<'legacy_passed_outcomes'>[]> {
  return trx.selectFrom('legacy_passed_outcomes').selectAll().where('trn', '=', trn).orderBy('id').forUpdate().execute()
}
