import { wireInstant } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { timeOf } from '../../db/time.ts'
import { transact } from '../../db/transact.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import { type Act, change } from '../history.ts'
import { lockToken } from './records.ts'

/** Ends a token at once; the record stays. */
export async function revoke(db: Database, command: Act & { id: number }): Promise<Answer<{ label: string }>> {
  return transact(db, async (trx) => {
    const token = await lockToken(trx, command.id)
    if (!token) return refusal('token_unknown', 'token', `There is no token ${command.id}.`)
    if (token.revoked_at !== null) {
      const before = `at ${wireInstant(token.revoked_at)} by ${token.revoked_by ?? 'nobody known'}`
      return refusal('token_already_revoked', 'token', `Token ${command.id} (${token.label}) was revoked already, ${before}.`)
    }
    await change(trx, command, 'api_tokens', token, { revoked_at: await timeOf(trx, command), revoked_by: command.author })
    return answer({ label: token.label })
  })
}
