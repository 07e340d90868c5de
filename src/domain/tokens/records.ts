import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf, TokenScope } from '../../db/schema.ts'
import type { Locked } from '../locked.ts'

export type KnownToken = {
  id: number
  scope: TokenScope
  provider: { id: number; name: string } | null
  /** whether its use was noted within the last minute, as of the look at it */
  useIsNoted: boolean
}

/** Every token that was not revoked, whatever its scope, by its hash. */
export async function tokensInUse(db: Database): Promise<Map<string, KnownToken>> {
  const rows = await db
    .selectFrom('api_tokens')
    .leftJoin('lead_providers', 'lead_providers.id', 'api_tokens.lead_provider_id')
    .select(['api_tokens.id', 'hashed_token', 'api_tokens.scope', 'lead_providers.id as providerId', 'lead_providers.name as providerName'])
    .select(useIsNoted.as('useIsNoted'))
    .where('revoked_at', 'is', null)
    .execute()
  return new Map(
    rows.map(({ id, hashed_token, scope, providerId, providerName, useIsNoted }) => {
      const provider = providerId === null || providerName === null ? null : { id: providerId, name: providerName }
      return [hashed_token, { id, scope, provider, useIsNoted }]
    }),
  )
}

/** The token with this hash; undefined where none is in use. */
export async function findToken(db: Database, hash: string): Promise<KnownToken | undefined> {
  return (await tokensInUse(db)).get(hash)
}

/** Notes the use of a token on the real clock, at most once a minute. */
export async function noteUse(db: Database, id: number): Promise<void> {
  await db
    .updateTable('api_tokens')
    .set({ last_used_at: sql`now()` })
    .where('id', '=', id)
    .where((eb) => eb.not(useIsNoted))
    .execute()
}

const useIsNoted = sql<boolean>`coalesce(last_used_at >= now() - interval '1 minute', false)`

export type LockedToken = Locked<RowOf<'api_tokens'>, 'token'>

export async function lockToken(trx: Transacting, id: number): Promise<LockedToken | undefined> {
  const token = trx.selectFrom('api_tokens').selectAll().where('id', '=', id).forUpdate()
  return (await token.executeTakeFirst()) as LockedToken | undefined
}

/** Every token with its provider, the newest last; never its hash. */
export function listTokens(db: Database) {
  return db
    .selectFrom('api_tokens')
    .leftJoin('lead_providers', 'lead_providers.id', 'api_tokens.lead_provider_id')
    .select([
      'api_tokens.id',
      'api_tokens.scope',
      'lead_providers.name as provider',
      'api_tokens.label',
      'api_tokens.issued_by',
      'api_tokens.created_at',
      'api_tokens.last_used_at',
      'api_tokens.revoked_at',
      'api_tokens.revoked_by',
    ])
    .orderBy('api_tokens.id')
    .execute()
}
