import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import type { OutcomeView } from './outcome.ts'

export type OutcomeFilter = {
  /** of the outcomes' declarations */
  providerId: number
  createdSince?: Temporal.Instant | undefined
  /** public id */
  participantId?: string
}
export type Page = { limit: number; offset: number }

/** One page of the outcomes of a provider's declarations, oldest first: its keys from an index alone, then their rows. */
export function listOutcomes(db: Database, filter: OutcomeFilter, page: Page): Promise<OutcomeView[]> {
  const { providerId, createdSince, participantId } = filter
  let keys = db
    .selectFrom('outcomes')
    .select(['outcomes.id', 'outcomes.created_at'])
    .where('outcomes.lead_provider_id', '=', providerId)
    .orderBy('outcomes.created_at')
    .orderBy('outcomes.id')
    .limit(page.limit)
    .offset(page.offset)
  if (createdSince) keys = keys.where('outcomes.created_at', '>=', createdSince)
  if (participantId !== undefined) {
    keys = keys.where('outcomes.declaration_id', 'in', (eb) =>
      eb
        .selectFrom('declarations')
        .innerJoin('applications', 'applications.id', 'declarations.application_id')
        .innerJoin('users', 'users.id', 'applications.user_id')
        .select('declarations.id')
        .where('users.public_id', '=', participantId),
    )
  }
  return viewed(db).innerJoin(keys.as('page'), 'page.id', 'outcomes.id').orderBy('page.created_at').orderBy('page.id').execute()
}

/** An outcome by its internal id. */
export function readOutcome(db: Database, id: number): Promise<OutcomeView> {
  return viewed(db).where('outcomes.id', '=', id).executeTakeFirstOrThrow()
}

/** The newest outcome of a declaration. */
export function latestOutcome(db: Database, declarationId: number): Promise<RowOf<'outcomes'> | undefined> {
  return db.selectFrom('outcomes').selectAll().where('declaration_id', '=', declarationId).orderBy('id', 'desc').limit(1).executeTakeFirst()
}

function viewed(db: Database) {
  return db
    .selectFrom('outcomes')
    .innerJoin('declarations', 'declarations.id', 'outcomes.declaration_id')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .select([
      'outcomes.public_id',
      'outcomes.state',
      'outcomes.completion_date',
      'outcomes.created_at',
      'outcomes.updated_at',
      'courses.identifier as course_identifier',
      'users.public_id as participant_id',
    ])
}
