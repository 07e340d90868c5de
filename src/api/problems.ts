import type { Refusal } from '../domain/rules.ts'

/** An answer that is not a success. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    super(`answered ${status}`)
    this.status = status
    this.body = body
  }
}

/** `{"errors":[{"title","detail"}]}` */
function errors(...refusals: Refusal[]) {
  return { errors: refusals }
}

export function badRequest(detail: string): Problem {
  return new Problem(400, errors({ title: 'Bad request', detail }))
}
export function unauthorised(): Problem {
  return new Problem(401, { error: 'HTTP Token: Access denied' })
}
/** The caller sees the declaration, which another provider made. */
export function madeByAnother(): Problem {
  return new Problem(
    403,
    errors({ title: 'Cannot modify declaration', detail: 'Another provider made this declaration, so only that provider can change it.' }),
  )
}
export function notFound(): Problem {
  return new Problem(404, { error: 'Resource not found' })
}
/** A participant that has another id now. */
export function gone(change: { from_participant_id: string; to_participant_id: string; changed_at: string }): Problem {
  const { from_participant_id: from, to_participant_id: to } = change
  const detail = `The participant id ${from} was replaced by ${to}. Use ${to} from now on.`
  return new Problem(410, { errors: [{ title: 'Participant ID has been changed', detail, participant_id_changes: [change] }] })
}
/** A filter holds a value that the list does not know. */
export function unpermittedFilter(name: string, permitted: readonly string[]): Problem {
  return refused([{ title: 'Unpermitted parameters', detail: `The filter '#/${name}' must be one of ${permitted.join(', ')}.` }])
}
/** The path's suffix names a format that the resource does not have; the body is empty. */
export function notAcceptable(): Problem {
  return new Problem(406, undefined)
}
export function tooLarge(): Problem {
  return new Problem(413, errors({ title: 'Payload too large', detail: 'The request body is larger than 1 MiB. Send less in one request.' }))
}
export function tooManyRequests(detail: string): Problem {
  return new Problem(429, errors({ title: 'Too many requests', detail }))
}
export function refused(refusals: readonly Refusal[]): Problem {
  return new Problem(422, errors(...refusals))
}
/** What was settled earlier forbids a change, and no rule had said so. */
export function settled(): Problem {
  return refused([{ title: 'base', detail: 'What is recorded already does not allow this change, so nothing was changed. Get in touch with us.' }])
}
/** Overloaded, or without its database for the moment. */
export function unavailable(): Problem {
  return new Problem(503, { error: 'Service unavailable' })
}
export function internalError(): Problem {
  return new Problem(500, { error: 'Internal server error' })
}

export const structureDetail =
  'The request body must be JSON with the documented structure: {"data":{"type":"…","attributes":{…}}}. See the API documentation for the attributes of this action.'
