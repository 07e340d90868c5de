import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/db/connect.ts'
import { prune, type Retention } from '../../src/domain/retention.ts'
import { database } from '../support/database.ts'
import * as make from '../support/make.ts'

const now = Temporal.Instant.from('2026-11-20T02:30:00Z')
const retention: Retention = { finishedJobs: 40, sentLetters: 50, requestAudits: 60, keptAnswers: 1, changes: 70 }
const daysAgo = (days: number) => now.subtract({ hours: 24 * days })
const signal = new AbortController().signal

let db: Database
beforeEach(async () => {
  db = await database()
})

function job(
  kind: 'alert operators' | 'send letter',
  values: { finished_at?: Temporal.Instant; failed_at?: Temporal.Instant; run_at?: Temporal.Instant },
) {
  return make.insert(db, 'jobs', { kind, payload: '{}', ...values })
}

function audit(created_at: Temporal.Instant) {
  const json = { request_headers: '{}', response_headers: '{}', response_body: '{}' }
  const request = { request_id: 'r', request_method: 'GET', request_path: '/', status_code: 200 }
  return db
    .insertInto('api_request_audits')
    .values({ ...json, ...request, lead_provider_id: 1, lead_provider: 'One', created_at })
    .execute()
}

async function answer(key: string, created_at: Temporal.Instant) {
  const { id } = await make.provider(db)
  await db.insertInto('kept_answers').values({ lead_provider_id: id, key, request: 'r', status: 200, body: '{}', created_at }).execute()
}

async function changed(created_at: Temporal.Instant) {
  await sql`insert into changes (lead_provider_id, system, transaction, resource, resource_id, kind, columns, created_at)
    values (1, 1, '1', 'application', gen_random_uuid(), 'created', '{}', ${created_at})`.execute(db)
}

const kept = async () => ({
  jobs: (await db.selectFrom('jobs').select('id').orderBy('id').execute()).map(({ id }) => id),
  audits: (await db.selectFrom('api_request_audits').select('created_at').orderBy('created_at').execute()).map(({ created_at }) =>
    created_at.toString(),
  ),
  changes: (await db.selectFrom('changes').select('created_at').execute()).map(({ created_at }) => created_at.toString()),
  answers: (await db.selectFrom('kept_answers').select('key').execute()).map(({ key }) => key),
})

test('finished jobs, sent letters, audits of requests, answers under keys and changes go once they were kept for so many days, each by its own setting, changes a day later', async () => {
  const { id: young } = await job('alert operators', { finished_at: daysAgo(40) })
  await job('alert operators', { finished_at: daysAgo(40).subtract({ seconds: 1 }) })
  const { id: youngLetter } = await job('send letter', { finished_at: daysAgo(50) })
  await job('send letter', { finished_at: daysAgo(50).subtract({ seconds: 1 }) })
  for (const at of [daysAgo(60), daysAgo(60).subtract({ seconds: 1 })]) await audit(at)
  for (const at of [daysAgo(71), daysAgo(71).subtract({ seconds: 1 })]) await changed(at)
  await answer('young', daysAgo(1))
  await answer('old', daysAgo(1).subtract({ seconds: 1 }))
  expect(await prune(db, { now, retention, signal })).toEqual({ finishedJobs: 1, sentLetters: 1, requestAudits: 1, keptAnswers: 1, changes: 1 })
  expect(await kept()).toEqual({
    jobs: [young, youngLetter],
    audits: [daysAgo(60).toString()],
    answers: ['young'],
    changes: [daysAgo(71).toString()],
  })
})

test('what waits or was given up is never pruned, nor is any history', async () => {
  const waiting = await job('alert operators', { run_at: daysAgo(1000) })
  const failed = await job('send letter', { run_at: daysAgo(1000), failed_at: daysAgo(1000) })
  await sql`insert into versions (item_type, item_id, event, created_at) values ('Statement', 1, 'update', ${daysAgo(10_000)})`.execute(db)
  await sql`insert into financial_change_logs (operation_description, data_changes, created_at) values ('Authorise payment', '{"a": 1}', ${daysAgo(10_000)})`.execute(
    db,
  )
  expect(await prune(db, { now, retention, signal })).toEqual({ finishedJobs: 0, sentLetters: 0, requestAudits: 0, keptAnswers: 0, changes: 0 })
  expect((await kept()).jobs).toEqual([waiting.id, failed.id])
  expect(await db.selectFrom('versions').select('id').execute()).toHaveLength(1)
  expect(await db.selectFrom('financial_change_logs').select('id').execute()).toHaveLength(1)
})

test('much goes in portions, each by an index, and stops between them when told to', async () => {
  await sql`insert into jobs (kind, finished_at) select 'alert operators', ${daysAgo(41)} from generate_series(1, 2500)`.execute(db)
  const stop = new AbortController()
  stop.abort(new Error('stopped'))
  await expect(prune(db, { now, retention, signal: stop.signal })).rejects.toThrow('stopped')
  expect((await kept()).jobs).toHaveLength(2500)
  expect(await prune(db, { now, retention, signal })).toMatchObject({ finishedJobs: 2500 })
  expect((await kept()).jobs).toEqual([])
})

test.each([
  ['jobs_finished', sql`select ctid from jobs where finished_at < now() and kind <> 'send letter' order by finished_at limit 1000`],
  ['letters_sent', sql`select ctid from jobs where finished_at < now() and kind = 'send letter' order by finished_at limit 1000`],
  ['kept_answers_by_time', sql`select ctid from kept_answers where created_at < now() and true order by created_at limit 1000`],
  ['changes_by_time', sql`select ctid from changes where created_at < now() and true order by created_at limit 1000`],
  ['api_request_audits_by_time', sql`select ctid from api_request_audits where created_at < now() and true order by created_at limit 1000`],
])('the index %s serves a portion', async (index, query) => {
  const plan = await db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    await sql`set local enable_sort = off`.execute(trx)
    return (await sql`explain ${query}`.execute(trx)).rows
  })
  expect(JSON.stringify(plan)).toContain(index)
})
