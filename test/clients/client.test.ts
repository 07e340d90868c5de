import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { empty, sync } from '../../examples/client/sync.ts'
import { makeApp } from '../support/app.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'
import { documents } from '../support/schemas.ts'

let app: FastifyInstance
let base: string
beforeEach(async () => {
  app = await makeApp()
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => app.close())

const instant = (text: string) => Temporal.Instant.from(text)

describe('the example client', () => {
  test('has the types that openapi-typescript makes of version 3', async () => {
    const path = createRequire(new URL('../../examples/client/package.json', import.meta.url)).resolve('openapi-typescript')
    const { default: typesOf, astToString } = await import(pathToFileURL(path).href)
    await expect(astToString(await typesOf(JSON.parse(JSON.stringify(documents.v3))))).toMatchFileSnapshot('../../examples/client/types.ts')
  })

  test('copies every page, then only what changed since the poll before the last', async () => {
    const db = await database()
    const token = await make.token(db)
    const asked: string[] = []
    const noted: typeof fetch = (url, init) => {
      asked.push(decodeURIComponent(String(url).slice(base.length)))
      return fetch(url, init)
    }
    const connection = { base, token, fetch: noted, wait: async () => {} }
    const old = await make.application(db, { created_at: instant('2026-10-01T00:00:00Z'), updated_at: instant('2026-10-01T00:00:00Z') })
    for (let count = 1; count < 305; count++) await make.application(db, { user: { id: old.user_id } })

    const first = await sync(empty, connection, new Date('2026-11-02T08:20:00Z'))
    expect(Object.keys(first.applications)).toHaveLength(305)
    const second = await sync(first, connection, new Date('2026-11-02T09:20:00Z'))
    const changed = await make.application(db, { updated_at: instant('2026-11-02T08:20:00Z') })
    const third = await sync(second, connection, new Date('2026-11-02T10:20:00Z'))

    expect(third.applications[changed.public_id]?.attributes.status).toBe('pending')
    expect(Object.keys(third.applications)).toHaveLength(306)
    expect(third.polls).toEqual(['2026-11-02T09:20:00.000Z', '2026-11-02T10:20:00.000Z'])
    const list = (page: number, since = '') => `/api/v3/npq-applications?page[page]=${page}&page[per_page]=300${since}`
    const since = '&filter[updated_since]=2026-11-02T08:20:00.000Z'
    expect(asked).toEqual([list(1), list(2), list(3), list(1), list(2), list(3), list(1, since), list(2, since)])
  })

  test('waits for as long as a 429 says, and goes on', async () => {
    const waits: number[] = []
    const answers = [new Response('', { status: 429, headers: { 'retry-after': '7' } }), new Response('', { status: 503 })]
    const connection = {
      base,
      token: await make.token(await database()),
      fetch: (async (url, init) => answers.shift() ?? fetch(url, init)) as typeof fetch,
      wait: async (milliseconds: number) => void waits.push(milliseconds),
    }
    expect((await sync(empty, connection)).applications).toEqual({})
    expect(waits).toEqual([100, 7000, 100, 4000, 100])
  })

  test('gives up on what waiting does not mend', async () => {
    const connection = { base, token: 'npq_test_none', wait: async () => {} }
    await expect(sync(empty, connection)).rejects.toThrow('/api/v3/npq-applications answered 401: {"error":"HTTP Token: Access denied"}')
  })
})
