import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Environment } from '../config.ts'
import type { Database } from '../db/connect.ts'
import type { TokenScope } from '../db/schema.ts'
import type { TokenBook } from '../domain/tokens/book.ts'
import { type KnownToken, noteUse } from '../domain/tokens/records.ts'
import { hashToken, hasTokenForm } from '../domain/tokens/token.ts'
import type { Caller } from '../http/log.ts'
import { pathOf } from '../http/urls.ts'
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

export type Identifying = Pick<TokenSettings, 'environment' | 'tokenKey'> & {
  book: TokenBook
  /** refuses a request whose client may present no more unknown tokens now */
  refuseStranger: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

/**
 * Finds whose token a request to the API presents, once: the limiter asks whose it is, authentication what it may do.
 * A token that is new to this node costs its client, before it costs the database; a token of the wrong form costs nothing.
 */
export function identifyTokens(app: FastifyInstance, { environment, tokenKey, book, refuseStranger }: Identifying): void {
  app.decorateRequest('token', null)
  app.addHook('onRequest', async (request, reply) => {
    if (!takesTokens(pathOf(request))) return
    const token = presentedToken(request.headers.authorization)
    if (token === undefined || !hasTokenForm(token, environment)) return
    const hash = hashToken(token, tokenKey)
    if (!book.remembers(hash) && !book.isOld()) await refuseStranger(request, reply)
    request.token = (await book.find(hash)) ?? null
  })
}

/** The provider whose token the request presents, as log and audit name it. */
export function callerOf({ token }: FastifyRequest): Caller | null {
  return token?.provider ? { class: 'LeadProvider', ...token.provider } : null
}

/** The caller of a request whose token has the scope; undefined otherwise. Notes the token's use, once a minute, without waiting for it. */
export async function authenticate(settings: TokenSettings, request: FastifyRequest, scope: TokenScope): Promise<KnownToken | undefined> {
  const known = request.token
  if (known?.scope !== scope) return undefined
  if (!known.useIsNoted) {
    noteUse(settings.db, known.id).catch((error: unknown) => request.log.warn({ err: error }, 'the use of a token could not be noted'))
  }
  return known
}
