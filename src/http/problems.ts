/** What is wrong with a request, as callers read it. */
type Fault = Readonly<{ code: string; title: string; detail: string }>

/** An answer that is not a success. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, number>>

  constructor(status: number, body: unknown, headers: Readonly<Record<string, number>> = {}) {
    super(`answered ${status}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** `{"errors":[{"title","detail","code"}]}` */
function errors(...faults: Fault[]) {
  return { errors: faults.map(({ code, title, detail }) => ({ title, detail, code })) }
}

export function badRequest(code: string, detail: string): Problem {
  return new Problem(400, errors({ code, title: 'Bad request', detail }))
}
/** A body that is no JSON, or has another form than every body of ours. */
export function wrongStructure(): Problem {
  return badRequest(
    'body_malformed',
    'The request body must be JSON with the documented structure: {"data":{"type":"…","attributes":{…}}}. See the API documentation for the attributes of this action.',
  )
}
export function unauthorised(): Problem {
  return new Problem(401, { error: 'HTTP Token: Access denied' })
}
export function notFound(): Problem {
  return new Problem(404, { error: 'Resource not found' })
}
/** What was looked for; throws a 404 where there is none. */
export function found<T>(sought: T | undefined | false): T {
  if (sought === undefined || sought === false) throw notFound()
  return sought
}
/** The path's suffix names a format that the resource does not have; the body is empty. */
export function notAcceptable(): Problem {
  return new Problem(406, undefined)
}
export function tooLarge(): Problem {
  return new Problem(
    413,
    errors({ code: 'body_too_large', title: 'Payload too large', detail: 'The request body is larger than 1 MiB. Send less in one request.' }),
  )
}
/** `wait`: whole seconds until another request can be let through. */
export function tooManyRequests(detail: string, wait: number): Problem {
  return new Problem(429, errors({ code: 'too_many_requests', title: 'Too many requests', detail }), { 'retry-after': wait })
}
export function refused(refusals: readonly Fault[]): Problem {
  return new Problem(422, errors(...refusals))
}
/** What was settled earlier forbids a change, and no rule had said so. */
export function settled(): Problem {
  return refused([
    {
      code: 'not_changeable',
      title: 'base',
      detail: 'What is recorded already does not allow this change, so nothing was changed. Get in touch with us.',
    },
  ])
}
/** Overloaded, or without its database for the moment. */
export function unavailable(): Problem {
  return new Problem(503, { error: 'Service unavailable' }, { 'retry-after': 1 })
}
export function internalError(): Problem {
  return new Problem(500, { error: 'Internal server error' })
}
