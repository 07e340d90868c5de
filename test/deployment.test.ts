import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../src/config.ts'

const text = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')

/** The names of all settings that are read from the environment. */
function settings(): Set<string> {
  const read = new Set<string>()
  readConfig(
    new Proxy<Record<string, string | undefined>>(
      {},
      {
        get(_variables, name) {
          read.add(String(name))
          // settings that are read only where another is there
          return name === 'METRICS_PORT' ? '0' : undefined
        },
      },
    ),
  )
  return read
}

type Service = { environment: Record<string, string>; command?: string[]; depends_on: Record<string, { condition: string }> }

describe('the deployment', () => {
  test('has every setting in the table of docs/operations.md', async () => {
    const operations = await text('docs/operations.md')
    const documented = (name: string) => operations.includes(`\`${name.replace(/(RATE_LIMIT_\w+)_SECONDS$/, '$1')}\``)
    expect([...settings()].filter((name) => !documented(name))).toEqual([])
    const tables = operations.split('\n').filter((line) => line.startsWith('| `'))
    const told = tables.flatMap((line) => line.split('|')[1]?.match(/[A-Z][A-Z0-9_]+/g) ?? []).filter((name) => !['SIGTERM'].includes(name))
    expect(told.filter((name) => !settings().has(name))).toEqual([])
  })

  test('gives two nodes behind a proxy settings that the service knows and takes', async () => {
    const { services } = parse(await text('compose.yaml'), { merge: true }) as { services: Record<string, Service> }
    for (const name of ['node1', 'node2', 'migrate']) {
      const environment = services[name]?.environment ?? {}
      expect(Object.keys(environment).filter((setting) => !settings().has(setting))).toEqual([])
      const given = Object.fromEntries(
        Object.entries(environment).map(([setting, value]) => [
          setting,
          String(value).replace(/\$\{\w+(?::-([^}]*))?[^}]*\}/g, (_whole, standard) => standard ?? 'x'.repeat(32)),
        ]),
      )
      const config = readConfig({ ...given, ENVIRONMENT: 'production', PUBLIC_URL: 'https://npq.example' })
      expect(config.trustedProxies).toEqual(['172.30.0.0/24'])
      expect(config.redisUrl).toBe('redis://redis:6379')
    }
    expect(services['migrate']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    expect(Object.keys(services['proxy']?.depends_on ?? {})).toEqual(['node1', 'node2'])
    const nginx = await text('deploy/nginx.conf')
    expect(nginx.match(/server node\d:3000/g)).toEqual(['server node1:3000', 'server node2:3000'])
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $remote_addr;')
  })

  test('runs as no one in particular, from an image that holds all that the service reads', async () => {
    const lines = (await text('Dockerfile')).split('\n')
    expect(lines.indexOf('USER node')).toBeGreaterThan(-1)
    const copied = lines.filter((line) => line.startsWith('COPY ')).flatMap((line) => line.split(' ').slice(1, -1))
    const context = (await text('.dockerignore'))
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    expect(copied.sort()).toEqual(context.sort())
  })
})
