import { type TSchema, Type } from 'typebox'
import { standardLimits } from '../config.ts'
import { problemAsData } from '../http/answer.ts'
import { internalError, notAcceptable, type Problem, tooLarge, unauthorised, unavailable } from '../http/problems.ts'
import { type Endpoint, hasCsvForm, type Named, takesKey } from './endpoint.ts'
import { limitReached } from './rate-limit/hook.ts'
import { DateTime, Text, Uuid } from './representation.ts'
import type { Version } from './versions.ts'
import { keyInUse, keyMalformed, keyReused } from './writes/idempotency-key.ts'

/** Every problem that an endpoint may answer, each as an example. */
export function problemsOf(endpoint: Endpoint, version: Version, own: readonly Endpoint[]): Problem[] {
  return [
    unauthorised(),
    // what an endpoint answers itself is the better example of a status
    ...(takesKey(endpoint) ? [keyMalformed(), keyInUse(), keyReused()] : []),
    ...endpoint.problems(version),
    ...(hasCsvForm(endpoint, own) ? [notAcceptable()] : []),
    ...(endpoint.format === 'json' && endpoint.body ? [tooLarge()] : []),
    limitReached({ rule: 'token', limit: standardLimits.token }, 12),
    internalError(),
    unavailable(),
  ].sort((one, other) => one.status - other.status)
}

/** How a problem is documented where it is answered; `use` refers to a named schema. */
export function errorResponse(problem: Problem, { format }: Endpoint, use: (named: Named) => TSchema) {
  const response = tellsNewId(problem) ? responses[problem.status] : (other[problem.status] ?? responses[problem.status])
  if (!response) throw new Error(`No response is documented for status ${problem.status}.`)
  const { description, named, headers = {} } = response
  const data = problemAsData(problem, format === 'csv')
  return {
    description,
    ...(Object.keys(headers).length > 0 && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, meaning]) => [
          name,
          { description: meaning, schema: { type: 'integer', minimum: 1 }, example: problem.headers[name] },
        ]),
      ),
    }),
    ...(data?.type === 'text/plain' && { content: { [data.type]: { schema: Text, example: data.text } } }),
    ...(data?.type === 'application/json' && named && { content: { [data.type]: { schema: use(named), example: problem.body } } }),
  }
}

const Code = Type.String({ description: 'Names the reason, and stays the same where the words change.' })
const listed = (more: Record<string, TSchema> = {}) =>
  Type.Object({ errors: Type.Array(Type.Object({ title: Text, detail: Text, ...more, code: Code })) })
const plain = Type.Object({ error: Text })
const change = { from_participant_id: Uuid, to_participant_id: Uuid, changed_at: DateTime }

type Response = Readonly<{
  description: string
  /** the schema of the body; undefined where there is none */
  named?: Named
  /** what the headers of the answer mean */
  headers?: Readonly<Record<string, string>>
}>

function tellsNewId({ body }: Problem): boolean {
  return JSON.stringify(body ?? null).includes('"participant_id_changes"')
}

/** What a status means where no participant has a new id. */
const other: Readonly<Record<number, Response>> = {
  410: {
    named: { name: 'CursorExpiredResponse', schema: listed() },
    description: 'What changed after the cursor is no longer kept.',
  },
}

/** What each status means, and the shape of its answer. */
const responses: Readonly<Record<number, Response>> = {
  400: {
    named: { name: 'BadRequestResponse', schema: listed() },
    description: 'The request is not in the right form.',
  },
  401: {
    named: { name: 'UnauthorisedResponse', schema: plain },
    description: 'The token is missing or not valid.',
  },
  403: {
    named: { name: 'ForbiddenResponse', schema: listed() },
    description: 'Another provider made this declaration.',
  },
  404: {
    named: { name: 'NotFoundResponse', schema: plain },
    description: 'There is no such resource, or it is not yours.',
  },
  406: {
    description: 'The path ends in a suffix other than `.json` and `.csv`.',
  },
  409: {
    named: { name: 'ConflictResponse', schema: listed() },
    description: 'The first request with this `Idempotency-Key` is still being carried out.',
    headers: { 'retry-after': 'Whole seconds to wait before the request is sent again.' },
  },
  410: {
    named: { name: 'GoneResponse', schema: listed({ participant_id_changes: Type.Array(Type.Object(change)) }) },
    description: 'The participant has another id now: the answer names it.',
  },
  413: {
    named: { name: 'PayloadTooLargeResponse', schema: listed() },
    description: 'The body is larger than 1 MiB.',
  },
  422: {
    named: { name: 'UnprocessableEntityResponse', schema: listed() },
    description: 'The request breaks a rule; every rule that it breaks is named.',
  },
  429: {
    named: { name: 'TooManyRequestsResponse', schema: listed() },
    description: 'Too many requests in the last five minutes. Wait for the seconds in `retry-after`.',
    headers: { 'retry-after': 'Whole seconds until the next request is let through.' },
  },
  500: {
    named: { name: 'InternalErrorResponse', schema: plain },
    description: 'Something is wrong on our side. Try again later; tell us if it stays.',
  },
  503: {
    named: { name: 'UnavailableResponse', schema: plain },
    description: 'The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`.',
    headers: { 'retry-after': 'Whole seconds to wait before the request is sent again.' },
  },
}
