import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { trustedFor } from '../../src/domain/tokens/book.ts'
import { hasTokenForm } from '../../src/domain/tokens/token.ts'
import { dataDirectory, npq, npqProcess, serve } from '../support/command.ts'

const list = (url: string, token: string) => fetch(`${url}/api/v3/npq-applications`, { headers: { authorization: `Bearer ${token}` } })

const production = {
  ENVIRONMENT: 'production',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  TOKEN_KEY: 'k'.repeat(32),
  PUBLIC_URL: 'https://npq.example',
}

describe('the command npq', () => {
  test('tells how it is used, for itself and for each of its commands', async () => {
    const all = await npq(['--help'])
    expect(all.status).toBe(0)
    for (const command of ['serve', 'migrate', 'seed', 'import', 'openapi', 'token']) {
      expect(all.stdout).toContain(command)
      expect(await npq([command, '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining(`npq ${command}`) })
    }
  })

  test.each([
    [['nonsense'], 'unknown command'],
    [['token', 'issue'], '--label'],
    [['openapi'], '--out'],
    [['import'], 'file'],
  ])('ends with a status and a plain error for %j', async (args, text) => {
    const { status, stdout, stderr } = await npqProcess(args)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(text)
    expect(stderr).not.toContain('at file:')
  })

  test('names what is wrong with the configuration', async () => {
    const { status, stderr } = await npqProcess(['serve'], { ENVIRONMENT: 'production' })
    expect(status).toBe(1)
    for (const name of ['DATABASE_URL', 'TOKEN_KEY', 'PUBLIC_URL']) expect(stderr).toContain(`${name} is missing`)
  })

  test('writes the three documents', async () => {
    const out = join(await dataDirectory(), 'documents')
    expect(await npq(['openapi', '--out', out], { PUBLIC_URL: 'https://npq.example' })).toMatchObject({ status: 0 })
    for (const version of ['v1', 'v2', 'v3']) {
      const document = parse(await readFile(join(out, `${version}.yaml`), 'utf8'))
      expect(document).toMatchObject({ info: { version }, servers: [{ url: 'https://npq.example' }] })
    }
  })

  test('makes no test data in production', async () => {
    expect(await npq(['seed'], production)).toMatchObject({ status: 1, stderr: expect.stringContaining('Production holds real people only') })
  })

  test.each([
    ['', [], 'Say who acts: give your e-mail address with --as, or set NPQ_OPERATOR'],
    ['ann@example.org', ['--as', 'Ann'], 'Ann is no e-mail address'],
  ])('acts in production under an e-mail address alone (NPQ_OPERATOR=%s %j)', async (NPQ_OPERATOR, flags, text) => {
    const ran = await npq(['applications', 'reject', 'none.csv', ...flags], { ...production, NPQ_OPERATOR })
    expect(ran).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(text) })
  })
})

describe('a sandbox on the embedded database', () => {
  test('starts with a working token, and takes commands beside the running server', { timeout: 90_000 }, async () => {
    const DATA_DIR = await dataDirectory()
    const server = await serve({ DATA_DIR })
    await expect.poll(server.output, { timeout: 10_000 }).toMatch(/^curl /m)
    const [, shown = ''] = /^token: (\S+)$/m.exec(server.output()) ?? []
    expect((await list(server.url, shown)).status).toBe(200)
    expect(server.output()).toContain(`curl -g -H 'Authorization: Bearer ${shown}' '${server.url}/api/v3/`)

    const issued = await npq(['token', 'issue', '--provider', 'teach first', '--label', 'for a test'], { DATA_DIR })
    expect(issued.status).toBe(0)
    const token = issued.stdout.trim()
    expect(hasTokenForm(token, 'sandbox')).toBe(true)
    expect(issued.stderr).not.toContain(token)
    expect((await list(server.url, token)).status).toBe(200)

    const listing = await npq(['token', 'list'], { DATA_DIR })
    expect(listing.stdout).toMatch(/^2\tTeach First\tfor a test\tAdmin ann@example\.org \(token issue\)\t/m)
    expect(listing.stdout).not.toContain(token)

    const shown2 = /^Api token 2 \(for a test\)\n {2}revoked_at: - → \S+\n {2}revoked_by: - → Admin ben@example\.org \(token revoke\)\n/
    const revoke = ['token', 'revoke', '2', '--as', 'ben@example.org']
    expect(await npq(revoke, { DATA_DIR })).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(shown2),
      stderr: expect.stringContaining('no terminal to ask on. Add --yes'),
    })
    expect((await list(server.url, token)).status).toBe(200)
    expect(await npq([...revoke, '--yes'], { DATA_DIR })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\nToken 2 \(for a test\) is revoked\.\n$/),
    })
    await pause(trustedFor)
    expect((await list(server.url, token)).status).toBe(401)

    for (const [args, text] of [
      [['issue', '--provider', 'Nobody', '--label', 'x'], 'There is no lead provider Nobody'],
      [['issue', '--label', 'x'], 'needs a provider'],
      [['issue', '--provider', 'LLSE', '--label', ' '], 'needs a label'],
      [['revoke', '99'], 'There is no token 99'],
      [['revoke', '2', '--yes'], 'Token 2 (for a test) was revoked already'],
      [['revoke', 'x'], 'is not the number of a token'],
    ] as const) {
      expect(await npq(['token', ...args], { DATA_DIR })).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(text) })
    }

    expect((await npq(['token', 'list'], { DATA_DIR })).stdout).toMatch(/^2\t.*\tAdmin ben@example\.org \(token revoke\)$/m)

    expect(await server.stop()).toBe(0)
    const again = await serve({ DATA_DIR })
    expect((await list(again.url, shown)).status).toBe(200)
    await expect.poll(again.output).toContain(`token: ${shown}`)
  })
})
