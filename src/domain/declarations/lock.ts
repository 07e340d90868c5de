import type { Transacting } from '../../db/connect.ts'
import type { Application } from '../applications/application.ts'
import { lockPerson } from '../applications/lock.ts'
import type { Declaration } from './declaration.ts'

export type OwnDeclaration = {
  /** the provider that made it */
  providerId: number
  /** public id */
  declarationId: string
}

/**
 * Locks a declaration for a decision, in the order that every verb keeps: first the person whose application it is for, then
 * the application, then the declaration. Undefined where the provider made no such declaration.
 */
export async function lockDeclaration(
  trx: Transacting,
  own: OwnDeclaration,
): Promise<{ declaration: Declaration; application: Application } | undefined> {
  const made = () => trx.selectFrom('declarations').where('public_id', '=', own.declarationId).where('lead_provider_id', '=', own.providerId)
  const owner = () => trx.selectFrom('applications').where('id', 'in', made().select('application_id'))
  const seen = await owner().select('user_id').executeTakeFirst()
  if (!seen) return undefined

  const users = await lockPerson(trx, seen.user_id)
  const application = await owner().selectAll().forUpdate().executeTakeFirst()
  const declaration = await made().selectAll().forUpdate().executeTakeFirst()
  if (!application || !declaration) return undefined
  // A merge moved the application to another person while we waited: lock that one instead.
  if (!users.some(({ id }) => id === application.user_id)) return lockDeclaration(trx, own)
  return { declaration, application }
}
