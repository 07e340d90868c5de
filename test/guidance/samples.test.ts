import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeApp } from '../support/app.ts'
import { faults, operationsOf } from '../support/schemas.ts'
import { allPages, html, texts } from '../support/site.ts'

const content = new URL('../../content/', import.meta.url).pathname
const samples = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...readFileSync(content + name, 'utf8').matchAll(/^```json (\w+) (\S+)\n(.*?)^```/gms)].map(
      ([, method, path, body = '']) => [name, `${method} /api/v3${path}`, body] as const,
    ),
  )

describe('the JSON of the guidance', () => {
  test.each(samples)('in %s is a body that %s takes', (_name, operation, body) => {
    const schema = operationsOf('v3').get(operation)?.requestBody?.content['application/json']?.schema
    expect(schema && faults('v3', schema, JSON.parse(body))).toEqual([])
  })

  test('parses, and is about nobody real', async () => {
    const app = await makeApp()
    for (const path of allPages) {
      const blocks = (await html(app, path)).match(/<pre class="highlight json".*?<\/pre>/gs) ?? []
      for (const block of blocks) {
        const text = texts(block, 'code')[0] ?? ''
        expect(() => JSON.parse(text), `${path}: ${text}`).not.toThrow()
        for (const [, address] of text.matchAll(/"[^"@]+@([^"]+)"/g)) expect(address).toMatch(/\.example$/)
      }
    }
  })
})
