import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Environment } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { TokenScope } from '../db/schema.ts'
import { findToken, type KnownToken, noteUse } from '../domain/tokens/queries.ts'
import { hashToken, hasTokenForm } from '../domain/tokens/token.ts'
import { pathOf } from './path.ts'
import { takesTokens } from './rate-limit/rules.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** the token in use that the request presents, whatever its scope */
    token: KnownToken | null
  }
}

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
async function findPresented(settings: TokenSettings, authorization: string | undefined): Promise<KnownToken | undefined> {
  const token = presentedToken(authorization)
  if (token === undefined || !hasTokenForm(token, settings.environment)) return undefined
  return findToken(settings.db, hashToken(token, settings.tokenKey))
}

/** Looks up the token of every request to the API once: the limiter asks whose it is, authentication what it may do. */
export function identifyTokens(app: FastifyInstance, settings: TokenSettings): void {
  app.decorateRequest('token', null)
  app.addHook('onRequest', async (request) => {
    if (takesTokens(pathOf(request))) request.token = (await findPresented(settings, request.headers.authorization)) ?? null
  })
}

/** The caller of a request whose token has the scope; undefined otherwise. Notes the token's use without waiting for it. */
export async function authenticate(settings: TokenSettings, request: FastifyRequest, scope: TokenScope): Promise<KnownToken | undefined> {
  const known = request.token
  if (known?.scope !== scope) return undefined
  noteUse(settings.db, known.id).catch((error: unknown) => request.log.warn({ err: error }, 'the use of a token could not be noted'))
  return known
}
