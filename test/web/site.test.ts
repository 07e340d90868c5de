import nunjucks from 'nunjucks'
import { expect, test, vi } from 'vitest'
import { memoryWindows } from '../../src/api/rate-limit/memory-windows.ts'
import { readConfig } from '../../src/config.ts'
import { siteOf } from '../../src/web/site.ts'
import type { makeTemplates } from '../../src/web/templates.ts'
import { ask, makeApp, tokenKey } from '../support/app.ts'
import { allPages } from '../support/site.ts'

const config = readConfig({
  ENVIRONMENT: 'production',
  HOST: '192.0.2.77',
  PUBLIC_URL: 'https://npq.example',
  TOKEN_KEY: `key-${'secret'.repeat(6)}`,
  DATABASE_URL: 'postgres://npq:database-secret@database.internal:5432/npq',
  REDIS_URL: 'redis://:redis-secret@redis.internal:6379',
  DATA_DIR: '/srv/private-folder',
  CONTRACTS_TEAM_EMAIL: 'contracts-team@private.example',
  TRUSTED_PROXIES: '198.51.100.0/24',
  METRICS_HOST: '192.0.2.78',
  GIT_COMMIT_SHA: 'c0ffee1234567890',
})
const shown = siteOf(config)
const hidden = Object.entries(config)
  .filter(([name]) => !Object.hasOwn(shown, name))
  .flatMap(([, value]) => [value].flat())
  .filter((value) => typeof value === 'string' && value.length > 7)

test('nothing that templates and pages can reach holds a setting that they do not show', async () => {
  const given: unknown[] = []
  const note = (template: nunjucks.Environment, context: unknown) => given.push(template, context)
  const { render, renderString } = nunjucks.Environment.prototype
  const spies = [
    vi.spyOn(nunjucks.Environment.prototype, 'render').mockImplementation(function (this: nunjucks.Environment, ...args: [string]) {
      note(this, args[1 as 0])
      return render.apply(this, args)
    }),
    vi.spyOn(nunjucks.Environment.prototype, 'renderString').mockImplementation(function (this: nunjucks.Environment, ...args) {
      note(this, args[1])
      return renderString.apply(this, args)
    }),
  ]
  try {
    const app = await makeApp({ config, tokenKey, windows: memoryWindows() })
    for (const path of [...allPages, '/nothing']) await ask(app, path)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  const found = textsIn(given)
  expect(found).toContain(config.supportEmail)
  expect(hidden).toEqual(expect.arrayContaining([config.tokenKey, config.databaseUrl, config.redisUrl]))
  for (const secret of hidden) expect(found.filter((text) => text.includes(secret as string))).toEqual([])
})

test('templates take no whole configuration', () => {
  // @ts-expect-error the type of what pages show can hold no secret
  const refused: Parameters<typeof makeTemplates>[0] = config
  expect(Object.keys(siteOf(refused as never)).sort()).toEqual(Object.keys(shown).sort())
})

/** Every text in the values, at any depth, names and the fields of functions and classes included. */
function textsIn(values: unknown): string[] {
  const seen = new Set<object>()
  const texts = new Set<string>()
  const waiting: unknown[] = [values]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') texts.add(value)
    const isWalked = (typeof value === 'object' && value !== null) || typeof value === 'function'
    if (!isWalked || seen.has(value)) continue
    seen.add(value)
    if (value instanceof Map || value instanceof Set) waiting.push(...value)
    for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value))) waiting.push(inner)
    waiting.push(...Object.keys(value))
  }
  return [...texts]
}
