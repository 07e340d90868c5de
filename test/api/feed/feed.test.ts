import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { attributesShowing } from '../../../src/api/feed/attributes.ts'
import { makeCursors } from '../../../src/api/feed/cursors.ts'
import { resources } from '../../../src/api/feed/representation.ts'
import { mostWaits } from '../../../src/api/feed/waiting.ts'
import type { Database, Transacting } from '../../../src/db/connect.ts'
import { changesAfter as rowsAfter } from '../../../src/domain/feed/records.ts'
import { change } from '../../../src/domain/history.ts'
import { ask, makeApp, now, testConfig, tokenKey } from '../../support/app.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'
import { changesAfter } from '../../support/provider-state.ts'

let db: Database
let app: FastifyInstance
let token: string
beforeEach(async () => {
  db = await database()
  app = await makeApp()
  token = await make.token(db)
})

const get = async (query: string, as = token, by = app) => {
  const answer = await ask(by, `/api/v3/changes${query}`, { token: as })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    code: answer.json().errors?.[0]?.code,
    data: answer.json().data,
    meta: answer.json().meta,
  }
}

/** Makes an application and lets its provider change it, which is in the feed at once. */
async function changed(provider?: string, author = 'Admin Ann (test)') {
  const application = await make.application(db, provider === undefined ? {} : { provider })
  await db.transaction().execute((trx) => rename(trx, application, author))
  return application
}

function rename(trx: Transacting, application: Awaited<ReturnType<typeof make.application>>, author = 'Admin Ann (test)') {
  return change(trx, { now, author }, 'applications', application, { employer_name: `Employer ${performance.now()}` })
}

const told = async (cursor?: string) => (await changesAfter(app, token, cursor)).changes.map(({ attributes }) => attributes.resource_id)

describe('the feed', () => {
  test('tells what changed, the oldest first, each with the cursor of its place', async () => {
    const [one, two] = [await changed(), await changed()]
    const { status, data, meta } = await get('')
    expect(status).toBe(200)
    expect(data).toMatchObject([
      {
        type: 'change',
        attributes: {
          resource_type: 'npq_application',
          resource_id: one.public_id,
          kind: 'updated',
          changed_attributes: ['employer_name', 'updated_at'],
        },
      },
      { attributes: { resource_id: two.public_id } },
    ])
    expect(new Set(data.map(({ id }: { id: string }) => id)).size).toBe(2)
    expect(meta.cursor).toBe(data[1].attributes.cursor)
    expect(await told(data[0].attributes.cursor)).toEqual([two.public_id])
    expect(await told(meta.cursor)).toEqual([])
  })

  test('goes on from the cursor of an answer that told nothing', async () => {
    const { meta } = await get('')
    const { public_id } = await changed()
    expect(await told(meta.cursor)).toEqual([public_id])
  })

  test('is read in parts', async () => {
    const made = [await changed(), await changed(), await changed()]
    const first = await get('?limit=2')
    expect(first.data).toHaveLength(2)
    const rest = await get(`?limit=2&after=${first.meta.cursor}`)
    expect([...first.data, ...rest.data].map(({ attributes }) => attributes.resource_id)).toEqual(made.map(({ public_id }) => public_id))
  })

  test('begins with `now` at what comes after', async () => {
    await changed()
    const { data, meta } = await get('?after=now')
    expect(data).toEqual([])
    const { public_id } = await changed()
    expect(await told(meta.cursor)).toEqual([public_id])
  })

  test.each([
    ['you', async (id: number) => `Lead provider ${id}`],
    ['another_provider', async (id: number) => `Lead provider ${id + 1}`],
    ['department', async () => 'Admin Ann (change)'],
    ['department', async () => 'Background job: prune'],
    ['participant', async () => 'Public User 7'],
  ])('says that %s changed it', async (who, author) => {
    await changed(undefined, await author((await make.provider(db)).id))
    expect((await get('')).data[0].attributes.changed_by).toBe(who)
  })

  test('tells nobody of what is rolled back, and has nothing of what was not changed by a verb', async () => {
    const application = await make.application(db)
    await db
      .transaction()
      .execute(async (trx) => {
        await rename(trx, application)
        throw new Error('no')
      })
      .catch(() => {})
    await db.updateTable('applications').set({ employer_name: 'imported' }).where('id', '=', application.id).execute()
    expect(await told()).toEqual([])
  })

  test('is one entry for all that a transaction did to a resource', async () => {
    const application = await make.application(db)
    await db.transaction().execute(async (trx) => {
      const renamed = await rename(trx, application)
      await change(trx, { now, author: 'Admin Ann (test)' }, 'applications', renamed, { employment_role: 'Head' })
    })
    const { data } = await get('')
    expect(data.map(({ attributes }: { attributes: { changed_attributes: string[] } }) => attributes.changed_attributes)).toEqual([
      ['employer_name', 'employment_role', 'updated_at'],
    ])
  })

  test('is not part of versions 1 and 2', async () => {
    for (const version of ['v1', 'v2']) expect((await ask(app, `/api/${version}/changes`, { token })).statusCode).toBe(404)
  })
})

describe('what cannot be answered', () => {
  const seal =
    (at: Temporal.Instant, change = {}, key = tokenKey) =>
    async () => {
      const { id } = await make.provider(db)
      const { system } = await rowsAfter(db, id, undefined, 1)
      return makeCursors(key).write(id, { position: { system, transaction: '0', id: 0, ...change }, at })
    }
  const days = (count: number) => Temporal.Now.instant().subtract({ hours: 24 * count })

  test.each<[string, () => Promise<string>, number, string]>([
    ['a made-up cursor', async () => 'abcdef', 400, 'cursor_unknown'],
    ['a cursor with a letter changed', async () => `A${(await get('')).meta.cursor.slice(1)}`, 400, 'cursor_unknown'],
    ['a cursor that is longer', async () => `${(await get('')).meta.cursor}AAAA`, 400, 'cursor_unknown'],
    ['a cursor of 10,000 characters', async () => 'A'.repeat(10_000), 400, 'cursor_unknown'],
    ['an empty cursor', async () => '', 400, 'cursor_unknown'],
    ['the cursor of another provider', async () => (await get('', await make.token(db, 'Teach First'))).meta.cursor, 400, 'cursor_unknown'],
    ['a cursor sealed with another key', seal(days(0), {}, `${tokenKey} other`), 400, 'cursor_unknown'],
    ['a cursor older than 90 days', seal(days(90).subtract({ seconds: 5 })), 410, 'cursor_expired'],
    ['the cursor of another server', seal(days(0), { system: '12' }), 410, 'cursor_expired'],
    ['a cursor from before the server was put back', seal(days(0), { transaction: '4000000000000' }), 410, 'cursor_expired'],
  ])('%s', async (_, cursor, status, code) => {
    await changed()
    expect(await get(`?after=${await cursor()}`)).toMatchObject({ status, code })
  })

  test.each(['-1', '0', '1.5', 'x', '', '9999999999999999'])('a limit of %j', async (limit) => {
    expect(await get(`?limit=${limit}`)).toMatchObject({ status: 400, code: 'limit_malformed' })
  })

  test.each(['-1', '31', '0.5', 'x', ''])('a wait of %j', async (wait) => {
    expect(await get(`?wait=${wait}`)).toMatchObject({ status: 400, code: 'wait_malformed' })
  })

  test('a limit beyond the largest is the largest, and a cursor of 89 days is good', async () => {
    await changed()
    expect((await get(`?limit=5000&after=${await seal(days(89))()}`)).data).toHaveLength(1)
  })
})

describe('waiting', () => {
  const { meta } = { meta: async () => (await get('?after=now')).meta.cursor as string }

  test('ends as soon as there is something to tell, whoever else waits', async () => {
    const cursor = await meta()
    const began = performance.now()
    const [mine, others] = [get(`?wait=20&after=${cursor}`), get('?wait=1', await make.token(db, 'Teach First'))]
    await pause(100)
    const { public_id } = await changed()
    expect((await mine).data).toMatchObject([{ attributes: { resource_id: public_id } }])
    expect(performance.now() - began).toBeLessThan(10_000)
    expect((await others).data).toEqual([])
  })

  test('ends with nothing once its time is over', async () => {
    const began = performance.now()
    expect(await get(`?wait=1&after=${await meta()}`)).toMatchObject({ status: 200, data: [] })
    expect(performance.now() - began).toBeGreaterThan(950)
  })

  test('is for a few requests of one token at once: more are 429, and others are not kept from it', async () => {
    const cursor = await meta()
    const stopping = { now: false }
    const server = await makeApp({ stopping: () => stopping.now })
    const waits = Array.from({ length: mostWaits }, () => get(`?wait=30&after=${cursor}`, token, server))
    await vi.waitFor(() => expect(server.feed.room.size()).toBe(mostWaits), { timeout: 10_000 })
    expect(await get(`?wait=30&after=${cursor}`, token, server)).toMatchObject({
      status: 429,
      code: 'too_many_waits',
      headers: { 'retry-after': '1' },
    })
    expect(await get(`?after=${cursor}`, token, server)).toMatchObject({ status: 200 })
    // a server that stops keeps nobody
    stopping.now = true
    for (const { status, data } of await Promise.all(waits)) expect([status, data]).toEqual([200, []])
    expect(await get(`?wait=30&after=${cursor}`, token, server)).toMatchObject({ status: 200 })
  })

  test('holds no connection, and asks nothing once nobody waits', async () => {
    let asked = 0
    const counted = db.withPlugin({
      transformQuery: ({ node }) => {
        asked++
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const server = await makeApp({ db: counted, config: { ...testConfig, auditRequests: false } })
    await get(`?wait=1&after=${await meta()}`, token, server)
    const before = asked
    await pause(1200)
    expect(asked).toBe(before)
  })
})

test('every attribute that a change names is one that the resource has', () => {
  for (const [resource, columns] of Object.entries(attributesShowing)) {
    const { properties } = resources[resource as keyof typeof resources].schema('v3') as unknown as {
      properties: { attributes: { properties: Record<string, unknown> } }
    }
    const known = Object.keys(properties.attributes.properties)
    expect(known, resource).toEqual(expect.arrayContaining(Object.values(columns).flat()))
    // each can be named but what no verb changes
    const never = ['created_at', 'email_validated', 'application_id', 'delivery_partner_id']
    expect(Object.values(columns).flat(), resource).toEqual(expect.arrayContaining(known.filter((name) => !never.includes(name))))
  }
})

test('it is read by the key alone', async () => {
  await changed()
  const plan = await db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    await sql`set local enable_bitmapscan = off`.execute(trx)
    return (
      await sql<{
        'QUERY PLAN': string
      }>`explain select * from changes where lead_provider_id = 1 and system = 1 and (transaction, id) > ('1'::xid8, 1)
        and transaction < (select told_before()) order by transaction, id limit 100`.execute(trx)
    ).rows.map((row) => row['QUERY PLAN'])
  })
  expect(plan.join('\n')).toMatch(/Index Scan using changes_pkey/)
  expect(plan.join('\n')).not.toMatch(/Sort|Filter/)
})

describe.runIf(onPostgres)('while a transaction is open', () => {
  test('nothing that began after it is told, and then all of it in one order, so that no cursor passes over it', async () => {
    const [slow, quick] = [await make.application(db), await make.application(db)]
    const begun = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const open = db.transaction().execute(async (trx) => {
      await rename(trx, slow)
      begun.resolve()
      await release.promise
    })
    await begun.promise
    await db.transaction().execute((trx) => rename(trx, quick))
    const before = await changesAfter(app, token)
    expect(before.changes).toEqual([])
    release.resolve()
    await open
    expect(await told(before.cursor)).toEqual([slow.public_id, quick.public_id])
  })
})
