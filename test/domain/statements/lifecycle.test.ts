import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { statementFacts } from '../../../src/domain/finance/facts.ts'
import { statementFigures } from '../../../src/domain/finance/figures.ts'
import { figuresOf } from '../../../src/domain/finance/totals.ts'
import { authorisePayment } from '../../../src/domain/statements/authorise-payment.ts'
import { makePayable, statementsPastDeadline } from '../../../src/domain/statements/make-payable.ts'
import { markPaid } from '../../../src/domain/statements/mark-paid.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { clean, database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'
import { breakStatement, statesOn } from '../../support/statements.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const afterDeadline = Temporal.Instant.from('2026-12-01T00:00:00Z')
const act = { now: afterDeadline, author: 'Background job: test' }
const types = ['started', 'retained-1', 'retained-2', 'completed'] as const

/** An open statement whose deadline is 30 November 2026, with one declaration and item in each of these states. */
async function holding(...states: DeclarationState[]) {
  const statement = await make.statement(db)
  const declarations: RowOf<'declarations'>[] = []
  for (const [place, state] of states.entries()) {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state })
    if (state === 'awaiting_clawback')
      await make.item(db, {
        statement: await make.statement(db, { month: place + 1, state: 'paid' }),
        declaration: { ...declaration, state: 'paid' },
      })
    await make.item(db, { statement, declaration })
    declarations.push(declaration)
  }
  return { statement, declarations }
}
const stateOf = async ({ id }: { id: number }) => (await db.selectFrom('statements').selectAll().where('id', '=', id).executeTakeFirstOrThrow()).state
const authorise = (statement: { id: number }) => authorisePayment(db, { ...act, statementId: statement.id, checksDone: true })

describe('making a statement payable', () => {
  test('moves what is eligible, leaves the rest, and keeps history', async () => {
    const { statement } = await holding('eligible', 'voided', 'ineligible', 'awaiting_clawback')
    expect(await makePayable(db, { ...act, statementId: statement.id })).toBe(true)
    expect(await stateOf(statement)).toBe('payable')
    expect(await statesOn(db, statement)).toEqual(['payable', 'voided', 'ineligible', 'awaiting_clawback'])
    const versions = await db.selectFrom('versions').select(['item_type', 'whodunnit', 'object_changes']).orderBy('id').execute()
    expect(versions.map(({ item_type, whodunnit }) => [item_type, whodunnit])).toEqual(
      ['Declaration', 'StatementItem', 'Statement'].map((kind) => [kind, 'Background job: test']),
    )
    for (const { object_changes } of versions) expect(object_changes).toMatchObject({ state: [expect.any(String), 'payable'] })
  })

  test('waits until the deadline day has ended, and happens once', async () => {
    const { statement } = await holding('eligible')
    const onTheDay = { ...act, now: Temporal.Instant.from('2026-11-30T23:59:59Z'), statementId: statement.id }
    expect(await makePayable(db, onTheDay)).toBe(false)
    expect(await statementsPastDeadline(db, onTheDay.now)).toEqual([])
    expect(await statementsPastDeadline(db, afterDeadline)).toEqual([statement.id])
    expect(await makePayable(db, { ...act, statementId: statement.id })).toBe(true)
    expect(await makePayable(db, { ...act, statementId: statement.id })).toBe(false)
    expect(await statementsPastDeadline(db, afterDeadline)).toEqual([])
  })

  test('finds a statement however long ago its deadline was, and never one without a deadline', async () => {
    const missed = await make.statement(db, { year: 2022, month: 3, deadline_date: Temporal.PlainDate.from('2022-03-01'), payment_date: null })
    await make.statement(db, { month: 5, deadline_date: null, payment_date: null })
    expect(await statementsPastDeadline(db, afterDeadline)).toEqual([missed.id])
  })
})

describe('paying a statement', () => {
  test('pays what is payable, finishes clawbacks, and leaves what is void', async () => {
    const { statement } = await holding('eligible', 'eligible', 'voided', 'awaiting_clawback', 'awaiting_clawback')
    await makePayable(db, { ...act, statementId: statement.id })
    expect(await authorise(statement)).toEqual({ refusals: [] })
    expect(await markPaid(db, { ...act, statementId: statement.id })).toBe(true)
    expect(await statesOn(db, statement)).toEqual(['paid', 'paid', 'voided', 'clawed_back', 'clawed_back'])
    expect(await stateOf(statement)).toBe('paid')
    expect(await markPaid(db, { ...act, statementId: statement.id })).toBe(false)
  })

  test('needs authorisation, of a payable payment run that holds something', async () => {
    const { statement } = await holding('eligible')
    const titles = async (checksDone = true) =>
      (await authorisePayment(db, { ...act, statementId: statement.id, checksDone })).refusals.map(({ title }) => title)
    expect(await titles()).toEqual(['statement'])
    await makePayable(db, { ...act, statementId: statement.id })
    expect(await markPaid(db, { ...act, statementId: statement.id })).toBe(false)
    expect(await titles(false)).toEqual(['checks_done'])
    const empty = await make.statement(db, { month: 3, state: 'payable' })
    expect((await authorise(empty)).refusals).toHaveLength(1)
    expect(await titles()).toEqual([])
  })

  test('is authorised once: again changes neither the time nor the queue', async () => {
    const { statement } = await holding('eligible')
    await makePayable(db, { ...act, statementId: statement.id })
    await authorise(statement)
    await authorisePayment(db, { ...act, now: afterDeadline.add({ hours: 1 }), statementId: statement.id, checksDone: true })
    expect(await db.selectFrom('statements').select('marked_as_paid_at').execute()).toEqual([{ marked_as_paid_at: afterDeadline }])
    expect(await db.selectFrom('jobs').select(['kind', 'payload']).execute()).toEqual([
      { kind: 'mark statement paid', payload: { statementId: statement.id } },
    ])
  })

  test('that fails half-way changes nothing', async () => {
    const { statement } = await holding('eligible', 'awaiting_clawback')
    await makePayable(db, { ...act, statementId: statement.id })
    await authorise(statement)
    await breakStatement(db, statement)
    await expect(markPaid(db, { ...act, statementId: statement.id })).rejects.toThrow('this statement is broken')
    expect(await statesOn(db, statement)).toEqual(['payable', 'awaiting_clawback'])
    expect(await stateOf(statement)).toBe('payable')
  })

  test('keeps its figures, whatever changes later', async () => {
    const { statement, declarations } = await holding('eligible', 'eligible')
    await makePayable(db, { ...act, statementId: statement.id })
    await authorise(statement)
    await markPaid(db, { ...act, statementId: statement.id })
    const before = await statementFigures(db, statement.id)
    expect(before.totals.starts).toBe(2)
    await db
      .updateTable('applications')
      .set({ course_id: (await make.course(db, 'npq-senco')).id })
      .where('id', '=', declarations[0]?.application_id ?? 0)
      .execute()
    expect(JSON.stringify(await statementFigures(db, statement.id))).toBe(JSON.stringify(before))
    expect(figuresOf(await statementFacts(db, statement.id)).totals.starts).toBe(1)
  })

  test.runIf(onPostgres)('at once by two, or beside the payable job, happens once', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 20; time++) {
      const { statement } = await holding('eligible', 'eligible')
      const closed = await Promise.all([1, 2, 3].map(() => makePayable(db, { ...act, statementId: statement.id })))
      expect(closed.filter(Boolean)).toHaveLength(1)
      await Promise.all([1, 2, 3].map(() => authorise(statement)))
      const paid = await Promise.all([1, 2, 3].map(() => markPaid(db, { ...act, statementId: statement.id })))
      expect(paid.filter(Boolean)).toHaveLength(1)
      await clean()
    }
  })
})

describe('the facts of a statement', () => {
  test('count a person once for each type and course, and give each count to its side', async () => {
    const statement = await make.statement(db, { courses: ['npq-headship'] })
    const user = await make.user(db)
    const twice = [
      await make.acceptedApplication(db, { user, targeted_delivery_funding_eligibility: true }),
      await make.acceptedApplication(db, { user, provider: 'Teach First', training_status: 'withdrawn' }),
    ]
    for (const application of twice) {
      for (const type of types.slice(0, 2)) {
        await make.item(db, { statement, declaration: await make.declaration(db, { application, declaration_type: type, state: 'eligible' }) })
      }
    }
    for (const state of ['voided', 'ineligible'] as const) {
      await make.item(db, { statement, declaration: await make.declaration(db, { application: await make.acceptedApplication(db), state }) })
    }
    const other = await make.acceptedApplication(db, { course: 'npq-senior-leadership' })
    await make.item(db, { statement, declaration: await make.declaration(db, { application: other, state: 'eligible' }) })
    const facts = await statementFacts(db, statement.id)
    expect(facts.contracts[0]?.counts).toMatchObject({
      billable: { started: 1, 'retained-1': 1, 'retained-2': 0, completed: 0 },
      notEligible: 2,
      targeted: 1,
    })
    expect(facts).toMatchObject({ voided: 1, coursesWithoutContract: ['npq-senior-leadership'], usesTargetedDeliveryFunding: false })
  })

  test.each([
    [2025, 10, '2022a', true],
    [2025, 10, '2021a', false],
    [2025, 11, '2025a', false],
  ])('of %i-%i for cohort %s have targeted delivery funding: %s', async (year, month, cohort, expected) => {
    const { id } = await make.statement(db, { year, month, cohort, courses: [] })
    expect((await statementFacts(db, id)).usesTargetedDeliveryFunding).toBe(expected)
  })
})

test('the facts of a statement take five queries, however many items it holds', async () => {
  const queries: string[] = []
  const counting = db.withPlugin({
    transformQuery: ({ node }) => {
      queries.push(node.kind)
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const { statement } = await holding('eligible', 'voided', 'eligible')
  await statementFacts(counting, statement.id)
  expect(queries).toHaveLength(5)
})
