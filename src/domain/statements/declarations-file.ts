import type { Database } from '../../db/connect.ts'

/**
 * What finance checks before payment: a row for each item of a statement whose declaration belongs to the statement's provider,
 * by the person's name (05 section 13.1).
 */
export async function declarationsOf(db: Database, statementId: number) {
  return db
    .selectFrom('statement_items')
    .innerJoin('statements', 'statements.id', 'statement_items.statement_id')
    .innerJoin('declarations', (join) =>
      join.onRef('declarations.id', '=', 'statement_items.declaration_id').onRef('declarations.lead_provider_id', '=', 'statements.lead_provider_id'),
    )
    .innerJoin('lead_providers', 'lead_providers.id', 'declarations.lead_provider_id')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .leftJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('application_states')
          .select(['application_states.state', 'application_states.reason'])
          .whereRef('application_states.application_id', '=', 'applications.id')
          .whereRef('application_states.lead_provider_id', '=', 'declarations.lead_provider_id')
          .orderBy('application_states.id', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .where('statement_items.statement_id', '=', statementId)
    .select([
      'users.public_id as participant_id',
      'users.full_name',
      'users.trn',
      'courses.identifier as course',
      'schedules.identifier as schedule',
      'applications.eligible_for_funding',
      'applications.funded_place',
      'lead_providers.name as provider',
      'schools.urn as school_urn',
      'schools.name as school_name',
      'applications.training_status',
      'latest.state as latest_state',
      'latest.reason as latest_reason',
      'declarations.public_id as declaration_id',
      'statement_items.state as item_state',
      'declarations.declaration_type',
      'declarations.declaration_date',
      'declarations.created_at',
      'statements.year',
      'statements.month',
      'statements.public_id as statement_id',
      'applications.targeted_delivery_funding_eligibility',
    ])
    .orderBy('users.full_name')
    .orderBy('declarations.created_at')
    .orderBy('statement_items.id')
    .execute()
}
export type DeclarationOnStatement = Awaited<ReturnType<typeof declarationsOf>>[number]

/** Declarations of a statement that are voided; those that were clawed back are not among them (05 section 13.3). */
export function voidedOn(db: Database, statementId: number) {
  return db
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .where('statement_items.statement_id', '=', statementId)
    .where('declarations.state', '=', 'voided')
    .select([
      'declarations.public_id as declaration_id',
      'users.public_id as participant_id',
      'declarations.declaration_type',
      'courses.name as course',
    ])
    .orderBy('declarations.created_at')
    .orderBy('declarations.id')
    .execute()
}
