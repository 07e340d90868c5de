import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'

/** Whose key it is: a key says nothing about the same text of another provider. */
export type OwnKey = Readonly<{ providerId: number; key: string }>

/** What was answered to which request. */
export type KeptAnswer = Readonly<{ request: string; status: number; body: string }>

/** Claims a key until the transaction ends; false where another transaction has it. */
export async function claimKey(trx: Transacting, { providerId, key }: OwnKey): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${key}, ${providerId})) as claimed`.execute(trx)
  return rows[0]?.claimed === true
}

/** The answer that was kept under a claimed key in the last so many days. */
export function findKeptAnswer(trx: Transacting, { providerId, key }: OwnKey, days: number): Promise<KeptAnswer | undefined> {
  return trx
    .selectFrom('kept_answers')
    .select(['request', 'status', 'body'])
    .where('lead_provider_id', '=', providerId)
    .where('key', '=', key)
    .where('created_at', '>', sql<Temporal.Instant>`clock_timestamp() - make_interval(hours => ${24 * days})`)
    .executeTakeFirst()
}

/** Keeps an answer under a claimed key, in the place of one that is too old. */
export async function keepAnswer(trx: Transacting, { providerId, key }: OwnKey, answer: KeptAnswer): Promise<void> {
  const kept = { ...answer, created_at: sql<Temporal.Instant>`clock_timestamp()` }
  await trx
    .insertInto('kept_answers')
    .values({ ...answer, lead_provider_id: providerId, key })
    .onConflict((conflict) => conflict.columns(['lead_provider_id', 'key']).doUpdateSet(kept))
    .execute()
}
