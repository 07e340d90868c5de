import { spawn } from 'node:child_process'
import { sql } from 'kysely'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { connectedServices, mailSender } from '../../src/cli/send-mail.ts'
import { standingAt } from '../../src/clock.ts'
import type { Database } from '../../src/db/connect.ts'
import type { NewRowOf } from '../../src/db/schema.ts'
import { waitingReason } from '../../src/domain/job-kinds.ts'
import { failedPayment, unfinishedJobs } from '../../src/domain/jobs/records.ts'
import { retryJob } from '../../src/domain/jobs/retry.ts'
import { mostAttempts, pauseAfter } from '../../src/jobs/retries.ts'
import { queueRecurring } from '../../src/jobs/schedule.ts'
import type { Letter } from '../../src/jobs/work.ts'
import { type WorkerParts, workOnce, workUntil } from '../../src/jobs/worker.ts'
import { database, databaseUrl, onPostgres } from '../support/database.ts'
import { letters } from '../support/jobs.ts'
import * as make from '../support/make.ts'
import { breakStatement, statesOn } from '../support/statements.ts'
import { untilWaiting } from '../support/waiting.ts'

let db: Database
let lines: string[]
let parts: WorkerParts
const at = (moment: string) => ({ clock: standingAt(Temporal.Instant.from(moment)) })
const retention = { finishedJobs: 90, sentLetters: 90, requestAudits: 90, keptAnswers: 1, changes: 90 }
const byAnn = { now: Temporal.Instant.from('2026-12-01T00:00Z'), author: 'Admin ann@example.org (job retry)' }
beforeEach(async () => {
  db = await database()
  lines = []
  const note = (facts: object, message: string) => lines.push(`${message} ${JSON.stringify(facts)}`)
  parts = {
    db,
    log: { info: note, warn: note, error: note },
    config: { environment: 'test', contractsTeamEmail: 'contracts@team.example', retention },
    send: async () => {},
    ...at('2026-11-20T12:00Z'),
  }
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

  test('names in the history who authorised what it pays', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    const authorisedBy = 'Admin ann@example.org (statement authorise)'
    await queue('mark statement paid', { statementId: statement.id, authorisedBy })
    await workOnce(parts)
    expect(await db.selectFrom('versions').select('whodunnit').where('item_type', '=', 'Statement').execute()).toEqual([
      { whodunnit: `Background job: mark statement paid, authorised by ${authorisedBy}` },
    ])
  })

  test('tries a job that fails again, and gives it up after the last attempt, keeping why and calling for a person', async () => {
    await queue('mark statement paid', { statementId: 'none' })
    for (let attempt = 1; attempt <= mostAttempts + 1; attempt++) {
      await soon()
      await workOnce(parts)
    }
    const [job] = await db.selectFrom('jobs').selectAll().where('kind', '=', 'mark statement paid').execute()
    expect(job).toMatchObject({ attempts: mostAttempts, finished_at: null, failed_at: expect.any(Temporal.Instant), last_error: expect.any(String) })
    expect(lines.filter((line) => line.includes('"alert":true'))).toEqual([expect.stringContaining('the job failed for good')])
  })

  test('gives up a job whose worker died at the last attempt', async () => {
    const { id } = await queue('mark statement paid', { statementId: 1 })
    await db.updateTable('jobs').set({ attempts: mostAttempts }).execute()
    await soon()
    await workOnce(parts)
    expect(await unfinishedJobs(db, { failed: true }, 10)).toMatchObject([
      { id, attempts: mostAttempts, last_error: expect.stringContaining('ended') },
    ])
    expect(lines).toEqual([expect.stringContaining('"alert":true')])
  })

  test.runIf(onPostgres)('stops what takes too long, and tries it again', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    await queue('mark statement paid', { statementId: statement.id })
    const holding = await db.startTransaction().execute()
    await holding.selectFrom('statements').selectAll().forUpdate().execute()
    await workOnce({ ...parts, times: { longestRun: 200 } })
    await holding.rollback().execute()
    expect(await unfinishedJobs(db, { failed: false }, 10)).toMatchObject([{ attempts: 1, last_error: 'The run took too long and was stopped.' }])
    await soon()
    await workOnce(parts)
    expect(await db.selectFrom('statements').select('state').execute()).toEqual([{ state: 'paid' }])
  })

  test.runIf(onPostgres)('does not pay again, nor speak of it, what another worker took over while it was silent', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    const { id } = await queue('mark statement paid', { statementId: statement.id })
    const holding = await db.startTransaction().execute()
    await holding.selectFrom('statements').selectAll().forUpdate().execute()
    const silent = workOnce({ ...parts, times: { beat: 3_600_000 } })
    await untilWaiting(db)
    await soon()
    const other = workOnce(parts)
    await untilWaiting(db, 2)
    await holding.rollback().execute()
    await Promise.all([silent, other])
    const history = await db.selectFrom('versions').select('item_type').where('item_type', '=', 'Statement').execute()
    expect(history).toHaveLength(1)
    expect(
      await db.selectFrom('jobs').select(['attempts', 'last_error']).where('id', '=', id).where('finished_at', 'is not', null).execute(),
    ).toEqual([{ attempts: 2, last_error: null }])
    expect(lines.filter((line) => line.includes('taken the job over'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('not waiting to be paid'))).toHaveLength(1)
  })

  test.runIf(onPostgres)(
    'that is killed with a payment in hand leaves it to the others as soon as its lease ends',
    { timeout: 120_000 },
    async () => {
      const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
      const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'payable' })
      await make.item(db, { statement, declaration })
      const { id } = await queue('mark statement paid', { statementId: statement.id })
      const job = () => db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      const holding = await db.startTransaction().execute()
      await holding.selectFrom('statements').selectAll().forUpdate().execute()
      const script = new URL('../support/work-until-killed.ts', import.meta.url).pathname
      const child = spawn(process.execPath, [script, await databaseUrl(), '3000', '200'], { stdio: ['ignore', 'ignore', 'inherit'] })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await untilWaiting(db)
      const taken = await job()
      await vi.waitUntil(async () => Temporal.Instant.compare((await job()).run_at, taken.run_at) > 0, { timeout: 60_000 })
      child.kill('SIGKILL')
      await ended
      const { rows } = await sql<{
        left: number
      }>`select extract(epoch from run_at - clock_timestamp())::float as left from jobs where id = ${id}`.execute(db)
      expect(rows[0]?.left).toBeLessThanOrEqual(3)
      await holding.rollback().execute()

      await vi.waitUntil(
        async () => {
          await workOnce(parts)
          return (await job()).finished_at !== null
        },
        { timeout: 60_000, interval: 50 },
      )
      expect(await job()).toMatchObject({ attempts: 2, last_error: null })
      expect(await statesOn(db, statement)).toEqual(['paid'])
      const history = await db.selectFrom('versions').select('item_type').orderBy('item_type').execute()
      expect(history.map(({ item_type }) => item_type)).toEqual(['Declaration', 'Statement', 'StatementItem'])
    },
  )

  test.each(['allocate TRN', 'a kind of a later version'])('keeps %s waiting, untried and without alarm', async (kind) => {
    await queue(kind, { userId: 1 })
    const { id } = await db.selectFrom('jobs').select('id').where('kind', '=', kind).executeTakeFirstOrThrow()
    await workOnce(parts)
    expect(await db.selectFrom('jobs').select(['attempts', 'finished_at', 'failed_at', 'last_error']).where('kind', '=', kind).execute()).toEqual([
      { attempts: 0, finished_at: null, failed_at: null, last_error: null },
    ])
    expect(lines).toEqual([])
    expect(await retryJob(db, { ...byAnn, id })).toEqual({
      refusals: [{ code: 'job_not_to_retry', title: 'job', detail: `Job ${id} ${waitingReason(kind)}.` }],
    })
  })

  test('does nothing by a payload that is not what the kind needs, and says what is wrong with it', async () => {
    await queue('mark statement paid', { statementId: 'one' })
    await workOnce(parts)
    expect(await unfinishedJobs(db, { failed: false }, 10)).toMatchObject([{ last_error: 'payload.statementId is not a whole number.' }])
  })

  describe('queues what comes round', () => {
    const queued = async (environment: 'production' | 'sandbox', ...moments: string[]) => {
      for (const moment of moments) await queueRecurring(db, Temporal.Instant.from(moment), environment)
      return (await db.selectFrom('jobs').select('occasion').orderBy('id').execute()).map(({ occasion }) => occasion)
    }

    test('every day once, whoever asks', async () => {
      expect(await queued('sandbox', '2026-11-02T00:00:01Z', '2026-11-02T23:00:00Z', '2026-11-03T05:00:00Z')).toEqual([
        'mark statements payable 2026-11-02',
        'prune 2026-11-02',
        'mark statements payable 2026-11-03',
        'prune 2026-11-03',
      ])
    })

    test('once a day even where the first one is finished already, and many ask at once', async () => {
      await workOnce({ ...parts, ...at('2026-11-02T00:00:01Z') })
      await Promise.all(Array.from({ length: 5 }, () => workOnce({ ...parts, ...at('2026-11-02T00:00:02Z') })))
      expect(await queued('sandbox')).toEqual(['mark statements payable 2026-11-02'])
    })

    test('every month once, in production, from half past eight on the first and however late', async () => {
      const moments = ['2026-12-01T08:29:59Z', '2026-12-01T08:30:00Z', '2026-12-20T00:00:00Z', '2027-01-01T08:30:00Z']
      const notices = (occasions: (string | null)[]) => occasions.filter((occasion) => occasion?.startsWith('output statement notice'))
      expect(notices(await queued('sandbox', ...moments))).toEqual([])
      expect(notices(await queued('production', moments[0] ?? ''))).toEqual([])
      expect(notices(await queued('production', ...moments))).toEqual(['output statement notice 2026-12', 'output statement notice 2027-01'])
    })
  })

  describe('tells the contracts team of the payment runs that are due', () => {
    const production = { environment: 'production', contractsTeamEmail: 'contracts@team.example', retention } as const
    const workAt = (moment: string, config: WorkerParts['config'] = production) => workOnce({ ...parts, ...at(moment), config, send: undefined })
    const notice = (thisMonth: string, nextMonth: string) => ({
      template: 'output statement notice',
      recipient: 'contracts@team.example',
      personalisation: { this_months_statements: thisMonth, next_months_statements: nextMonth },
    })
    const line = '* Declaration deadline 30 November 2026: cohort 2023a, statement November 2026'

    test('once a month, also where many workers come late, and where one does its work twice', async () => {
      await make.statement(db)
      await workAt('2026-10-01T08:29:59Z')
      expect(await letters(db)).toEqual([])
      await Promise.all([1, 2, 3].map(() => workAt('2026-10-09T17:00:00Z')))
      expect(await letters(db)).toEqual([notice('none', line)])
      await db.updateTable('jobs').set({ finished_at: null }).execute()
      await soon()
      await workAt('2026-11-01T08:30:00Z')
      expect(await letters(db)).toEqual([notice('none', line), notice(line, 'none')])
      await workAt('2026-12-01T08:30:00Z')
      expect(await letters(db)).toHaveLength(2)
    })

    test('for the month that came round, though it succeeds only in the next', async () => {
      await make.statement(db)
      await sql`alter table jobs add constraint broken check (kind <> 'send letter') not valid`.execute(db)
      onTestFinished(async () => void (await sql`alter table jobs drop constraint if exists broken`.execute(db)))
      await workAt('2026-10-31T23:59:59Z')
      await sql`alter table jobs drop constraint broken`.execute(db)
      await soon()
      await workAt('2026-11-01T00:00:00Z')
      expect(await letters(db)).toEqual([notice('none', line)])
      await workAt('2026-11-01T08:30:00Z')
      expect(await letters(db)).toEqual([notice('none', line), notice(line, 'none')])
    })

    test.each<[string, WorkerParts['config'], { deadline_date?: Temporal.PlainDate }]>([
      ['it has no address', { ...production, contractsTeamEmail: undefined }, {}],
      ['it is not production', { ...production, environment: 'sandbox' }, {}],
      ['nothing is due', production, { deadline_date: Temporal.PlainDate.from('2027-01-01') }],
    ])('not where %s', async (_, config, statement) => {
      await make.statement(db, { payment_date: null, ...statement })
      await workAt('2026-11-01T08:30:00Z', config)
      expect(await letters(db)).toEqual([])
      expect(await unfinishedJobs(db, { failed: false }, 10)).toEqual([])
      expect(lines).toEqual([])
    })
  })

  test('closes statements as soon as the day of their deadline has ended', async () => {
    await make.statement(db)
    for (const [moment, state] of [
      ['2026-11-30T23:59:59Z', 'open'],
      ['2026-12-01T00:00:00Z', 'payable'],
    ] as const) {
      await workOnce({ ...parts, ...at(moment) })
      expect(await db.selectFrom('statements').select('state').execute()).toEqual([{ state }])
    }
  })

  test('closes the others where one statement cannot be closed, and tries that one again', async () => {
    const past = { deadline_date: Temporal.PlainDate.from('2022-02-25'), payment_date: null }
    const broken = await make.statement(db, { year: 2022, month: 3, ...past })
    await make.statement(db, { year: 2022, month: 4, ...past })
    await breakStatement(db, broken)
    await workOnce(parts)
    const states = async () => (await db.selectFrom('statements').select('state').orderBy('id').execute()).map(({ state }) => state)
    expect(await states()).toEqual(['open', 'payable'])
    expect(await unfinishedJobs(db, { failed: false }, 10)).toMatchObject([{ attempts: 1, last_error: '1 statements could not be made payable' }])
    await sql`drop trigger break_statement on statements`.execute(db)
    await soon()
    await workOnce(parts)
    expect(await states()).toEqual(['payable', 'payable'])
  })

  test.runIf(onPostgres)('shares its work with others: each job is carried out once', async () => {
    for (let number = 0; number < 40; number++) await queue('alert operators', { message: String(number) })
    await Promise.all([1, 2, 3, 4].map(() => workOnce(parts)))
    const numbers = lines.map((line) => Number(JSON.parse(line.slice(line.indexOf('{'))).message)).sort((one, other) => one - other)
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, number) => number))
  })
})

describe('letters', () => {
  const letter = { template: 'application accepted', recipient: 'p@school.example', personalisation: { full_name: 'P' } }
  const posted = () => db.selectFrom('jobs').where('kind', '=', 'send letter')

  test('are sent once, and again later where the mail service did not take them', async () => {
    await queue('send letter', letter)
    const sent: Letter[] = []
    let broken = true
    const send = async (given: Letter) => {
      if (broken) throw new Error('the service is down')
      sent.push(given)
    }
    await workOnce({ ...parts, send })
    expect(await posted().select(['attempts', 'finished_at', 'last_error']).execute()).toEqual([
      { attempts: 1, finished_at: null, last_error: 'the service is down' },
    ])
    broken = false
    await soon()
    for (let time = 0; time < 2; time++) await workOnce({ ...parts, send })
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ template: 'application accepted', recipient: 'p@school.example', personalisation: { full_name: 'P' } })
  })

  test('wait after each failure as jobs do, and are given up after the last attempt, calling for a person', async () => {
    await queue('send letter', letter)
    const send = async () => {
      throw new Error('the service is down')
    }
    const waits: number[] = []
    for (let attempt = 1; attempt <= mostAttempts + 1; attempt++) {
      await workOnce({ ...parts, send })
      const { run_at, updated_at } = await posted().selectAll().executeTakeFirstOrThrow()
      if (attempt < mostAttempts) waits.push(run_at.since(updated_at).total('seconds'))
      await soon()
    }
    expect(waits).toEqual(Array.from({ length: mostAttempts - 1 }, (_, place) => pauseAfter(place + 1)))
    expect(await posted().select(['attempts', 'failed_at', 'last_error']).execute()).toEqual([
      { attempts: mostAttempts, failed_at: expect.any(Temporal.Instant), last_error: 'the service is down' },
    ])
    expect(lines).toHaveLength(mostAttempts)
    expect(lines.filter((line) => line.includes('"alert":true'))).toEqual([expect.stringContaining('the job failed for good')])
    expect(lines.join()).not.toContain('p@school.example')
  })

  test('are stopped where the mail service does not answer, are told so, and hold up nothing', async () => {
    await queue('send letter', letter)
    await queue('send letter', { ...letter, template: 'deferred' })
    let stopped: unknown
    const send = ({ template }: Letter, signal: AbortSignal) =>
      template === 'deferred' ? Promise.resolve() : new Promise<void>(() => signal.addEventListener('abort', () => (stopped = signal.reason)))
    await workOnce({ ...parts, send, times: { longestRun: 50 } })
    expect(await posted().select(['attempts', 'finished_at', 'last_error']).orderBy('id').execute()).toEqual([
      { attempts: 1, finished_at: null, last_error: 'The run took too long and was stopped.' },
      { attempts: 1, finished_at: expect.any(Temporal.Instant), last_error: null },
    ])
    expect(stopped).toBeInstanceOf(Error)
  })

  test('keep neither a payment waiting nor the database busy while the mail service thinks', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    await queue('send letter', letter)
    const stop = new AbortController()
    let answer = () => {}
    let asked = () => {}
    const asking = new Promise<void>((resolve) => (asked = resolve))
    const send = () => {
      asked()
      return new Promise<void>((resolve) => (answer = resolve))
    }
    const working = workUntil({ ...parts, send }, stop.signal, 10)
    await asking
    await queue('mark statement paid', { statementId: statement.id })
    await vi.waitUntil(async () => (await db.selectFrom('statements').select('state').executeTakeFirstOrThrow()).state === 'paid', {
      timeout: 30_000,
    })
    stop.abort()
    answer()
    await working
    expect(await posted().select(['attempts', 'finished_at']).execute()).toEqual([{ attempts: 1, finished_at: expect.any(Temporal.Instant) }])
  })

  test('that another worker took over are its own: the late word of the first counts no more', async () => {
    await queue('send letter', letter)
    let answer = () => {}
    let first: Promise<void> | undefined
    const sending = new Promise<void>((asked) => {
      const send = () => {
        asked()
        return new Promise<void>((resolve) => (answer = resolve))
      }
      first = workOnce({ ...parts, send })
    })
    await sending
    await soon()
    await workOnce(parts)
    const sent = await posted().selectAll().executeTakeFirstOrThrow()
    expect(sent).toMatchObject({ attempts: 2, finished_at: expect.any(Temporal.Instant) })
    answer()
    await first
    expect(await posted().selectAll().executeTakeFirstOrThrow()).toEqual(sent)
    expect(lines).toEqual([expect.stringContaining('another worker has taken the job over')])
  })

  test('are listed with the jobs, without whom they are for and what they say', async () => {
    await queue('send letter', letter)
    await queue('alert operators', { message: 'look' })
    const all = await unfinishedJobs(db, { failed: false }, 10)
    expect(all.map(({ kind, payload }) => [kind, payload])).toEqual([
      ['alert operators', { message: 'look' }],
      ['send letter', { template: 'application accepted' }],
    ])
    expect(await unfinishedJobs(db, { failed: false, kind: 'send letter' }, 10)).toEqual(all.slice(1))
    expect(waitingReason('send letter', connectedServices({ environment: 'production' }))).toBe('waits for the mail service, which is not connected')
    expect(waitingReason('send letter', connectedServices({ environment: 'sandbox' }))).toBeUndefined()
  })

  test('that a node of the version before queues in its own table are sent too, and those of one occasion once', async () => {
    for (let time = 0; time < 2; time++) {
      await sql`insert into mails (template, recipient, personalisation, occasion)
        values ('application accepted', 'p@school.example', '{"full_name": "P"}', 'first of May') on conflict (occasion) do nothing`.execute(db)
    }
    const sent: Letter[] = []
    await workOnce({ ...parts, send: async (given) => void sent.push(given) })
    expect(sent).toEqual([letter])
    expect(await posted().select('occasion').execute()).toEqual([{ occasion: 'letter of first of May' }])
    expect((await sql`select id from mails`.execute(db)).rows).toEqual([])
  })

  test('wait in production, and go to nobody elsewhere, where the log tells neither whom nor what', async () => {
    await queue('send letter', letter)
    await workOnce({ ...parts, send: mailSender({ environment: 'production' }, parts.log) })
    expect(await posted().select(['finished_at']).execute()).toEqual([{ finished_at: null }])
    await workOnce({ ...parts, send: mailSender({ environment: 'sandbox' }, parts.log) })
    expect(await posted().select(['finished_at']).execute()).toEqual([{ finished_at: expect.any(Temporal.Instant) }])
    expect(lines.join()).toContain('application accepted')
    expect(lines.join()).not.toContain('p@school.example')
  })
})

describe('a job that was given up', () => {
  const failed = async (values: Partial<NewRowOf<'jobs'>> = {}) =>
    make.insert(db, 'jobs', {
      kind: 'mark statement paid',
      payload: JSON.stringify({ statementId: 1 }),
      key: 'mark statement paid 1',
      attempts: mostAttempts,
      failed_at: Temporal.Instant.from('2026-12-01T00:00Z'),
      last_error: 'the disk was full',
      ...values,
    })

  test('is seen among the failed ones and on its statement until it is tried again, and then pays', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    const { id } = await failed()
    expect(await unfinishedJobs(db, { failed: true }, 10)).toMatchObject([{ id, last_error: 'the disk was full' }])
    expect(await failedPayment(db, statement.id)).toMatchObject({ id })
    expect(await retryJob(db, { ...byAnn, id })).toEqual({ refusals: [] })
    expect(await failedPayment(db, statement.id)).toBeUndefined()
    expect(await db.selectFrom('jobs').select('retried_by').where('id', '=', id).execute()).toEqual([{ retried_by: byAnn.author }])
    await workOnce(parts)
    expect(await db.selectFrom('statements').select('state').execute()).toEqual([{ state: 'paid' }])
  })

  test.runIf(onPostgres)('pays once, however many operators start it again beside however many workers', async () => {
    const statement = await make.statement(db, { state: 'payable', marked_as_paid_at: Temporal.Instant.from('2026-12-01T00:00Z') })
    const { id } = await failed({ payload: JSON.stringify({ statementId: statement.id }) })
    const answers = await Promise.all([1, 2, 3, 4].flatMap(() => [retryJob(db, { ...byAnn, id }), workOnce(parts).then(() => undefined)]))
    await workOnce(parts)
    expect(answers.filter((answer) => answer?.refusals.length === 0)).toHaveLength(1)
    expect(await db.selectFrom('statements').select('state').execute()).toEqual([{ state: 'paid' }])
    expect(await db.selectFrom('jobs').select('attempts').where('id', '=', id).execute()).toEqual([{ attempts: 1 }])
    expect(lines).toEqual([])
  })

  test.each<[string, string, () => Promise<number>, RegExp]>([
    ['there is none', 'job_unknown', async () => 999_999, /There is no job 999999/],
    ['it is finished', 'job_finished', async () => (await failed({ finished_at: Temporal.Instant.from('2026-12-02T00:00Z') })).id, /is finished/],
    ['it is still tried by itself', 'job_not_failed', async () => (await failed({ failed_at: null })).id, /has not failed/],
    [
      'another one does the same already',
      'job_waits_already',
      async () => {
        const { id } = await failed()
        await failed({ failed_at: null })
        return id
      },
      /does the same, and waits already/,
    ],
  ])('is not tried again where %s', async (_, code, made, detail) => {
    expect((await retryJob(db, { ...byAnn, id: await made() })).refusals).toEqual([{ code, title: 'job', detail: expect.stringMatching(detail) }])
  })
})

test('attempts are eighteen, ever further apart, and end after a little more than seven days', () => {
  const pauses = Array.from({ length: mostAttempts - 1 }, (_, place) => pauseAfter(place + 1))
  expect([mostAttempts, ...pauses.slice(0, 6)]).toEqual([18, 6, 60, 780, 4860, 20_520, 48_600])
  expect(pauses).toEqual(pauses.toSorted((one, other) => one - other))
  const days = pauses.reduce((sum, pause) => sum + pause, 0) / 86_400
  expect([days > 7, days < 8]).toEqual([true, true])
})
