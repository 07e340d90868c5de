import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { ask, now } from '../support/app.ts'
import { database, onPostgres } from '../support/database.ts'
import { impossible } from '../support/declarations.ts'
import { makeSandboxApp, sandboxToken } from '../support/sandbox.ts'

let db: Database
let app: FastifyInstance
beforeEach(async () => {
  db = await database()
  app = await makeSandboxApp()
})

const post = (path: string, token: string, attributes?: object) =>
  ask(app, `/api/sandbox${path}`, { token, method: 'POST', ...(attributes && { body: { data: { attributes } } }) })

describe('a reset', { timeout: 120_000 }, () => {
  test('puts data and day back, by the API alone, as often as it is asked for', async () => {
    await seed(db, now)
    const token = await sandboxToken(db, 'Teach First')
    const before = await held(db, 'Teach First')
    for (const path of ['/scenarios/declaration-paid', '/scenarios/accept-course-accepted-elsewhere'])
      expect((await post(path, token)).statusCode).toBe(200)
    expect((await post('/applications', token, { count: 5 })).statusCode).toBe(200)
    expect((await post('/clock', token, { day: '2027-03-01' })).statusCode).toBe(200)
    expect(await held(db, 'Teach First')).not.toEqual(before)
    const reset = await post('/reset', token)
    expect([reset.statusCode, reset.json().data.attributes]).toEqual([200, expect.objectContaining({ day: '2026-11-02', days_ahead: 0 })])
    expect(await held(db, 'Teach First')).toEqual(before)
    expect((await post('/reset', token)).statusCode).toBe(200)
    expect(await held(db, 'Teach First')).toEqual(before)
    expect(await impossible(db)).toEqual([])
  })

  test('is refused in a sandbox that does not know what it began with', async () => {
    const refused = await post('/reset', await sandboxToken(db))
    expect([refused.statusCode, refused.json().errors[0].code]).toEqual([422, 'nothing_to_reset'])
  })
})

// `SANDBOX_SECONDS` has the providers go on for that long
const seconds = Number(process.env['SANDBOX_SECONDS'] ?? 0)

describe.runIf(onPostgres)('several providers at once', { timeout: 1000 * seconds + 180_000 }, () => {
  test('move their days, make situations and reset as if each were alone', async () => {
    await seed(db, now)
    const names = (
      await db
        .selectFrom('lead_providers')
        .innerJoin('offerings', 'offerings.lead_provider_id', 'lead_providers.id')
        .select('name')
        .distinct()
        .orderBy('name')
        .limit(8)
        .execute()
    ).map(({ name }) => name)
    const before = await Promise.all(names.map((name) => held(db, name)))
    const tokens = new Map<string, string>()
    for (const name of names) tokens.set(name, await sandboxToken(db, name))
    const ends = performance.now() + 1000 * seconds
    do {
      const answers = await Promise.all(
        names.map(async (name) => {
          const token = tokens.get(name) ?? ''
          const statuses: number[] = []
          for (const scenario of [
            'declaration-eligible',
            'accept-course-accepted-elsewhere',
            'void-declared-by-another-provider',
            'participant-id-changed',
          ]) {
            statuses.push((await post(`/scenarios/${scenario}`, token)).statusCode)
          }
          statuses.push((await post('/clock', token, { day: '2027-02-20' })).statusCode)
          statuses.push((await post('/applications', token, { count: 20 })).statusCode)
          // two at once, of which none is half of it
          statuses.push(...(await Promise.all([post('/reset', token), post('/reset', token)])).map(({ statusCode }) => statusCode))
          return statuses
        }),
      )
      expect(answers.flat().filter((status) => status !== 200)).toEqual([])
      expect(await Promise.all(names.map((name) => held(db, name)))).toEqual(before)
      expect(await impossible(db)).toEqual([])
    } while (performance.now() < ends)
  })
})

/** What a provider has, as a hash of each table. */
async function held(database: Database, name: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for (const table of ['applications', 'declarations', 'statements', 'application_states'] as const) {
    const { rows } = await sql<{ hash: string }>`select md5(string_agg((to_jsonb(each) - 'id')::text, '|' order by to_jsonb(each) - 'id')) as hash
      from ${sql.table(table)} as each join lead_providers on lead_providers.id = lead_provider_id where name = ${name}`.execute(database)
    hashes[table] = rows[0]?.hash ?? ''
  }
  return hashes
}
