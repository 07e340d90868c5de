import { type TSchema, Type } from 'typebox'
import type { Endpoint, Named } from './endpoint.ts'
import { DateTime, Text, Uuid } from './representation.ts'

type ErrorResponse = Readonly<{ named: Named; description: string; example: unknown; headers?: Record<string, unknown> }>

const listed = (more: Record<string, TSchema> = {}) => Type.Object({ errors: Type.Array(Type.Object({ title: Text, detail: Text, ...more })) })
const plain = Type.Object({ error: Text })
const change = { from_participant_id: Uuid, to_participant_id: Uuid, changed_at: DateTime }

/** What an endpoint answers with a status other than 200, with an example that suits the endpoint. */
export function errorResponse(status: number, endpoint: Endpoint): ErrorResponse {
  const response = responses[status]?.(endpoint)
  if (!response) throw new Error(`No response is documented for status ${status}.`)
  return response
}

const responses: Record<number, (endpoint: Endpoint) => ErrorResponse> = {
  400: ({ method }) => ({
    named: { name: 'BadRequestResponse', schema: listed() },
    description: 'The request does not have the documented form.',
    example: oneError(
      'Bad request',
      method === 'GET'
        ? 'The filter #/updated_since must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.'
        : 'The request body must be JSON with the documented structure: {"data":{"type":"…","attributes":{…}}}.',
    ),
  }),
  401: () => ({
    named: { name: 'UnauthorisedResponse', schema: plain },
    description: 'The token is missing or not valid.',
    example: { error: 'HTTP Token: Access denied' },
  }),
  403: () => ({
    named: { name: 'ForbiddenResponse', schema: listed() },
    description: 'Another provider made this declaration.',
    example: oneError('Cannot modify declaration', 'Another provider made this declaration, so you cannot change it.'),
  }),
  404: () => ({
    named: { name: 'NotFoundResponse', schema: plain },
    description: 'There is no such resource, or it is not yours.',
    example: { error: 'Resource not found' },
  }),
  410: () => ({
    named: { name: 'GoneResponse', schema: listed({ participant_id_changes: Type.Array(Type.Object(change)) }) },
    description: 'The participant has another id now: the answer names it.',
    example: {
      errors: [
        {
          title: 'Participant ID has been changed',
          detail: 'This participant has another id now: use 7a8fef46-3c43-42c0-b3d5-1ba5904ba562.',
          participant_id_changes: [
            {
              from_participant_id: '23dd8d66-e11f-4139-9001-86b4f9abcb02',
              to_participant_id: '7a8fef46-3c43-42c0-b3d5-1ba5904ba562',
              changed_at: '2026-09-21T14:00:00Z',
            },
          ],
        },
      ],
    },
  }),
  413: () => ({
    named: { name: 'PayloadTooLargeResponse', schema: listed() },
    description: 'The body is larger than 1 MiB.',
    example: oneError('Payload too large', 'The request body is larger than 1 MiB. Send less in one request.'),
  }),
  422: (endpoint) => ({
    named: { name: 'UnprocessableEntityResponse', schema: listed() },
    description: 'The request breaks a rule; every rule that it breaks is named.',
    example: brokenRule(endpoint),
  }),
  429: () => ({
    named: { name: 'TooManyRequestsResponse', schema: listed() },
    description: 'Too many requests in the last five minutes. Wait for the seconds in `retry-after`.',
    example: oneError('Too many requests', 'Your token made 1,000 requests in the last five minutes. Slow down.'),
    headers: {
      'retry-after': { description: 'Whole seconds until the next request is let through.', schema: { type: 'integer', minimum: 1 }, example: 12 },
    },
  }),
  500: () => ({
    named: { name: 'InternalErrorResponse', schema: plain },
    description: 'Something is wrong on our side. Try again later; tell us if it stays.',
    example: { error: 'Internal server error' },
  }),
}

function brokenRule({ method, tag }: Endpoint) {
  if (method === 'GET') return oneError('Unpermitted parameters', 'The filter #/training_status must be one of active, deferred, withdrawn.')
  if (tag === 'NPQ Applications')
    return oneError('application', 'This application has been rejected. A rejected application cannot change its state.')
  if (tag === 'Participant declarations') return oneError('declaration_date', 'The #/declaration_date must not be in the future.')
  return oneError('course_identifier', 'The #/course_identifier is not one that we know.')
}

function oneError(title: string, detail: string) {
  return { errors: [{ title, detail }] }
}
