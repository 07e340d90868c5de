import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { StatementItemState } from '../../db/schema.ts'
import { timeOf } from '../../db/time.ts'
import type { CourseIdentifier, DeclarationState, DeclarationType } from '../../words.ts'
import { type Act, changeAll, create } from '../history.ts'
import type { LockedItem, LockedStatement, LockedWithItems, OpenStatement } from './lock.ts'

/** Which declarations; every one where nothing is chosen. */
export type DeclarationChoice = {
  types?: readonly DeclarationType[] | undefined
  states?: readonly DeclarationState[] | undefined
  courses?: readonly CourseIdentifier[] | undefined
}

/** Puts a declaration onto a statement. */
export function addItem(trx: Transacting, act: Act, statement: OpenStatement, declaration: { id: number }, state: StatementItemState) {
  return create(trx, act, 'statement_items', { statement_id: statement.id, declaration_id: declaration.id, state })
}

/** Takes the declarations that are in one state, and their items in the same state, to another; returns how many there were. */
export async function changeStates(
  trx: Transacting,
  act: Act,
  items: readonly LockedItem[],
  from: LockedItem['state'],
  to: LockedItem['state'],
): Promise<number> {
  const moving = items.filter(({ state, declaration_state }) => state === from && declaration_state === from)
  await changeAll(trx, act, 'declarations', declarationIds(moving), 'state', to)
  await changeAll(trx, act, 'statement_items', idsOf(moving), 'state', to)
  return moving.length
}

/** Takes items to another statement, and marks their declarations as changed, so that providers who ask for what changed since see them. */
export async function moveItems(trx: Transacting, act: Act, items: readonly LockedItem[], to: LockedStatement): Promise<void> {
  await changeAll(trx, act, 'statement_items', idsOf(items), 'statement_id', to.id)
  await trx
    .updateTable('declarations')
    .set({ updated_at: await timeOf(trx, act) })
    .where('id', '=', sql<number>`any(${declarationIds(items)}::bigint[])`)
    .execute()
}

/** Those of a statement's items whose declarations are chosen. */
export async function chosenItems(trx: Transacting, choice: DeclarationChoice, from: LockedWithItems): Promise<LockedItem[]> {
  let query = trx
    .selectFrom('statement_items')
    .innerJoin('declarations', 'declarations.id', 'statement_items.declaration_id')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .select('statement_items.id')
    .where('statement_items.statement_id', '=', from.statement.id)
  if (choice.types) query = query.where('declarations.declaration_type', 'in', choice.types)
  if (choice.states) query = query.where('declarations.state', 'in', choice.states)
  if (choice.courses) query = query.where('courses.identifier', 'in', choice.courses)
  const chosen = new Set(idsOf(await query.execute()))
  return from.items.filter(({ id }) => chosen.has(id))
}

/**
 * What finance checks before payment: a row for each item of a statement whose declaration belongs to the statement's provider,
 * by the person's name (05 section 13.1).
 */
export async function declarationsOn(db: Database, statementId: number) {
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
export type DeclarationOnStatement = Awaited<ReturnType<typeof declarationsOn>>[number]

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

/** How many declarations a statement holds. */
export async function countItems(trx: Transacting, { id }: LockedStatement): Promise<number> {
  const { items } = await trx
    .selectFrom('statement_items')
    .select((eb) => eb.fn.countAll<number>().as('items'))
    .where('statement_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(items)
}

export function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id)
}

function declarationIds(items: readonly LockedItem[]): number[] {
  return items.map(({ declaration_id }) => declaration_id)
}
