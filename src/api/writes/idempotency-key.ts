import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { badRequest, Problem, refused } from '../../http/problems.ts'

export const longestKey = 255

/** The key of a write, with or without the quotes of a structured field; undefined where none was sent. Throws a 400 for another form. */
export function readKey({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const sent = headers['idempotency-key']
  if (sent === undefined) return undefined
  const [, key] = form.exec(String(sent)) ?? []
  if (key === undefined || key.length > longestKey) throw keyMalformed()
  return key
}

/** Visible ASCII without what separates or ends a structured field: of two such headers, joined by a comma, neither counts. */
const form = /^(?="[^"]*"$|[^"]*$)"?([^\s"\\,;\u007f-\uffff]+)"?$/

/** Tells one request from another under the same key, whatever the spelling of its JSON. */
export function fingerprintOf(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, body ?? null]))
    .digest('hex')
}

export function keyMalformed(): Problem {
  return badRequest(
    'idempotency_key_malformed',
    `The header Idempotency-Key must be one text of 1 to ${longestKey} visible ASCII characters without commas, semicolons, quotes and backslashes, such as a UUID.`,
  )
}
/** The request that came first under the key has not been answered yet. */
export function keyInUse(): Problem {
  const detail =
    'The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.'
  return new Problem(409, { errors: [{ title: 'Conflict', detail, code: 'idempotency_key_in_use' }] }, { 'retry-after': 1 })
}
export function keyReused(): Problem {
  return refused([
    {
      code: 'idempotency_key_reused',
      title: 'Idempotency-Key',
      detail:
        'You sent another request with this Idempotency-Key: its method, path or body was not the same, so nothing was carried out. Give each request a key of its own.',
    },
  ])
}
