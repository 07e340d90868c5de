import type { Database } from '../../db/connect.ts'
import { type Act, change } from '../history.ts'

/** Ends a token at once; the record stays. Revoking again changes nothing. Throws where there is no such token. */
export async function revoke(db: Database, command: Act & { id: number }): Promise<{ label: string }> {
  return db.transaction().execute(async (trx) => {
    const token = await trx.selectFrom('api_tokens').selectAll().where('id', '=', command.id).forUpdate().executeTakeFirst()
    if (!token) throw new Error(`There is no token ${command.id}.`)
    if (token.revoked_at === null) await change(trx, command, 'api_tokens', token, { revoked_at: command.now })
    return { label: token.label }
  })
}
