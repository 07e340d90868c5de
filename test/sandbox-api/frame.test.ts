import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { documentOf } from '../../src/api/openapi.ts'
import { standingAt } from '../../src/clock.ts'
import { makeSandbox } from '../../src/sandbox-api/index.ts'
import { ask, makeApp, now, tokenKey } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

const { surface } = makeSandbox({ environment: 'sandbox', tokenKey, clock: standingAt(now) })
const requests = [
  ...surface.endpoints.map(({ method, path }) => `${method} /api/sandbox${path}`),
  'GET /api/docs/sandbox',
  'GET /api/docs/sandbox/swagger.yaml',
  'GET /api/docs/sandbox/openapi.json',
  'GET /sandbox',
  'POST /sandbox/applications',
]

describe('what only a sandbox has', () => {
  test.each(['production', 'staging'] as const)('is not loaded in %s, where its addresses are unknown', async (environment) => {
    const { loaded, answers } = await builtIn(environment)
    expect(loaded).toContain('api/index.ts')
    expect(loaded.filter((file) => file.startsWith('sandbox'))).toEqual([])
    expect(answers).toEqual(requests.map((request) => [request, 404]))
  })

  test('is loaded in a sandbox, and asks for a token', async () => {
    const { loaded, answers } = await builtIn('sandbox')
    expect(loaded).toContain('sandbox-api/index.ts')
    expect(answers).toEqual(requests.map((request) => [request, / \/api\/docs\/|GET \/sandbox/.test(request) ? 200 : 401]))
  })

  test('is unknown in production to whoever holds a token too', async () => {
    const app = await makeApp()
    const token = await make.token(await database())
    for (const { method, path } of surface.endpoints) {
      expect((await ask(app, `/api/sandbox${path}`, { token, method })).statusCode, path).toBe(404)
    }
  })

  test('has an OpenAPI document and a reference page of its own, beside those of the versions', async () => {
    const app = await makeSandboxApp()
    const yaml = await ask(app, '/api/docs/sandbox/swagger.yaml')
    const served = parse(yaml.body) as { info: object; paths: object }
    expect(served.info).toMatchObject({ title: 'NPQ sandbox', version: 'sandbox' })
    expect(Object.keys(served.paths).sort()).toEqual([...new Set(surface.endpoints.map(({ path }) => `/api/sandbox${path}`))].sort())
    expect((await ask(app, '/api/docs/sandbox/openapi.json')).json()).toEqual(served)
    const page = await ask(app, '/api/docs/sandbox')
    for (const { summary } of surface.endpoints) expect(page.body).toContain(summary)
    expect(documentOf(surface, 'https://npq.example').servers).toEqual([{ url: 'https://npq.example' }])
  })

  test('takes no token of another environment, and asks of every request what the API asks', async () => {
    const app = await makeSandboxApp()
    const db = await database()
    expect((await ask(app, '/api/sandbox/clock', { token: await make.token(db) })).statusCode).toBe(401)
    const token = await sandboxToken(db)
    const answered = await ask(app, '/api/sandbox/clock', { token })
    expect(answered.statusCode).toBe(200)
    expect(answered.headers['ratelimit-policy']).toMatch(/^"token"/)
    expect((await ask(app, '/api/sandbox/clock', { token, headers: { 'x-with-server-date': 'soon' } })).statusCode).toBe(400)
  })
})

async function builtIn(environment: string): Promise<{ loaded: string[]; answers: [string, number][] }> {
  const program = new URL('../support/load-app.ts', import.meta.url).pathname
  const settings = {
    TOKEN_KEY: tokenKey,
    PUBLIC_URL: 'https://npq.example',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    AUDIT_REQUESTS: 'false',
  }
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...requests], {
    env: { PATH: process.env['PATH'], ENVIRONMENT: environment, ...settings },
  })
  return JSON.parse(stdout)
}
