import { beforeEach, describe, expect, test } from 'vitest'
import { mailSender } from '../../src/cli/send-mail.ts'
import type { Database } from '../../src/db/connect.ts'
import type { Letter } from '../../src/jobs/mail.ts'
import { mostAttempts } from '../../src/jobs/queue.ts'
import { queueDaily } from '../../src/jobs/schedule.ts'
import { type WorkerParts, workOnce } from '../../src/jobs/worker.ts'
import { database, onPostgres } from '../support/database.ts'
import * as make from '../support/make.ts'

let db: Database
let lines: string[]
let parts: WorkerParts
beforeEach(async () => {
  db = await database()
  lines = []
  const note = (facts: object, message: string) => lines.push(`${message} ${JSON.stringify(facts)}`)
  parts = { db, log: { info: note, warn: note, error: note }, send: async () => {} }
})
const soon = () =>
  db
    .updateTable('jobs')
    .set({ run_at: Temporal.Instant.from('2020-01-01T00:00Z') })
    .where('finished_at', 'is', null)
    .execute()
const queue = (kind: string, payload: object = {}) => make.insert(db, 'jobs', { kind, payload: JSON.stringify(payload) })

describe('the worker', () => {
  test('pays what was authorised, and finds nothing to do the second time', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    for (let time = 0; time < 2; time++) {
      await queue('mark statement paid', { statementId: statement.id })
      await workOnce(parts)
    }
    expect(await db.selectFrom('statements').select('state').execute()).toEqual([{ state: 'paid' }])
    expect(lines).toEqual([expect.stringContaining('not waiting to be paid')])
    expect(await db.selectFrom('jobs').select('id').where('finished_at', 'is', null).execute()).toEqual([])
  })

  test('tries a job that fails again, and gives it up after the last attempt, keeping why', async () => {
    await queue('mark statement paid', { statementId: 'none' })
    for (let attempt = 1; attempt <= mostAttempts + 1; attempt++) {
      await soon()
      await workOnce(parts)
    }
    const [job] = await db.selectFrom('jobs').selectAll().where('kind', '=', 'mark statement paid').execute()
    expect(job).toMatchObject({ attempts: mostAttempts, finished_at: null, failed_at: expect.any(Temporal.Instant), last_error: expect.any(String) })
  })

  test('leaves a job of a kind that it does not know', async () => {
    await queue('allocate TRN', { userId: 1 })
    await workOnce(parts)
    expect(await db.selectFrom('jobs').select(['attempts', 'failed_at']).where('kind', '=', 'allocate TRN').execute()).toEqual([
      { attempts: 0, failed_at: null },
    ])
  })

  test('queues what comes round daily once a day, whoever asks', async () => {
    for (const moment of ['2026-11-02T00:00:01Z', '2026-11-02T23:00:00Z', '2026-11-03T05:00:00Z']) await queueDaily(db, Temporal.Instant.from(moment))
    expect((await db.selectFrom('jobs').select('key').orderBy('id').execute()).map(({ key }) => key)).toEqual([
      'mark statements payable 2026-11-02',
      'mark statements payable 2026-11-03',
    ])
  })

  test('closes statements whose deadline has passed', async () => {
    await make.statement(db, { year: 2022, month: 3, deadline_date: Temporal.PlainDate.from('2022-02-25'), payment_date: null })
    await workOnce(parts)
    expect(await db.selectFrom('statements').select('state').execute()).toEqual([{ state: 'payable' }])
  })

  test.runIf(onPostgres)('shares its work with others: each job is carried out once', async () => {
    for (let number = 0; number < 40; number++) await queue('alert operators', { number })
    await Promise.all([1, 2, 3, 4].map(() => workOnce(parts)))
    const numbers = lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))).number).sort((one, other) => one - other)
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, number) => number))
  })
})

describe('letters', () => {
  const letter = { template: 'application accepted', recipient: 'p@school.example', personalisation: JSON.stringify({ full_name: 'P' }) }

  test('are sent once, and again later where the mail service did not take them', async () => {
    await make.insert(db, 'mails', letter)
    const sent: Letter[] = []
    let broken = true
    const send = async (given: Letter) => {
      if (broken) throw new Error('the service is down')
      sent.push(given)
    }
    await workOnce({ ...parts, send })
    expect(await db.selectFrom('mails').select(['attempts', 'sent_at', 'last_error']).execute()).toEqual([
      { attempts: 1, sent_at: null, last_error: 'the service is down' },
    ])
    broken = false
    await db
      .updateTable('mails')
      .set({ next_attempt_at: Temporal.Instant.from('2020-01-01T00:00Z') })
      .execute()
    for (let time = 0; time < 2; time++) await workOnce({ ...parts, send })
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ template: 'application accepted', recipient: 'p@school.example', personalisation: { full_name: 'P' } })
  })

  test('wait in production, and go to nobody elsewhere, where the log tells neither whom nor what', async () => {
    await make.insert(db, 'mails', letter)
    await workOnce({ ...parts, send: mailSender({ environment: 'production' }, parts.log) })
    expect(await db.selectFrom('mails').select('sent_at').execute()).toEqual([{ sent_at: null }])
    await workOnce({ ...parts, send: mailSender({ environment: 'sandbox' }, parts.log) })
    expect(await db.selectFrom('mails').select('sent_at').execute()).toEqual([{ sent_at: expect.any(Temporal.Instant) }])
    expect(lines.join()).toContain('application accepted')
    expect(lines.join()).not.toContain('p@school.example')
  })
})
