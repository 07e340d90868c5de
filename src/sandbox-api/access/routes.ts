import { Type } from 'typebox'
import { readAttributes, textAttribute } from '../../api/body.ts'
import type { Endpoint, JsonEndpoint } from '../../api/endpoint.ts'
import { broken } from '../../api/problems.ts'
import { DateTime, is, Nullable, represent, representPart, Text } from '../../api/representation.ts'
import { listOf, singleOf } from '../../api/schemas.ts'
import { versions } from '../../api/versions.ts'
import { wireInstant } from '../../clock.ts'
import { possibleRefusals } from '../../domain/rules.ts'
import { found, notFound, refused, wrongStructure } from '../../http/problems.ts'
import type { SandboxSettings } from '../settings.ts'
import { lastRequests, type RequestView } from './requests.ts'
import { makeOwnToken, makeTokenRules, ownTokens, revokeOwnToken, revokeTokenRules, type TokenView } from './tokens.ts'

const instant = (moment: Temporal.Instant | null) => moment && wireInstant(moment)
const token = represent<TokenView>('sandbox-token', {
  label: is(Text, ({ label }) => label, 'What it is for.', 'Our nightly job'),
  token: is(Nullable(Text), (view) => view.token ?? null, 'The token itself, where it has just been made: it is never shown again.', null),
  created_at: is(DateTime, ({ created_at }) => wireInstant(created_at), 'When it was made.'),
  last_used_at: is(Nullable(DateTime), ({ last_used_at }) => instant(last_used_at), 'When it was last used, within a minute.'),
  revoked_at: is(Nullable(DateTime), ({ revoked_at }) => instant(revoked_at), 'When it was revoked; null while it can be used.', null),
})

export const request = representPart<RequestView>({
  method: is(Text, (view) => view.request_method, 'The method.', 'POST'),
  path: is(Text, (view) => view.request_path, 'The path, without what was asked for in the query.', '/api/v3/participant-declarations'),
  status: is(Type.Unsafe<number>({ type: 'integer' }), (view) => view.status_code, 'The status of the answer.', 422),
  codes: is(Type.Array(Text), ({ codes }) => codes, 'The code of each error in the answer.', ['declaration_already_made']),
  duration_ms: is(Nullable(Type.Unsafe<number>({ type: 'integer' })), (view) => view.duration_ms, 'How long the answer took, in milliseconds.', 12),
  request_id: is(
    Text,
    (view) => view.request_id,
    'The `x-request-id` of the answer. Name it when you ask us for help.',
    'b8f6e0a2-5d0c-4c1e-9a7f-3e2d1c0b9a8f',
  ),
  created_at: is(DateTime, ({ created_at }) => wireInstant(created_at), 'When it came, by the calendar.'),
})
const requestType = 'sandbox-request'

const tag = 'Sandbox access'

export function accessEndpoints({ environment, tokenKey }: SandboxSettings): readonly Endpoint[] {
  const list: JsonEndpoint = {
    format: 'json',
    method: 'GET',
    path: '/tokens',
    versions,
    tag,
    operationId: 'listTokens',
    summary: 'List your tokens',
    description: 'All that were ever made for you, the oldest first, without the tokens themselves.',
    answer: listOf('TokensResponse', 'Token', token),
    problems: () => [],
    handle: async ({ db, provider, version }) => token.many(version, await ownTokens(db, provider.id)),
  }
  const make: JsonEndpoint = {
    format: 'json',
    method: 'POST',
    path: '/tokens',
    versions,
    tag,
    operationId: 'makeToken',
    summary: 'Make a token',
    description: 'A further token of yours. It is shown in this answer alone, and kept nowhere: an `Idempotency-Key` is passed over.',
    secret: true,
    body: () => ({
      name: 'TokenRequest',
      type: 'sandbox-token',
      attributes: Type.Object({ label: { ...Text, maxLength: 100, description: 'What it is for.' } }),
      required: true,
      example: { label: 'Our nightly job' },
    }),
    answer: singleOf('TokenResponse', 'Token', token),
    makes: { token: 'npq_sandbox_…', last_used_at: null },
    refusals: possibleRefusals(makeTokenRules),
    problems: () => [wrongStructure(), broken(makeTokenRules, 'label')],
    async handle({ db, provider, version, act, body }) {
      const { label } = readAttributes(body, ['label'], 'required')
      const { refusals, value } = await makeOwnToken(db, { ...act, provider, label: textAttribute(label), environment, tokenKey })
      if (value === undefined) throw refused(refusals)
      return token.one(version, value)
    },
  }
  const end: JsonEndpoint = {
    format: 'json',
    method: 'PUT',
    path: '/tokens/{id}/revoke',
    versions,
    tag,
    operationId: 'revokeToken',
    summary: 'Revoke a token',
    description: 'Nothing is answered with it any more, from a second later on. No body is needed.',
    answer: singleOf('TokenResponse', 'Token', token),
    makes: { revoked_at: '2026-10-12T08:45:30Z' },
    refusals: possibleRefusals(revokeTokenRules),
    problems: () => [notFound(), broken(revokeTokenRules, 'token')],
    async handle({ db, provider, version, act, id }) {
      const { refusals, value } = found(await revokeOwnToken(db, { ...act, provider, id }))
      if (value === undefined) throw refused(refusals)
      return token.one(version, value)
    },
  }
  const requests: JsonEndpoint = {
    format: 'json',
    method: 'GET',
    path: '/requests',
    versions,
    tag,
    operationId: 'listRequests',
    summary: 'List your last requests',
    description:
      'The last 100 that you sent to any version of the API, with any of your tokens, the newest first; a moment after they were answered.',
    answer: (version) => ({
      name: 'RequestsResponse',
      schema: Type.Object({
        data: Type.Array(Type.Object({ type: Type.Unsafe({ type: 'string', enum: [requestType] }), attributes: request.schema(version) })),
      }),
    }),
    problems: () => [],
    async handle({ db, provider, version }) {
      const views = await lastRequests(db, provider.id)
      return { data: views.map((view) => ({ type: requestType, attributes: request.project(version, view) })) }
    },
  }
  return [list, make, end, requests]
}
