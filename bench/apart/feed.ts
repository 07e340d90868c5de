// What the feed costs: a write with and without it, and following it beside polling the lists for what changed since two polls ago, at ten
// providers. Processor time of the service and of its one connection to the database together.
//   npm run bench:feed [-- seconds-of-a-window]      on the PostgreSQL server of TEST_DATABASE_URL
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { loadReference } from '../../src/domain/reference/load.ts'
import { hashToken, makeToken } from '../../src/domain/tokens/token.ts'
import { referenceFacts } from '../../src/reference-files.ts'

const window = Number(process.argv[2] ?? 30)
const providers = 10
const people = 1000
const writesInRound = 200
const rounds = 6
const changesInWindow = 3

const url = new URL(process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres')
const name = `npq_bench_feed_${process.pid}`
const admin = new pg.Client({ connectionString: url.href })
await admin.connect()
await admin.query(`create database ${name}`)
url.pathname = `/${name}`
// one connection, so that one process of the server does all of it
const { db, close } = await connect({ databaseUrl: url.href, dataDirectory: '', poolSize: 1 })
const tokenKey = 'a key that only this measurement has'
const config = readConfig({
  ENVIRONMENT: 'test',
  TOKEN_KEY: tokenKey,
  AUDIT_REQUESTS: 'false',
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_EVERYTHING: '1000000',
})
const say = (text: string) => process.stdout.write(`${text}\n`)

try {
  await migrate(db)
  await loadReference(db, await referenceFacts(), { production: false })
  await sql
    .raw(`
    insert into users (full_name, email, trn, trn_verified)
      select 'Person ' || n, 'person.' || n || '@school.example', (1000000 + n)::text, true from generate_series(1, ${providers * people}) n;
    insert into applications (user_id, course_id, lead_provider_id, cohort_id, lead_provider_approval_status, eligible_for_funding, created_at, updated_at)
      select id, (select id from courses where identifier = 'npq-headship'), 1 + id % ${providers},
        (select id from cohorts where identifier = '2023a'), 'pending', true, now() - interval '30 days', now() - interval '30 days' from users;
    analyze`)
    .execute(db)
  const app = await buildApp({ config, db, tokenKey, log: false })
  const tokens = await Promise.all(Array.from({ length: providers }, (_, index) => issue(index + 1)))

  say(`${rounds} rounds of ${writesInRound} acceptances, with the feed and without`)
  const applications = await db.selectFrom('applications').select(['public_id', 'lead_provider_id']).orderBy('id').execute()
  let next = 0
  const acceptSome = async (count: number) => {
    for (let done = 0; done < count; done++, next++) {
      const { public_id, lead_provider_id } = applications[next] ?? { public_id: '', lead_provider_id: 0 }
      await ask(app, `/api/v3/npq-applications/${public_id}/accept`, tokens[lead_provider_id - 1] ?? '', 'POST')
    }
  }
  await acceptSome(400)
  const spent = { with: 0, without: 0 }
  for (let round = 0; round < rounds; round++) {
    for (const kind of round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
      await sql.raw(`alter table versions ${kind === 'with' ? 'enable' : 'disable'} trigger versions_write_changes`).execute(db)
      await acceptSome(10)
      spent[kind] += await processorTime(() => acceptSome(writesInRound))
    }
  }
  const each = (milliseconds: number) => milliseconds / (rounds * writesInRound)
  say(
    `  without ${each(spent.without).toFixed(2)} ms each, with ${each(spent.with).toFixed(2)} ms each: ${percent(spent.with / spent.without - 1)} more`,
  )
  await sql.raw('alter table versions enable trigger versions_write_changes').execute(db)

  // what was accepted above lies before every window
  await sql
    .raw('alter table applications disable trigger user; alter table users disable trigger user; alter table participations disable trigger user')
    .execute(db)
  for (const [table, column] of [
    ['applications', 'shown_updated_at'],
    ['applications', 'updated_at'],
    ['users', 'significantly_updated_at'],
    ['participations', 'changed_at'],
  ]) {
    await sql.raw(`update ${table} set ${column} = now() - interval '30 days'`).execute(db)
  }
  await sql
    .raw(
      'alter table applications enable trigger user; alter table users enable trigger user; alter table participations enable trigger user; analyze',
    )
    .execute(db)

  for (const changes of [0, changesInWindow]) {
    say(`${providers} providers, a window of ${window} s with ${changes} changes of each`)
    const cursors = await Promise.all(tokens.map(async (token) => (await ask(app, '/api/v3/changes?after=now', token)).meta.cursor))
    const write = () => acceptSome(changes * providers)
    const writing = changes === 0 ? 0 : await processorTime(write)
    const following = await processorTime(async () => {
      await Promise.all(tokens.map((token, index) => follow(app, token, cursors[index] ?? '', window)))
      // who was told something at once waits for the rest of the window
      if (changes > 0)
        await Promise.all(
          tokens.map(async (token) =>
            ask(app, `/api/v3/changes?after=${(await ask(app, '/api/v3/changes?after=now', token)).meta.cursor}&wait=${window}`, token),
          ),
        )
    })
    const since = Temporal.Now.instant()
      .subtract({ seconds: 2 * window })
      .toString({ smallestUnit: 'second' })
    const polling = await processorTime(async () => {
      for (const token of tokens) await poll(app, token, since)
    })
    const idle = await processorTime(() => pause(window * 1000))
    say(
      `  polling ${polling.toFixed(0)} ms, following ${following.toFixed(0)} ms (the process at rest ${idle.toFixed(0)} ms): ${percent(Math.max(0, following - idle) / polling)}`,
    )
    if (changes > 0) say(`  the changes themselves ${writing.toFixed(0)} ms`)
  }
  await app.close()
} finally {
  await close()
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
}

async function issue(providerId: number): Promise<string> {
  const token = makeToken('test')
  const row = { hashed_token: hashToken(token, tokenKey), label: 'bench', issued_by: 'bench', lead_provider_id: providerId }
  await db.insertInto('api_tokens').values(row).execute()
  return token
}

async function ask(app: FastifyInstance, path: string, token: string, method: 'GET' | 'POST' = 'GET') {
  const answer = await app.inject({ method, url: path, headers: { authorization: `Bearer ${token}` } })
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`)
  return answer.json()
}

/** Asks for what came after a cursor, and for each resource that changed. */
async function follow(app: FastifyInstance, token: string, cursor: string, wait: number): Promise<void> {
  const { data } = await ask(app, `/api/v3/changes?after=${cursor}&wait=${wait}`, token)
  for (const { attributes } of data) {
    const path = attributes.resource_type === 'npq_application' ? 'npq-applications' : 'participants/npq'
    await ask(app, `/api/v3/${path}/${attributes.resource_id}`, token)
  }
}

async function poll(app: FastifyInstance, token: string, since: string): Promise<void> {
  for (const list of ['npq-applications', 'participants/npq', 'participant-declarations', 'statements']) {
    await ask(app, `/api/v3/${list}?filter[updated_since]=${since}&page[per_page]=3000`, token)
  }
  await ask(app, `/api/v3/participants/npq/outcomes?filter[created_since]=${since}&page[per_page]=3000`, token)
  await ask(app, '/api/v3/delivery-partners?page[per_page]=3000', token)
}

/** Milliseconds of processor time that work takes, here and in the database. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = [await databaseTime(), process.cpuUsage()] as const
  await work()
  const own = process.cpuUsage(before[1])
  return (own.user + own.system) / 1000 + (await databaseTime()) - before[0]
}

/** Milliseconds that the server's process for our connection has used: it is on this machine. */
async function databaseTime(): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  const fields = readFileSync(`/proc/${rows[0]?.pid}/schedstat`, 'utf8').split(' ')
  return Number(fields[0]) / 1e6
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
