import type { FastifyRequest } from 'fastify'
import type { Environment } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { TokenScope } from '../db/schema.ts'
import { findToken, type KnownToken, noteUse } from '../domain/tokens/queries.ts'
import { hashToken, hasTokenForm } from '../domain/tokens/token.ts'

export type TokenSettings = { db: Database; environment: Environment; tokenKey: string }

/** The token of a request in any accepted form of the header (01 section 3.1); undefined where there is none. */
export function presentedToken(authorization: string | undefined): string | undefined {
  const [, credentials] = /^(?:Bearer|Token) +(.*)$/s.exec(authorization ?? '') ?? []
  // options after the token, separated by a comma, a semicolon or a tab, are passed over
  const token = credentials
    ?.replace(/^token=/, '')
    .split(/[,;\t]/, 1)[0]
    ?.trim()
  return token?.replace(/^"+|"+$/g, '') || undefined
}

/** Looks up the token that a request presents: undefined for none, another environment's, a mistyped, unknown or revoked one. */
export async function findPresented(settings: TokenSettings, authorization: string | undefined): Promise<KnownToken | undefined> {
  const token = presentedToken(authorization)
  if (token === undefined || !hasTokenForm(token, settings.environment)) return undefined
  return findToken(settings.db, hashToken(token, settings.tokenKey))
}

/** The caller of a request whose token has the scope; undefined otherwise. Notes the token's use without waiting for it. */
export async function authenticate(settings: TokenSettings, request: FastifyRequest, scope: TokenScope): Promise<KnownToken | undefined> {
  const known = await findPresented(settings, request.headers.authorization)
  if (known?.scope !== scope) return undefined
  noteUse(settings.db, known.id).catch((error: unknown) => request.log.warn({ err: error }, 'the use of a token could not be noted'))
  return known
}
