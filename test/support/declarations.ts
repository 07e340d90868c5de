import { sql } from 'kysely'
import type { Database } from '../../src/db/connect.ts'
import type { RowOf, StatementItemState, StatementState } from '../../src/db/schema.ts'
import { type Declare, declare } from '../../src/domain/declarations/declare.ts'
import { voidDeclaration } from '../../src/domain/declarations/void.ts'
import { now } from './app.ts'

// Declaring as the provider of an application does, so that each test states only what differs.

/** A moment on the schedules that the factories use. */
export const milestone = '2023-11-01T10:00:00Z'

export async function declareFor(db: Database, application: RowOf<'applications'>, command: Partial<Declare> = {}) {
  const user = await db.selectFrom('users').select('public_id').where('id', '=', application.user_id).executeTakeFirstOrThrow()
  const course = await db.selectFrom('courses').select('identifier').where('id', '=', application.course_id).executeTakeFirstOrThrow()
  return declare(db, {
    now,
    author: `Lead provider ${application.lead_provider_id}`,
    providerId: application.lead_provider_id,
    participantId: user.public_id,
    declarationType: 'started',
    declarationDate: milestone,
    courseIdentifier: course.identifier,
    hasPassed: undefined,
    deliveryPartnerId: undefined,
    secondaryDeliveryPartnerId: undefined,
    asksForPartner: true,
    ...command,
  })
}

export function voidOf(db: Database, declaration: { public_id: string; lead_provider_id: number }, at = now) {
  return voidDeclaration(db, {
    now: at,
    author: `Lead provider ${declaration.lead_provider_id}`,
    providerId: declaration.lead_provider_id,
    declarationId: declaration.public_id,
  })
}

/** The declarations with what stands on statements for each, oldest first. */
export async function declared(db: Database) {
  const declarations = await db.selectFrom('declarations').selectAll().orderBy('id').execute()
  const items = await db.selectFrom('statement_items').selectAll().orderBy('id').execute()
  return declarations.map((row) => ({
    ...row,
    items: items.filter(({ declaration_id }) => declaration_id === row.id).map(({ state, statement_id }) => ({ state, statement_id })),
  }))
}

/** Closes a statement to further items: what is eligible there becomes payable. */
export function close(db: Database, statement: { id: number }): Promise<void> {
  return settle(db, statement, 'payable', [['eligible', 'payable']])
}

/** Pays a closed statement, and takes back what is to be clawed back with it. */
export function pay(db: Database, statement: { id: number }): Promise<void> {
  return settle(db, statement, 'paid', [
    ['payable', 'paid'],
    ['awaiting_clawback', 'clawed_back'],
  ])
}

async function settle(db: Database, statement: { id: number }, state: StatementState, moves: [StatementItemState, StatementItemState][]) {
  await db.transaction().execute(async (trx) => {
    await trx.selectFrom('statements').select('id').where('id', '=', statement.id).forUpdate().execute()
    for (const [from, to] of moves) {
      const moved = trx.selectFrom('statement_items').select('declaration_id').where('statement_id', '=', statement.id).where('state', '=', from)
      await trx.updateTable('declarations').set({ state: to }).where('state', '=', from).where('id', 'in', moved).execute()
      await trx.updateTable('statement_items').set({ state: to }).where('statement_id', '=', statement.id).where('state', '=', from).execute()
    }
    await trx.updateTable('statements').set({ state }).where('id', '=', statement.id).execute()
  })
}

/** What must never be found, whatever raced: too much that stands, is paid or taken back, or that does not match its statement. */
export async function impossible(db: Database): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select 'two live declarations of application ' || application_id as what from declarations
      where state in ('submitted', 'eligible', 'payable', 'paid') group by application_id, declaration_type having count(*) > 1
    union all select 'two payments of declaration ' || declaration_id from statement_items
      where state not in ('awaiting_clawback', 'clawed_back') group by declaration_id having count(*) > 1
    union all select 'two refunds of declaration ' || declaration_id from statement_items
      where state in ('awaiting_clawback', 'clawed_back') group by declaration_id having count(*) > 1
    union all select 'rejected but declared: application ' || applications.id from applications join declarations d on d.application_id = applications.id
      where applications.lead_provider_approval_status = 'rejected' and d.state in ('submitted', 'eligible', 'payable', 'paid')
    union all select 'no item as ' || d.state || ' for declaration ' || d.id from declarations d
      where d.state <> 'submitted' and d.state <> 'voided' and d.superseded_by_id is null
        and not exists (select from statement_items i where i.declaration_id = d.id and i.state = d.state)
    union all select 'an item ' || i.state || ' for declaration ' || d.id || ', which is ' || d.state from declarations d
      join statement_items i on i.declaration_id = d.id
      where i.state <> d.state and not (i.state = 'paid' and d.state in ('awaiting_clawback', 'clawed_back'))
    union all select 'an item ' || i.state || ' on statement ' || s.id || ', which is ' || s.state from statement_items i
      join statements s on s.id = i.statement_id
      where (i.state = 'eligible' and s.state <> 'open') or (i.state = 'payable' and s.state <> 'payable') or (i.state = 'paid' and s.state <> 'paid')`.execute(
    db,
  )
  return rows.map(({ what }) => what)
}
