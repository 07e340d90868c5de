import { spawnSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { asYaml, documentOf } from '../../src/api/openapi.ts'
import { standingAt } from '../../src/clock.ts'
import { makeSandbox } from '../../src/sandbox-api/index.ts'
import { now, tokenKey } from '../support/app.ts'
import { operationsIn, wrongExamples } from '../support/schemas.ts'

const { surface } = makeSandbox({ environment: 'sandbox', tokenKey, clock: standingAt(now) })
const document = documentOf(surface, 'https://npq.example')

describe('the OpenAPI document of the sandbox', () => {
  test('is as it was reviewed', async () => {
    await expect(asYaml(document)).toMatchFileSnapshot('../api/snapshots/sandbox.yaml')
  })

  test('passes the rules that Redocly recommends', async () => {
    const file = join(await mkdtemp(join(inject('folder'), 'sandbox-document-')), 'sandbox.yaml')
    await writeFile(file, asYaml(document))
    const cli = new URL('../../node_modules/@redocly/cli/bin/cli.js', import.meta.url).pathname
    const config = new URL('../../redocly.yaml', import.meta.url).pathname
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'lint', '--config', config, file], {
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    })
    expect(`${stdout}${stderr}`).not.toMatch(/\d+ (warning|error)/)
    expect(status).toBe(0)
  })

  test('has an example of every body, answer and parameter, which its own schema takes', () => {
    expect(wrongExamples(document)).toEqual([])
  })

  test('says of every operation what it is, and which answers it gives', () => {
    for (const [name, { summary, responses, requestBody }] of operationsIn(document)) {
      expect(summary, name).toMatch(/^[A-Z].*[^.]$/)
      const expected = ['200', '401', '429', '500', '503', ...(requestBody ? ['400', '413', '422'] : [])]
      expect(Object.keys(responses), name).toEqual(expect.arrayContaining(expected))
    }
  })
})
