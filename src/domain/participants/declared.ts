import type { Database } from '../../db/connect.ts'
import type { DeclarationType } from '../../words.ts'

/** Whether anything, or this type, was declared for an application: in any state, a voided one included, by any provider. */
export async function hasDeclaration(db: Database, applicationId: number, type?: DeclarationType): Promise<boolean> {
  let query = db.selectFrom('declarations').select('id').where('application_id', '=', applicationId)
  if (type) query = query.where('declaration_type', '=', type)
  return (await query.limit(1).executeTakeFirst()) !== undefined
}
