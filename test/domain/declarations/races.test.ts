import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { reject } from '../../../src/domain/applications/reject.ts'
import { ask, makeApp, now } from '../../support/app.ts'
import { database, databaseUrl, onPostgres } from '../../support/database.ts'
import { close, declared, declareFor, impossible, milestone, voidOf } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'
import { untilWaiting } from '../../support/waiting.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const titles = ({ refusals }: { refusals: readonly { title: string }[] }) => refusals.map(({ title }) => title)

describe('at the same time', () => {
  test.runIf(onPostgres)('64 identical requests make one declaration with one item', async () => {
    const app = await makeApp()
    const token = await make.token(db)
    await make.statement(db)
    const { user_id } = await make.acceptedApplication(db)
    const { public_id } = await db.selectFrom('users').select('public_id').where('id', '=', user_id).executeTakeFirstOrThrow()
    const attributes = {
      participant_id: public_id,
      declaration_type: 'started',
      declaration_date: milestone,
      course_identifier: 'npq-headship',
    }
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => ask(app, '/api/v3/participant-declarations', { token, method: 'POST', body: { data: { attributes } } })),
    )
    const [made = { public_id: '', items: [] }, ...more] = await declared(db)
    expect(more).toEqual([])
    expect(made).toMatchObject({ state: 'eligible', items: [{ state: 'eligible' }] })
    expect(made.items).toHaveLength(1)
    const successes = answers.filter(({ statusCode }) => statusCode === 200)
    expect(successes.length).toBeGreaterThan(0)
    for (const answer of successes) expect(answer.json().data.id).toBe(made.public_id)
    const refused = answers.filter(({ statusCode }) => statusCode !== 200)
    for (const answer of refused) expect([answer.statusCode, answer.json().errors[0].title]).toEqual([422, 'base'])
  })

  type Race = { application: RowOf<'applications'>; declaration: RowOf<'declarations'> | undefined }
  const operations = {
    declare: ({ application }: Race) => declareFor(db, application),
    'declare with another date': ({ application }: Race) => declareFor(db, application, { declarationDate: '2023-11-02T10:00:00Z' }),
    void: async ({ declaration }: Race) => (declaration ? voidOf(db, declaration) : { refusals: [] }),
    reject: ({ application }: Race) =>
      reject(db, {
        now,
        author: 'Command test',
        providerId: application.lead_provider_id,
        applicationId: application.public_id,
        reason: 'rejected_by_provider',
      }),
  }
  const names = Object.keys(operations) as (keyof typeof operations)[]
  const pairs = names.flatMap((one, index) => names.slice(index).map((other) => [one, other] as const))

  test.runIf(onPostgres)('200 races of operations that exclude each other leave nothing impossible', { timeout: 300_000 }, async () => {
    await make.statement(db)
    const paid = await make.statement(db, { month: 10, state: 'paid', courses: [] })
    for (let race = 0; race < 200; race++) {
      const pair = pairs[race % pairs.length] ?? ['void', 'void']
      const application = await make.acceptedApplication(db)
      if (race % 3 > 0) await declareFor(db, application)
      const declaration = await db.selectFrom('declarations').selectAll().where('application_id', '=', application.id).executeTakeFirst()
      if (declaration && race % 3 === 2) {
        for (const state of ['payable', 'paid'] as const)
          await db.updateTable('declarations').set({ state }).where('id', '=', declaration.id).execute()
        await db.deleteFrom('statement_items').where('declaration_id', '=', declaration.id).execute()
        await make.item(db, { statement: paid, declaration: { ...declaration, state: 'paid' } })
      }
      const verdicts = await Promise.all(pair.map((name) => operations[name]({ application, declaration })))
      expect(verdicts.every(({ refusals }) => refusals.every(({ detail }) => detail.length > 0))).toBe(true)
      expect(await impossible(db), pair.join(' and ')).toEqual([])
      if (pair[0] === 'void' && pair[1] === 'void' && declaration) {
        expect(verdicts.map((verdict) => titles(verdict).join()).sort()).toEqual(['', 'declaration'])
      }
      if (pair[0] === 'declare' && pair[1] === 'reject' && !declaration) {
        expect(verdicts.filter(({ refusals }) => refusals.length === 0)).toHaveLength(1)
      }
    }
  })

  test.runIf(onPostgres)('two records of one person make one payment between them', { timeout: 300_000 }, async () => {
    await make.statement(db)
    await make.statement(db, { provider: 'Teach First' })
    for (let race = 0; race < 25; race++) {
      const trn = String(2_000_000 + race)
      const one = await make.acceptedApplication(db, { user: await make.user(db, { trn }) })
      const other = await make.acceptedApplication(db, { user: await make.user(db, { trn }), provider: 'Teach First' })
      await Promise.all([declareFor(db, one), declareFor(db, other)])
      const made = await db.selectFrom('declarations').select('state').where('application_id', 'in', [one.id, other.id]).execute()
      expect(made.map(({ state }) => state).sort()).toEqual(['eligible', 'ineligible'])
    }
    expect(await impossible(db)).toEqual([])
  })

  test.runIf(onPostgres)('declarations, voids and the closing of their statement leave nothing impossible', { timeout: 300_000 }, async () => {
    for (let race = 0; race < 12; race++) {
      const year = 2027 + race
      const statement = await make.statement(db, { year, deadline_date: Temporal.PlainDate.from(`${year}-11-30`), payment_date: null })
      await make.statement(db, { year, month: 12, deadline_date: Temporal.PlainDate.from(`${year}-12-31`), payment_date: null, courses: [] })
      const applications = await Promise.all(Array.from({ length: 8 }, () => make.acceptedApplication(db)))
      for (const application of applications.slice(4)) await declareFor(db, application)
      const standing = await db.selectFrom('declarations').selectAll().where('state', '=', 'eligible').execute()
      await Promise.all([
        ...applications.map((application) => declareFor(db, application)),
        ...standing.slice(-4).map((declaration) => voidOf(db, declaration)),
        closeAtLast(statement),
      ])
      expect(await impossible(db)).toEqual([])
      await db.updateTable('statements').set({ state: 'payable' }).where('state', '=', 'open').execute()
      await db.updateTable('declarations').set({ state: 'payable' }).where('state', '=', 'eligible').execute()
      await db.updateTable('statement_items').set({ state: 'payable' }).where('state', '=', 'eligible').execute()
    }
  })

  /** The test's own closing takes its locks in an order of its own, so the database may end it for a deadlock. */
  async function closeAtLast(statement: { id: number }): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        return await close(db, statement)
      } catch (error) {
        if ((error as { code?: string }).code !== '40P01') throw error
      }
    }
  }

  test.runIf(onPostgres)('a statement that closes while a declaration waits for it gains no item', async () => {
    const statement = await make.statement(db)
    const next = await make.statement(db, { month: 12, deadline_date: Temporal.PlainDate.from('2026-12-31'), payment_date: null })
    const application = await make.acceptedApplication(db)
    let declaring: ReturnType<typeof declareFor> | undefined
    await db.transaction().execute(async (trx) => {
      await trx.selectFrom('statements').select('id').where('id', '=', statement.id).forUpdate().execute()
      declaring = declareFor(db, application)
      await untilWaiting(db)
      await trx.updateTable('statements').set({ state: 'payable' }).where('id', '=', statement.id).execute()
    })
    expect(await declaring).toMatchObject({ refusals: [] })
    expect(await declared(db)).toMatchObject([{ state: 'eligible', items: [{ statement_id: next.id }] }])
  })

  test.runIf(onPostgres)('a declaration that slipped past the locks is refused by the database, with the answer of the rule', async () => {
    await make.statement(db)
    const application = await make.acceptedApplication(db)
    let declaring: ReturnType<typeof declareFor> | undefined
    await db.transaction().execute(async (trx) => {
      await make.declaration(trx, { application })
      declaring = declareFor(db, application)
      await untilWaiting(db)
    })
    const { refusals } = (await declaring) ?? { refusals: [] }
    expect(refusals.map(({ title }) => title)).toEqual(['base'])
    expect(await declared(db)).toHaveLength(1)
  })
})

describe('a program that is killed while it declares', () => {
  test.runIf(onPostgres)('leaves no eligible declaration without its item, and no item without its declaration', { timeout: 300_000 }, async () => {
    await make.statement(db)
    for (let one = 0; one < 6; one++) await make.acceptedApplication(db)
    const script = new URL('../../support/declare-until-killed.ts', import.meta.url).pathname
    const delays = fc.sample(fc.integer({ min: 0, max: 400 }), { numRuns: 10, seed: 4 })
    let seen = 0
    for (const delay of delays) {
      const child = spawn(process.execPath, [script, await databaseUrl()], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await new Promise((resolve) => child.stdout.once('data', resolve))
      await pause(50 + delay)
      child.kill('SIGKILL')
      await ended
      expect(await impossible(db)).toEqual([])
      seen = (await db.selectFrom('declarations').select('id').execute()).length
    }
    expect(seen).toBeGreaterThan(20)
  })
})
