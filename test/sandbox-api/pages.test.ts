import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { ask } from '../support/app.ts'
import { database } from '../support/database.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'
import { attributes, texts } from '../support/site.ts'

let db: Database
let app: FastifyInstance
let token: string
let lines: string[]
beforeEach(async () => {
  db = await database()
  lines = []
  app = await makeSandboxApp({ log: { write: (line) => void lines.push(line) } })
  token = await sandboxToken(db)
})

function submit(path: string, fields: Record<string, string> = {}, as = token) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return ask(app, path, { method: 'POST', headers, body: new URLSearchParams({ token: as, ...fields }).toString() })
}
const applications = () => db.selectFrom('applications').selectAll().execute()

describe('the page of a sandbox', () => {
  test('asks for a token, keeps nothing in the browser, and holds nothing that its security policy forbids', async () => {
    const page = await ask(app, '/sandbox')
    expect([page.statusCode, texts(page.body, 'h1')]).toEqual([200, ['Your sandbox']])
    expect(attributes(page.body, 'form', 'action')).toContain('/sandbox')
    expect(page.body).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/)
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'content-security-policy': expect.stringContaining("form-action 'self'") })
    const known = await submit('/sandbox')
    expect([known.statusCode, known.headers['set-cookie']]).toEqual([200, undefined])
    expect(known.body).toContain('Ambition Institute. Your day is 2 November 2026.')
    expect(known.body).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/)
  })

  test.each([
    ['no token', () => ''],
    ['a token of no form', () => 'npq_sandbox_mistyped'],
    ['somebody’s guess', () => `npq_sandbox_${'a'.repeat(46)}`],
  ])('shows and does nothing for %s', async (_, text) => {
    for (const path of ['/sandbox', '/sandbox/applications', '/sandbox/tokens', '/sandbox/tokens/revoke']) {
      const page = await submit(path, { label: 'x' }, text())
      expect([page.statusCode, texts(page.body, 'h2')], path).toEqual([401, expect.arrayContaining(['There is a problem'])])
    }
    expect(await applications()).toEqual([])
  })

  test('takes a token from a form alone, so that no other site can act for its holder', async () => {
    const page = await ask(app, '/sandbox/applications', { method: 'POST', token, headers: { cookie: `token=${token}` } })
    expect(page.statusCode).toBe(401)
    const json = await ask(app, '/sandbox/applications', { method: 'POST', body: 'nothing', headers: { 'content-type': 'text/plain' } })
    expect(json.statusCode).toBe(401)
  })

  test('makes applications as the API does, and names them', async () => {
    const page = await submit('/sandbox/applications', { count: '3', course_identifier: 'npq-senco', cohort: '2026b', eligible_for_funding: 'false' })
    expect([page.statusCode, texts(page.body, 'h3')[0]]).toEqual([200, '3 applications were made'])
    const made = await applications()
    expect(made.map(({ lead_provider_approval_status, eligible_for_funding }) => [lead_provider_approval_status, eligible_for_funding])).toEqual(
      Array(3).fill(['pending', false]),
    )
    for (const { public_id } of made) expect(page.body).toContain(public_id)
  })

  test('shows a hundred of many', async () => {
    const page = await submit('/sandbox/applications', { count: '101' })
    expect(page.body).toContain('The first 100 of 101')
    expect(await applications()).toHaveLength(101)
  })

  test('says what is wrong beside its field, and keeps what was written', async () => {
    const page = await submit('/sandbox/applications', { count: '1001', full_name: '<b>Amara</b>' })
    expect(page.statusCode).toBe(422)
    expect(attributes(page.body, 'a', 'href')).toContain('#count')
    expect(page.body).toContain('Give a whole number from 1 to 1000 in count.')
    expect(page.body).not.toContain('<b>Amara')
    expect(attributes(page.body, 'input', 'value')).toContain('<b>Amara</b>')
    expect(await applications()).toEqual([])
  })

  test('makes a token, which works, and revokes it', async () => {
    const page = await submit('/sandbox/tokens', { label: 'Our nightly job' })
    const [secret = ''] = texts(page.body, 'code').filter((text) => text.startsWith('npq_sandbox_'))
    expect((await ask(app, '/api/v3/npq-applications', { token: secret })).statusCode).toBe(200)
    const { public_id } = await db.selectFrom('api_tokens').select('public_id').where('label', '=', 'Our nightly job').executeTakeFirstOrThrow()
    expect((await submit('/sandbox/tokens/revoke', { id: public_id })).body).toContain('The token “Our nightly job” was revoked')
    const again = await submit('/sandbox/tokens/revoke', { id: public_id })
    expect([again.statusCode, again.body.includes('revoked already')]).toEqual([422, true])
    expect((await submit('/sandbox/tokens/revoke', { id: 'mine' })).statusCode).toBe(422)
    expect((await submit('/sandbox/tokens', { label: ' ' })).statusCode).toBe(422)
  })

  test('leaves no token in the log', async () => {
    await submit('/sandbox/applications', { count: '1' })
    await submit('/sandbox/tokens', { label: 'Our nightly job' })
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.join('')).not.toMatch(/npq_sandbox_\w/)
  })

  test('takes no form that is larger than any of its own', async () => {
    expect((await submit('/sandbox/applications', { full_name: 'x'.repeat(20_000) })).statusCode).toBe(413)
  })
})
