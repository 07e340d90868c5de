import type { Database } from '../../db/connect.ts'
import { timeOf } from '../../db/time.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change } from '../history.ts'

/** Ends a token at once; the record stays. Throws where there is no such token, or where it was revoked before. */
export async function revoke(db: Database, command: Act & { id: number }): Promise<{ label: string }> {
  return transact(db, async (trx) => {
    const token = await trx.selectFrom('api_tokens').selectAll().where('id', '=', command.id).forUpdate().executeTakeFirst()
    if (!token) throw new Error(`There is no token ${command.id}.`)
    if (token.revoked_at !== null) {
      const when = token.revoked_at.toString({ smallestUnit: 'second' })
      throw new Error(`Token ${command.id} (${token.label}) was revoked already, at ${when} by ${token.revoked_by ?? 'nobody known'}.`)
    }
    await change(trx, command, 'api_tokens', token, { revoked_at: await timeOf(trx, command), revoked_by: command.author })
    return { label: token.label }
  })
}
