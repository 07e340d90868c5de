import type { Environment } from '../../config.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { type Answer, answer } from '../../domain/answer.ts'
import type { Act } from '../../domain/history.ts'
import { judge, type Refusal, type Rules, refuse } from '../../domain/rules.ts'
import { issue } from '../../domain/tokens/issue.ts'
import { revoke } from '../../domain/tokens/revoke.ts'
import { makeToken } from '../../domain/tokens/token.ts'

export type TokenView = Pick<RowOf<'api_tokens'>, 'id' | 'public_id' | 'label' | 'created_at' | 'last_used_at' | 'revoked_at'> & {
  /** the clear text, known only when it is made */
  token?: string
}

/** Enough for everyone who tests; each node keeps those in use in memory. */
const mostInUse = 20

const columns = ['id', 'public_id', 'label', 'created_at', 'last_used_at', 'revoked_at'] as const

/** A provider's tokens, the oldest first; never their hashes. */
export function ownTokens(db: Database, providerId: number): Promise<TokenView[]> {
  return db.selectFrom('api_tokens').select(columns).where('lead_provider_id', '=', providerId).orderBy('id').execute()
}

/** The same, held until the transaction ends; who makes one waits for the provider itself. */
async function lockOwnTokens(trx: Transacting, providerId: number): Promise<TokenView[]> {
  await trx.selectFrom('lead_providers').select('id').where('id', '=', providerId).forNoKeyUpdate().execute()
  return trx.selectFrom('api_tokens').select(columns).where('lead_provider_id', '=', providerId).orderBy('id').forUpdate().execute()
}

export type OwnToken = Act & { provider: { id: number } }

/** Makes a further token, whose clear text is told this once. */
export function makeOwnToken(
  db: Database,
  command: OwnToken & { label: string | undefined; environment: Environment; tokenKey: string },
): Promise<Answer<TokenView>> {
  return transact(db, async (trx) => {
    const { provider, label, environment, tokenKey } = command
    const inUse = (await lockOwnTokens(trx, provider.id)).filter(({ revoked_at }) => revoked_at === null).length
    const [first, ...more] = judge(makeTokenRules, { label, inUse })
    if (first) return { refusals: [first, ...more] }
    const token = makeToken(environment)
    const issued = await issue(trx, { ...command, token, key: tokenKey, label: label ?? '', scope: 'lead_provider', provider: String(provider.id) })
    if (issued.value === undefined) return issued
    const { id } = issued.value
    const made = (await ownTokens(trx, provider.id)).find((own) => own.id === id) as TokenView
    return answer({ ...made, token })
  })
}

export const makeTokenRules: Rules<{ label: string | undefined; inUse: number }> = [
  refuse('label_missing', ({ label }) => label === undefined, 'label', 'Say in #/label what the token is for.'),
  refuse('label_too_long', ({ label }) => (label?.length ?? 0) > 100, 'label', 'Say in #/label what the token is for, in 100 characters or fewer.'),
  refuse(
    'too_many_tokens',
    ({ inUse }) => inUse >= mostInUse,
    'base',
    `You have ${mostInUse} tokens in use, and there can be no more. Revoke one that you need no longer.`,
  ),
]

/** Ends one of a provider's tokens at once; undefined where it has no such token. */
export function revokeOwnToken(db: Database, command: OwnToken & { id: string }): Promise<Answer<TokenView> | undefined> {
  return transact(db, async (trx) => {
    const own = await lockOwnTokens(trx, command.provider.id)
    const token = own.find(({ public_id }) => public_id === command.id)
    if (!token) return undefined
    const inUse = own.filter(({ revoked_at }) => revoked_at === null).length
    const [first, ...more] = judge(revokeTokenRules, { revoked: token.revoked_at !== null, inUse })
    if (first) return { refusals: [first, ...more] as [Refusal, ...Refusal[]] }
    const revoked = await revoke(trx, { ...command, id: token.id })
    if (revoked.value === undefined) return revoked
    return answer((await ownTokens(trx, command.provider.id)).find(({ id }) => id === token.id) as TokenView)
  })
}

export const revokeTokenRules: Rules<{ revoked: boolean; inUse: number }> = [
  refuse('token_already_revoked', ({ revoked }) => revoked, 'token', 'This token has been revoked already.'),
  refuse(
    'last_token',
    ({ revoked, inUse }) => !revoked && inUse === 1,
    'token',
    'This is your only token, and without it you could make no other. Make another one first.',
  ),
]
