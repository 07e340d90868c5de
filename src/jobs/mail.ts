import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { mostAttempts, pauseAfter } from './retries.ts'

export type Letter = { template: string; recipient: string; personalisation: Record<string, string> }
/** Hands one letter to the mail service; throws where it does not take it. */
export type SendMail = (letter: Letter) => Promise<void>

/**
 * Sends the next letter that is due; returns whether there was one. It is marked in the transaction in which it is sent, so that
 * another worker passes over it, and a failure leaves it for a later attempt.
 */
export async function sendNextLetter(db: Database, send: SendMail): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const letter = await trx
      .selectFrom('mails')
      .selectAll()
      .where('sent_at', 'is', null)
      .where('failed_at', 'is', null)
      .where('next_attempt_at', '<=', sql<Temporal.Instant>`now()`)
      .orderBy('next_attempt_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!letter) return false
    const attempts = letter.attempts + 1
    const outcome = await send(letter).then(
      () => ({ sent_at: sql<Temporal.Instant>`now()`, last_error: null }),
      (error: Error) => ({
        last_error: error.message.slice(0, 1000),
        ...(attempts >= mostAttempts
          ? { failed_at: sql<Temporal.Instant>`now()` }
          : { next_attempt_at: sql<Temporal.Instant>`now() + make_interval(secs => ${pauseAfter(attempts)})` }),
      }),
    )
    await trx
      .updateTable('mails')
      .set({ attempts, updated_at: sql`now()`, ...outcome })
      .where('id', '=', letter.id)
      .execute()
    return true
  })
}
