import type { FastifyInstance, InjectOptions } from 'fastify'
import { buildApp, type Parts } from '../../src/app.ts'
import { standingAt } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { database } from './database.ts'

export const tokenKey = 'a key of at least thirty-two characters for tests'

/** The moment at which every test's request is judged, unless it says otherwise. */
export const now = Temporal.Instant.from('2026-11-02T09:00:00Z')

export const testConfig: Config = readConfig({
  ENVIRONMENT: 'test',
  TOKEN_KEY: tokenKey,
  AUDIT_REQUESTS: 'false',
  // no test meets a limit that it does not ask for
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_API_PAGES: '1000000',
  RATE_LIMIT_PAGES: '1000000',
  RATE_LIMIT_EVERYTHING: '1000000',
})

/** The server on the worker's database, with a clock that stands still. */
export async function makeApp(parts: Partial<Parts> = {}): Promise<FastifyInstance> {
  return buildApp({ config: testConfig, db: await database(), tokenKey, clock: standingAt(now), log: false, ...parts })
}

export type Asked = {
  token?: string
  method?: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'PATCH' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
}

/** Sends one request; a body that is no text goes as JSON. */
export async function ask(app: FastifyInstance, url: string, { token, method = 'GET', body, headers = {} }: Asked = {}) {
  const request: InjectOptions = { method, url, headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } }
  if (body !== undefined) {
    request.headers = { 'content-type': 'application/json', ...request.headers }
    request.payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  }
  return app.inject(request)
}
