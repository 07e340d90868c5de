import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { progressFacts } from '../../../src/domain/finance/facts.ts'
import { statementFigures } from '../../../src/domain/finance/figures.ts'
import { Decimal, pounds } from '../../../src/domain/finance/money.ts'
import { type ProgressFacts, progressOf } from '../../../src/domain/finance/progress.ts'
import { figuresOf } from '../../../src/domain/finance/totals.ts'
import type { DeclarationType } from '../../../src/words.ts'
import { database } from '../../support/database.ts'
import { contract, perType, facts as statementFacts, terms } from '../../support/finance.ts'
import * as make from '../../support/make.ts'

function facts(values: Partial<ProgressFacts>): ProgressFacts {
  return { types: [], expected: perType(), received: perType(), expectedByCourse: {}, ...values }
}

describe('the progress of a statement', () => {
  test('adds to what remains of a type what the earlier ones lack', () => {
    const { remaining, total } = progressOf(
      facts({
        types: ['started', 'retained-1'],
        expected: perType({ started: 5, 'retained-1': 2 }),
        received: perType({ started: 1, 'retained-1': 1 }),
      }),
      [],
    )
    expect(remaining).toEqual(perType({ started: 4, 'retained-1': 5 }))
    expect(total).toEqual({ expected: 7, received: 2, remaining: 5 })
  })

  test('may fall below nothing, and a surplus does not lessen what later types lack', () => {
    const { remaining } = progressOf(
      facts({
        types: ['started', 'completed'],
        expected: perType({ started: 1, completed: 3 }),
        received: perType({ started: 4, completed: 1 }),
      }),
      [],
    )
    expect(remaining).toEqual(perType({ started: -3, completed: 2 }))
  })

  test('counts what came for a type without a milestone in what was received, and not in what remains', () => {
    const { remaining, total } = progressOf(
      facts({ types: ['retained-1'], expected: perType({ 'retained-1': 2 }), received: perType({ started: 3, 'retained-1': 1 }) }),
      [],
    )
    expect(remaining).toEqual(perType({ 'retained-1': 1 }))
    expect(total).toEqual({ expected: 2, received: 4, remaining: 1 })
  })

  test('prices each expected application once, standalone courses and those without a contract apart', () => {
    const priced = (course: 'npq-headship' | 'npq-leading-teaching' | 'npq-senco', values: Parameters<typeof terms>[0]) =>
      contract(course, { terms: terms(values) })
    const { courses } = figuresOf(
      statementFacts({
        contracts: [
          priced('npq-headship', { per_participant: 123 }),
          priced('npq-leading-teaching', { per_participant: 234 }),
          priced('npq-senco', { special_course: true }),
        ],
      }),
    )
    const expectedByCourse = { 'npq-headship': 3, 'npq-leading-teaching': 1, 'npq-senco': 7, 'npq-leading-literacy': 9 }
    expect(pounds(progressOf(facts({ expectedByCourse }), courses).expectedOutput)).toBe('£120.60')
  })
})

describe('what a statement waits for', () => {
  let db: Database
  beforeEach(async () => {
    db = await database()
  })

  const milestone = async (schedule: { id: number }, type: DeclarationType, ...statements: { id: number }[]) => {
    const { id } = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: type })
    for (const statement of statements) await make.insert(db, 'milestone_statements', { milestone_id: id, statement_id: statement.id })
  }
  const declared = async (type: DeclarationType, ...types: DeclarationType[]) => {
    const application = await make.acceptedApplication(db)
    for (const each of [type, ...types]) await make.declaration(db, { application, declaration_type: each, state: 'voided' })
    return application
  }

  test('is every accepted application of its provider and cohort for a start, whatever the training status', async () => {
    const statement = await make.statement(db)
    await milestone(await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn'), 'started', statement)
    for (const training_status of ['active', 'deferred', 'withdrawn'] as const) await make.acceptedApplication(db, { training_status })
    await make.application(db)
    await make.acceptedApplication(db, { provider: 'Teach First' })
    await make.acceptedApplication(db, { cohort: '2022a' })
    expect(await progressFacts(db, statement)).toEqual(
      facts({ types: ['started'], expected: perType({ started: 3 }), expectedByCourse: { 'npq-headship': 3 } }),
    )
  })

  test('is nobody where the type has no milestone on it, whatever was received', async () => {
    const statement = await make.statement(db)
    const application = await make.acceptedApplication(db)
    await make.item(db, { statement, declaration: await make.declaration(db, { application, state: 'eligible' }) })
    const { progress } = await statementFigures(db, statement.id)
    expect(progress).toMatchObject({ types: [], expected: perType(), received: perType({ started: 1 }), remaining: perType() })
    expect(progress.total).toEqual({ expected: 0, received: 1, remaining: 0 })
    expect(progress.expectedOutput).toEqual(new Decimal(0))
  })

  test('is, for a later type, who is active and declared the type before, in whatever state', async () => {
    const statement = await make.statement(db)
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    for (const type of ['retained-1', 'retained-2', 'completed'] as const) await milestone(schedule, type, statement)
    await make.acceptedApplication(db)
    await declared('started')
    await declared('started', 'retained-1')
    await declared('started', 'retained-1', 'retained-2')
    for (const training_status of ['deferred', 'withdrawn'] as const)
      await make.declaration(db, { application: await make.acceptedApplication(db, { training_status }), state: 'voided' })
    for (const facts of [{ provider: 'Teach First' }, { cohort: '2022a' }, { lead_provider_approval_status: 'pending' as const }])
      await make.declaration(db, { application: await make.acceptedApplication(db, facts), state: 'voided' })
    const { expected, expectedByCourse } = await progressFacts(db, statement)
    expect(expected).toEqual(perType({ 'retained-1': 3, 'retained-2': 2, completed: 1 }))
    expect(expectedByCourse).toEqual({ 'npq-headship': 3 })
  })

  test('is, for a completion, who declared retained-1 where the schedule has no retained-2', async () => {
    const statement = await make.statement(db)
    await milestone(await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn'), 'completed', statement)
    await declared('started')
    await declared('started', 'retained-1')
    expect((await progressFacts(db, statement)).expected).toEqual(perType({ completed: 1 }))
  })

  test('counts as received each declaration that is billable on it, also of one person, of its own cohort and provider', async () => {
    const statement = await make.statement(db)
    const user = await make.user(db)
    for (const state of ['eligible', 'payable', 'paid', 'voided', 'ineligible', 'awaiting_clawback', 'clawed_back'] as const) {
      const application = await make.acceptedApplication(db, { user, training_status: 'withdrawn' })
      await make.item(db, { statement, declaration: await make.declaration(db, { application, state }) })
    }
    const earlier = await make.acceptedApplication(db, { cohort: '2022a' })
    await make.item(db, { statement, declaration: await make.declaration(db, { application: earlier, state: 'eligible' }) })
    const other = await make.acceptedApplication(db, { provider: 'Teach First' })
    await make.item(db, { statement, declaration: await make.declaration(db, { application: other, state: 'eligible' }) })
    expect((await progressFacts(db, statement)).received).toEqual(perType({ started: 3 }))
  })
})
