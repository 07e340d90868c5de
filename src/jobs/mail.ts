import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { mostAttempts, pauseAfter } from './retries.ts'
import { messageOf, run } from './run.ts'

export type Letter = { template: string; recipient: string; personalisation: Record<string, string> }
/** Hands one letter to the mail service; throws where it does not take it. The signal is aborted when that has taken too long. */
export type SendMail = (letter: Letter, signal: AbortSignal) => Promise<void>

/** What became of a letter that was due. */
export type Sent = { id: number; template: string; error?: unknown; end: 'sent' | 'postponed' | 'failed' }

/**
 * Sends the next letter that is due; returns undefined where there is none. It is marked in the transaction in which it is sent, so
 * that another worker passes over it, and a failure leaves it for a later attempt. `longest` in milliseconds.
 */
export async function sendNextLetter(db: Database, send: SendMail, longest: number): Promise<Sent | undefined> {
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
    if (!letter) return undefined
    const attempts = letter.attempts + 1
    const sent = await run((signal) => send(letter, signal), longest).then(
      () => ({ end: 'sent' as const }),
      (error: unknown) => ({ end: attempts >= mostAttempts ? ('failed' as const) : ('postponed' as const), error }),
    )
    await trx
      .updateTable('mails')
      .set({ attempts, updated_at: passed, ...outcomeOf(sent, attempts) })
      .where('id', '=', letter.id)
      .execute()
    return { id: letter.id, template: letter.template, ...sent }
  })
}

/** The moment of writing: `now()` is that of the transaction's start, and sending may have taken long. */
const passed = sql<Temporal.Instant>`statement_timestamp()`

function outcomeOf({ end, error }: Pick<Sent, 'end' | 'error'>, attempts: number) {
  if (end === 'sent') return { sent_at: passed, last_error: null }
  const last_error = messageOf(error)
  if (end === 'failed') return { failed_at: passed, last_error }
  return { next_attempt_at: sql<Temporal.Instant>`statement_timestamp() + make_interval(secs => ${pauseAfter(attempts)})`, last_error }
}
