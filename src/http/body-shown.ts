import type { FastifyRequest } from 'fastify'
import { redact } from './redact.ts'

const texts = new WeakMap<FastifyRequest, string>()

/** The JSON body of a request as log and audit show it, without secrets: read once for both. Undefined where there is none. */
export function bodyShown(request: FastifyRequest): string | undefined {
  if (request.body === undefined || request.body === null) return undefined
  const text = texts.get(request) ?? JSON.stringify(textSafe(redact(request.body)))
  texts.set(request, text)
  return text
}

/** JSON text may hold a NUL or half a surrogate pair, which PostgreSQL refuses. */
export function textSafe(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd').toWellFormed()
  if (Array.isArray(value)) return value.map(textSafe)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [textSafe(name), textSafe(inner)]))
}
