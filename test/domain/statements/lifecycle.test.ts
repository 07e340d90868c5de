import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { statementFacts } from '../../../src/domain/finance/facts.ts'
import { statementFigures } from '../../../src/domain/finance/figures.ts'
import { Decimal } from '../../../src/domain/finance/money.ts'
import { figuresOf } from '../../../src/domain/finance/totals.ts'
import { done } from '../../../src/domain/rules.ts'
import { addContract } from '../../../src/domain/statements/add-contract.ts'
import { addAdjustment } from '../../../src/domain/statements/adjust.ts'
import { authorisePayment } from '../../../src/domain/statements/authorise-payment.ts'
import { makePayable } from '../../../src/domain/statements/make-payable.ts'
import { markPaid } from '../../../src/domain/statements/mark-paid.ts'
import { statementsPastDeadline } from '../../../src/domain/statements/records.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { clean, database, onPostgres } from '../../support/database.ts'
import { declared, declareFor, impossible, voidOf } from '../../support/declarations.ts'
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

  test('finds a statement however long ago its deadline was, payment run or not, and never one without a deadline', async () => {
    const missed = await make.statement(db, { year: 2022, month: 3, deadline_date: Temporal.PlainDate.from('2022-03-01'), payment_date: null })
    const fees = await make.statement(db, { month: 4, deadline_date: Temporal.PlainDate.from('2026-03-25'), output_fee: false })
    await make.statement(db, { month: 5, deadline_date: null, payment_date: null })
    expect(await statementsPastDeadline(db, afterDeadline)).toEqual([missed.id, fees.id])
    expect(await makePayable(db, { ...act, statementId: fees.id })).toBe(true)
    expect((await authorise(fees)).refusals).toContainEqual({
      code: 'not_a_payment_run',
      title: 'statement',
      detail: expect.stringContaining('not a payment run'),
    })
  })
})

test('closing and paying a statement that there is not changes nothing', async () => {
  expect(await makePayable(db, { ...act, statementId: 999_999 })).toBe(false)
  expect(await markPaid(db, { ...act, statementId: 999_999 })).toBe(false)
  expect((await authorise({ id: 999_999 })).refusals.map(({ title }) => title)).toEqual(['statement'])
})

describe('when a statement last changed', () => {
  const then = Temporal.Instant.from('2026-10-01T00:00:00Z')
  const changedAt = async () => (await db.selectFrom('statements').select('updated_at').orderBy('id').executeTakeFirstOrThrow()).updated_at

  test('moves when it is closed, authorised and paid', async () => {
    const statement = await make.statement(db, { updated_at: then })
    await make.item(db, {
      statement,
      declaration: await make.declaration(db, { application: await make.acceptedApplication(db), state: 'eligible' }),
    })
    const steps = [makePayable, (...[, command]: Parameters<typeof makePayable>) => authorisePayment(db, { ...command, checksDone: true }), markPaid]
    for (const [hours, step] of steps.entries()) {
      const command = { ...act, now: afterDeadline.add({ hours }), statementId: statement.id }
      await step(db, command)
      expect(await changedAt()).toEqual(command.now)
    }
  })

  test('stays when something is added to it or taken from it', async () => {
    const statement = await make.statement(db, { updated_at: then })
    const application = await make.acceptedApplication(db)
    expect((await declareFor(db, application)).refusals).toEqual([])
    const [declaration] = await declared(db)
    if (declaration) expect((await voidOf(db, declaration)).refusals).toEqual([])
    const adjustment = { ...act, statementId: statement.id, description: 'Travel', amount: '5' }
    expect((await addAdjustment(db, adjustment)).refusals).toEqual([])
    const terms = {
      recruitment_target: '1',
      per_participant: '1',
      service_fee_installments: '1',
      special_course: 'false',
      monthly_service_fee: '0',
    }
    expect((await addContract(db, { ...act, statementId: statement.id, course: 'npq-senco', terms })).refusals).toEqual([])
    expect(await changedAt()).toEqual(then)
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
      { kind: 'mark statement paid', payload: { statementId: statement.id, authorisedBy: act.author } },
    ])
    expect(await db.selectFrom('financial_change_logs').select(['operation_description', 'data_changes']).execute()).toEqual([
      { operation_description: 'Authorise payment', data_changes: { statement_id: statement.id, by: act.author } },
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
    const after = await statementFigures(db, statement.id)
    expect(JSON.stringify([after.courses, after.totals])).toBe(JSON.stringify([before.courses, before.totals]))
    expect(figuresOf(await statementFacts(db, statement.id)).totals.starts).toBe(1)
    const parted = { paid: new Decimal(240), now: new Decimal(120) }
    expect(before.sincePayment).toEqual([])
    expect(after.sincePayment).toEqual([
      { course: 'npq-headship', figure: 'total', ...parted },
      { course: null, figure: 'output_payment', ...parted },
      { course: null, figure: 'payment', ...parted },
    ])
  })

  test('keeps its money alone: what is expected and received is as it is now', async () => {
    const { statement } = await holding('eligible')
    const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
    const milestone = await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'started' })
    await make.insert(db, 'milestone_statements', { milestone_id: milestone.id, statement_id: statement.id })
    await makePayable(db, { ...act, statementId: statement.id })
    await authorise(statement)
    await markPaid(db, { ...act, statementId: statement.id })
    const { totals } = await db.selectFrom('statements').select('totals').where('id', '=', statement.id).executeTakeFirstOrThrow()
    expect(Object.keys(Object(totals)).sort()).toEqual(['courses', 'format', 'totals'])
    const total = async () => (await statementFigures(db, statement.id)).progress.total
    expect(await total()).toEqual({ expected: 1, received: 1, remaining: 0 })
    await make.acceptedApplication(db)
    expect(await total()).toEqual({ expected: 2, received: 1, remaining: 1 })
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

describe.runIf(onPostgres)('at the same time as providers act', () => {
  test('a statement is closed and paid with nothing impossible, no void lost, and every adjustment in its figures', {
    timeout: 120_000,
  }, async () => {
    for (let time = 0; time < 5; time++) {
      const statement = await make.statement(db, { deadline_date: Temporal.PlainDate.from('2026-11-02') })
      await make.statement(db, { month: 12, deadline_date: Temporal.PlainDate.from('2026-12-31'), payment_date: null, courses: [] })
      const applications = await Promise.all(Array.from({ length: 9 }, () => make.acceptedApplication(db)))
      for (const application of applications.slice(3)) await declareFor(db, application)
      const standing = await declared(db)
      const during = await Promise.all([
        ...applications.slice(0, 3).map((application) => declareFor(db, application)),
        ...standing.slice(0, 3).map((declaration) => voidOf(db, declaration)),
        makePayable(db, { ...act, statementId: statement.id }).then(() => done),
      ])
      expect(during.flatMap(({ refusals }) => refusals)).toEqual([])
      expect(await impossible(db)).toEqual([])

      const adjustment = { ...act, statementId: statement.id, description: 'Travel', amount: '5' }
      await Promise.all([addAdjustment(db, adjustment), authorise(statement), addAdjustment(db, adjustment)])
      const paying = await Promise.all([
        ...standing.slice(3).map((declaration) => voidOf(db, declaration)),
        markPaid(db, { ...act, statementId: statement.id }).then(() => done),
      ])
      expect(paying.flatMap(({ refusals }) => refusals)).toEqual([])
      expect(await impossible(db)).toEqual([])
      expect((await declared(db)).filter(({ id }) => standing.some((each) => each.id === id)).map(({ state }) => state)).not.toContain('paid')

      const { totals } = await statementFigures(db, statement.id)
      expect(totals.starts).toBe((await statesOn(db, statement)).filter((state) => state.startsWith('paid')).length)
      expect(totals.adjustments.toNumber()).toBe((await db.selectFrom('adjustments').select('id').execute()).length * 5)
      await clean()
    }
  })
})

test('a void takes the money of a declaration off its statement, and counts as one', async () => {
  const { statement, declarations } = await holding('eligible', 'eligible', 'voided')
  const now = { ...act, statementId: statement.id }
  await makePayable(db, now)
  const figures = async () => {
    const { totals } = await statementFigures(db, statement.id)
    return [totals.output_payment.toFixed(2), totals.starts, totals.voided]
  }
  expect(await figures()).toEqual(['240.00', 2, 1])
  for (const declaration of declarations.slice(0, 1)) await voidOf(db, declaration)
  expect(await figures()).toEqual(['120.00', 1, 2])
})

describe('the facts of a statement', () => {
  const declare = async (
    statement: { id: number },
    state: DeclarationState,
    facts: make.ApplicationFacts = {},
    type = types[0] as (typeof types)[number],
  ) => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db, facts), state, declaration_type: type })
    await make.item(db, { statement, declaration })
  }
  const headshipOf = async ({ id }: { id: number }) =>
    (await statementFacts(db, id)).contracts.find(({ course }) => course.identifier === 'npq-headship')

  test.each<[string, make.ApplicationFacts, (typeof types)[number], number]>([
    ['a start that is entitled', {}, 'started', 1],
    ['a start without the flag', { targeted_delivery_funding_eligibility: false }, 'started', 0],
    ['a start of which nobody said', { targeted_delivery_funding_eligibility: null }, 'started', 0],
    ['a start of one who is not eligible for funding', { eligible_for_funding: false }, 'started', 0],
    ['a later type', {}, 'retained-1', 0],
  ])('target nothing but a start of one who is entitled, and take it back alike: %s', async (_, facts, type, expected) => {
    const statement = await make.statement(db)
    for (const state of ['eligible', 'payable', 'paid', 'awaiting_clawback', 'clawed_back', 'voided', 'ineligible'] as const)
      await declare(statement, state, { targeted_delivery_funding_eligibility: true, ...facts }, type)
    expect((await headshipOf(statement))?.counts).toMatchObject({
      billable: { [type]: 3 },
      refundable: { [type]: 2 },
      notEligible: 2,
      targeted: expected * 3,
      targetedRefunds: expected * 2,
    })
  })

  test('count each void, also of one person, another course or a special one', async () => {
    const statement = await make.statement(db, { courses: ['npq-headship'] })
    await make.contract(db, { statement, course: 'npq-senco', special_course: true })
    const user = await make.user(db)
    for (const course of ['npq-headship', 'npq-headship', 'npq-senco', 'npq-leading-literacy'] as const)
      await declare(statement, 'voided', { user, course, training_status: 'withdrawn' })
    expect((await headshipOf(statement))?.counts.notEligible).toBe(1)
    expect(await statementFacts(db, statement.id)).toMatchObject({ voided: 4, coursesWithoutContract: ['npq-leading-literacy'] })
  })

  test('are of its own items, whatever another statement holds for the course', async () => {
    const statement = await make.statement(db)
    await declare(statement, 'eligible')
    for (const facts of [{ cohort: '2022a' }, { month: 12, deadline_date: null }]) {
      const other = await make.statement(db, facts)
      for (const state of ['eligible', 'voided', 'awaiting_clawback'] as const) await declare(other, state, { cohort: '2022a' })
    }
    expect((await headshipOf(statement))?.counts).toMatchObject({ billable: { started: 1 }, refundable: { started: 0 }, notEligible: 0 })
  })

  test.each<[string | null, string | null, string]>([
    [null, null, '168.42'],
    ['0', '100', '0.00'],
    ['5432.10', '0', '5432.10'],
  ])(
    'take a monthly fee of %s as agreed, null to be computed, and targeted funding of %s as it is, null for nothing',
    async (fee, targeted, shown) => {
      const statement = await make.statement(db, { year: 2025, month: 10, deadline_date: null, courses: [] })
      const terms = { recruitment_target: 10, monthly_service_fee: fee, targeted_delivery_funding_per_participant: targeted }
      await make.contract(db, { statement, ...terms })
      await declare(statement, 'eligible', { targeted_delivery_funding_eligibility: true })
      const { totals } = figuresOf(await statementFacts(db, statement.id))
      expect([totals.service_fees.toFixed(2), totals.targeted_delivery_funding.toFixed()]).toEqual([shown, targeted ?? '0'])
    },
  )

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
    [2025, 10, '2025b', true],
    [2024, 12, '2023a', true],
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
