import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { bodyShown } from './body-shown.ts'
import { addressOf } from './client-address.ts'
import { isHealthPath } from './health.ts'
import { masked, redact, redactAnswer, redactPath, redactQuery } from './redact.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** the path as it is documented */
    route?: string
    /** whether its answers may be held at the caller's wish, so that none is slow */
    holds?: boolean
  }
  interface FastifyRequest {
    /** the text that answers the request, where it is not a success */
    refusal: string | null
  }
}

/** The provider whose request it is; null where none is known. */
export type Caller = Readonly<{ class: 'LeadProvider'; id: number; name: string }>
export type CallerOf = (request: FastifyRequest) => Caller | null

const logged = ['host', 'accept', 'accept-encoding', 'connection', 'cache-control']
const bodyRoom = 64 * 1024

export type LogSettings = Readonly<{
  /** milliseconds from which on a request is marked as slow */
  slow: number
  /** whether each line says in full what was sent and answered */
  everything: boolean
  callerOf: CallerOf
}>

/**
 * One line for every answer (01 section 15.1), without secrets. What was sent and answered stands in those of refused and of slow
 * requests, or in all.
 */
export function logRequests(app: FastifyInstance, { slow: slowMilliseconds, everything, callerOf }: LogSettings): void {
  app.decorateRequest('refusal', null)
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode >= 300 && typeof payload === 'string') request.refusal = payload
  })
  app.addHook('onResponse', async (request, reply) => {
    const slow = reply.elapsedTime >= slowMilliseconds && request.routeOptions.config.holds !== true
    const path = redactPath(request.originalUrl)
    const level = slow ? 'warn' : isHealthPath(path) ? 'debug' : 'info'
    const full = slow || reply.statusCode >= 400 || everything
    const line = {
      method: request.method,
      path,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      duration: Math.round(reply.elapsedTime * 1000) / 1000,
      ...(slow && { slow }),
      client: addressOf(request.ip),
      caller: callerOf(request),
      ...(full && sentAndAnswered(request, reply)),
    }
    request.log[level](line, 'answered')
  })
}

function sentAndAnswered(request: FastifyRequest, reply: FastifyReply) {
  return {
    request_query_params: redactQuery(queryOf(request)),
    request_headers: headersOf(request, logged),
    request_body: bodyShown(request)?.slice(0, bodyRoom) ?? null,
    response_headers: responseHeaders(reply),
    response_body: request.refusal === null ? null : redactAnswer(parsed(request.refusal)),
  }
}

export function queryOf({ originalUrl }: FastifyRequest): string {
  return originalUrl.split('?').slice(1).join('?')
}

/** The request's headers of these names, redacted. */
export function headersOf({ headers }: FastifyRequest, names: readonly string[]): Record<string, unknown> {
  const given = names.filter((name) => headers[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, redact(headers[name])]))
}

export function responseHeaders(reply: FastifyReply): Record<string, unknown> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, name === 'set-cookie' ? masked : redact(value)]))
}

/** A text as JSON where it is JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
