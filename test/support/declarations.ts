import type { Database } from '../../src/db/connect.ts'
import type { RowOf } from '../../src/db/schema.ts'
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
