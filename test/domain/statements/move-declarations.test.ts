import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { judge } from '../../../src/domain/rules.ts'
import { type ChangeStatementFacts, changeStatementRules } from '../../../src/domain/statements/change-statement.ts'
import { makePayable } from '../../../src/domain/statements/make-payable.ts'
import { type MoveDeclarations, type MoveFacts, moveDeclarations, moveDeclarationsRules } from '../../../src/domain/statements/move-declarations.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { database, onPostgres } from '../../support/database.ts'
import * as make from '../../support/make.ts'
import { statesOn } from '../../support/statements.ts'

let db: Database
beforeEach(async () => {
  db = await database()
})

const now = Temporal.Instant.from('2026-11-15T12:00:00Z')
const date = (text: string) => Temporal.PlainDate.from(text)
const november = { deadline_date: date('2026-11-30'), payment_date: date('2026-12-25') }
const move = (of: Partial<MoveDeclarations> = {}, on = db) =>
  moveDeclarations(on, {
    now,
    author: 'Command test',
    cohort: '2023a',
    from: { year: 2026, month: 11 },
    to: { year: 2026, month: 12 },
    choice: {},
    values: { from: {}, to: {} },
    pastDeadlineAllowed: false,
    ...of,
  })
const titlesOf = async (of: Partial<MoveDeclarations> = {}) => (await move(of)).refusals.map(({ title }) => title)

async function declare(
  statement: RowOf<'statements'>,
  state: DeclarationState,
  of: make.ApplicationFacts & { type?: 'started' | 'retained-1' } = {},
) {
  const { type = 'started', ...facts } = of
  const application = await make.acceptedApplication(db, facts)
  const declaration = await make.declaration(db, { application, declaration_type: type, state, lead_provider_id: statement.lead_provider_id })
  await make.item(db, { statement, declaration })
  return declaration
}
const logs = async () =>
  (await db.selectFrom('financial_change_logs').select('data_changes').orderBy('id').execute()).map(({ data_changes }) => data_changes)

describe('moving declarations between statements', () => {
  test('makes payable ones eligible again on an open statement, and leaves every other state as it is', async () => {
    const from = await make.statement(db, { ...november, state: 'payable' })
    const to = await make.statement(db, { month: 12, deadline_date: date('2026-12-20') })
    for (const state of ['payable', 'ineligible', 'voided', 'awaiting_clawback'] as const) await declare(from, state)
    expect(await move()).toMatchObject({
      refusals: [],
      moves: [{ moved: 4, madePayable: 0, madeEligible: 1, milestones: 0, coursesWithoutContract: [] }],
    })
    expect(await statesOn(db, from)).toEqual([])
    expect(await statesOn(db, to)).toEqual(['eligible', 'ineligible', 'voided', 'awaiting_clawback'])
  })

  test('makes eligible ones payable on a payable statement', async () => {
    await declare(await make.statement(db, november), 'eligible')
    const to = await make.statement(db, { month: 12, state: 'payable', deadline_date: date('2026-12-20') })
    expect((await move()).moves).toMatchObject([{ moved: 1, madePayable: 1 }])
    expect(await statesOn(db, to)).toEqual(['payable'])
  })

  test('shows the moved declarations as changed, keeps history, and notes ids', async () => {
    const from = await make.statement(db, november)
    const to = await make.statement(db, { month: 12, deadline_date: null, payment_date: null })
    const { id } = await declare(from, 'eligible')
    await move()
    expect(await db.selectFrom('declarations').select(['id', 'updated_at']).execute()).toEqual([{ id, updated_at: now }])
    const versions = await db.selectFrom('versions').select(['item_type', 'object_changes']).execute()
    expect(versions).toEqual([{ item_type: 'StatementItem', object_changes: expect.objectContaining({ statement_id: [from.id, to.id] }) }])
    expect(await logs()).toEqual([
      expect.objectContaining({ from_statement_id: from.id, to_statement_id: to.id, moved_statement_item_ids: [1], by: 'Command test' }),
    ])
  })

  test('can be rehearsed, and tells what it would do', async () => {
    const from = await make.statement(db, { ...november, state: 'payable' })
    await make.statement(db, { month: 12, deadline_date: date('2026-12-20') })
    await declare(from, 'payable')
    expect((await rehearse(db, { real: false }, (trx) => move({}, trx))).moves).toMatchObject([{ moved: 1, madeEligible: 1 }])
    expect(await statesOn(db, from)).toEqual(['payable'])
    expect(await logs()).toEqual([])
  })

  test.each<[string, MoveDeclarations['choice'], number]>([
    ['everything', {}, 4],
    ['a type', { types: ['retained-1'] }, 1],
    ['a state', { states: ['eligible'] }, 3],
    ['a course', { courses: ['npq-senco'] }, 1],
    ['a type and a state', { types: ['started'], states: ['ineligible'] }, 1],
    ['what there is none of', { types: ['completed'] }, 0],
  ])('takes %s where that is chosen', async (_, choice, expected) => {
    const from = await make.statement(db, november)
    const to = await make.statement(db, { month: 12, deadline_date: date('2026-12-20') })
    await declare(from, 'eligible')
    await declare(from, 'ineligible')
    await declare(from, 'eligible', { course: 'npq-senco' })
    await declare(from, 'eligible', { type: 'retained-1' })
    await move({ choice })
    expect(await statesOn(db, to)).toHaveLength(expected)
  })

  test('keeps to the chosen providers, and to their own statements', async () => {
    const statements: Record<string, [RowOf<'statements'>, RowOf<'statements'>]> = {}
    for (const provider of ['Ambition Institute', 'Teach First', 'LLSE']) {
      const from = await make.statement(db, { ...november, provider })
      await declare(from, 'eligible', { provider })
      statements[provider] = [from, await make.statement(db, { month: 12, provider, deadline_date: date('2026-12-20') })]
    }
    const chosen = [(await make.provider(db)).id, (await make.provider(db, 'LLSE')).id]
    expect((await move({ choice: { providerIds: chosen } })).moves.map(({ providerId }) => providerId)).toEqual(chosen)
    const counts = Object.values(statements).map(async (pair) =>
      (await Promise.all(pair.map((statement) => statesOn(db, statement)))).map((states) => states.length),
    )
    expect(await Promise.all(counts)).toEqual([
      [0, 1],
      [1, 0],
      [0, 1],
    ])
  })

  test('tells of a course that the other statement does not pay for', async () => {
    await declare(await make.statement(db, november), 'eligible')
    await make.statement(db, { month: 12, deadline_date: date('2026-12-20'), courses: ['npq-senco'] })
    expect((await move()).moves).toMatchObject([{ coursesWithoutContract: ['npq-headship'] }])
  })

  describe('takes milestones along', () => {
    async function linked(to: make.StatementFacts) {
      const from = await make.statement(db, november)
      const target = await make.statement(db, { month: 12, deadline_date: date('2026-12-20'), ...to })
      const schedule = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
      const milestones = [
        await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'started' }),
        await make.insert(db, 'milestones', { schedule_id: schedule.id, declaration_type: 'retained-1' }),
      ]
      for (const { id } of milestones) await make.insert(db, 'milestone_statements', { milestone_id: id, statement_id: from.id })
      const [, second] = milestones
      if (second && target.output_fee) await linkAfterAMove(second, target)
      return { from, target }
    }
    /** Only a link that moved comes to another month than those beside it. */
    async function linkAfterAMove(milestone: { id: number }, to: { id: number }) {
      const { id: statement_id } = await make.statement(db, { ...november, cohort: '2022a', courses: [] })
      const { id } = await make.insert(db, 'milestone_statements', { milestone_id: milestone.id, statement_id })
      await db.updateTable('milestone_statements').set({ statement_id: to.id }).where('id', '=', id).execute()
    }
    const links = async () =>
      (await db.selectFrom('milestone_statements').select('statement_id').orderBy('milestone_id').execute()).map((row) => row.statement_id)

    test('to a payment run, once each', async () => {
      const { target } = await linked({})
      expect((await move()).moves).toMatchObject([{ milestones: 2 }])
      expect(await links()).toEqual([target.id, target.id])
    })

    test('to a statement that becomes a payment run with the move', async () => {
      const { target } = await linked({ output_fee: false })
      expect((await move({ values: { from: {}, to: { output_fee: true } } })).moves).toMatchObject([{ milestones: 2 }])
      expect(await links()).toEqual([target.id, target.id])
    })

    test('of the chosen providers, and leaves those of others in their month', async () => {
      const { target } = await linked({})
      const elsewhere = await make.statement(db, { ...november, provider: 'Teach First' })
      await make.statement(db, { month: 12, deadline_date: null, provider: 'Teach First' })
      const milestone = await db.selectFrom('milestones').select('id').orderBy('id').executeTakeFirstOrThrow()
      await make.insert(db, 'milestone_statements', { milestone_id: milestone.id, statement_id: elsewhere.id })
      await move({ choice: { providerIds: [target.lead_provider_id] } })
      expect((await links()).sort()).toEqual([target.id, target.id, elsewhere.id].sort())
    })

    test('never to another statement', async () => {
      const { from } = await linked({ output_fee: false })
      expect((await move()).moves).toMatchObject([{ milestones: 0 }])
      expect(await links()).toEqual([from.id, from.id])
    })
  })

  test('changes the statements after the move, each noted with what it was', async () => {
    const from = await make.statement(db, november)
    const to = await make.statement(db, { month: 12, deadline_date: date('2026-12-20'), output_fee: false })
    await move({ values: { from: { output_fee: false }, to: { output_fee: true, payment_date: date('2027-01-25') } } })
    expect(await db.selectFrom('statements').select(['output_fee', 'payment_date']).orderBy('id').execute()).toEqual([
      { output_fee: false, payment_date: november.payment_date },
      { output_fee: true, payment_date: date('2027-01-25') },
    ])
    expect((await logs()).slice(0, 2)).toEqual([
      expect.objectContaining({ updated_statement_id: from.id, changes: { output_fee: [true, false] } }),
      expect.objectContaining({ updated_statement_id: to.id, changes: { output_fee: [false, true], payment_date: ['2026-12-25', '2027-01-25'] } }),
    ])
  })

  test('is refused for a cohort that there is not, and where neither month has a statement', async () => {
    expect(await titlesOf({ cohort: '1999a' })).toEqual(['cohort'])
    expect(await titlesOf()).toEqual(['statements'])
  })

  test('is refused whole where one provider’s statement cannot take part', async () => {
    const from = await make.statement(db, november)
    await make.statement(db, { month: 12, deadline_date: date('2026-12-20') })
    await declare(from, 'eligible')
    await make.statement(db, { ...november, provider: 'Teach First' })
    expect(await titlesOf()).toEqual(['statements'])
    await make.statement(db, { month: 12, provider: 'Teach First', deadline_date: date('2026-11-14') })
    expect(await titlesOf()).toEqual(['to'])
    expect(await statesOn(db, from)).toEqual(['eligible'])
    expect(await titlesOf({ pastDeadlineAllowed: true })).toEqual([])
  })

  test('is refused where the locks of a statement forbid the change of its values', async () => {
    await make.statement(db, { ...november, state: 'payable' })
    await make.statement(db, { month: 12, deadline_date: date('2026-12-20') })
    expect(await titlesOf({ values: { from: { payment_date: date('2027-01-01') }, to: {} } })).toEqual(['base'])
    expect(await titlesOf({ values: { from: {}, to: { payment_date: date('2026-12-19') } } })).toEqual(['payment_date'])
  })

  test.runIf(onPostgres)('beside the job that closes a statement, leaves no declaration eligible on a payable one', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 15; time++) {
      const months = { from: { year: 2030 + time, month: 1 }, to: { year: 2030 + time, month: 2 } }
      const from = await make.statement(db, { ...months.from, deadline_date: date('2026-11-14'), payment_date: null })
      const to = await make.statement(db, { ...months.to, deadline_date: date('2026-11-14'), payment_date: null })
      for (let each = 0; each < 3; each++) await declare(from, 'eligible')
      await Promise.all([
        move({ ...months, pastDeadlineAllowed: true }),
        makePayable(db, { now, author: 'Background job: test', statementId: from.id }),
        makePayable(db, { now, author: 'Background job: test', statementId: to.id }),
        move({ ...months, pastDeadlineAllowed: true }),
      ])
      for (const { id } of [from, to]) {
        const { state } = await db.selectFrom('statements').select('state').where('id', '=', id).executeTakeFirstOrThrow()
        expect(new Set(await statesOn(db, { id }))).toEqual(new Set(id === from.id ? [] : [state === 'payable' ? 'payable' : 'eligible']))
      }
    }
  })
})

describe('the rules of a move', () => {
  const statement = {
    lead_provider_id: 1,
    year: 2026,
    month: 11,
    state: 'open',
    deadline_date: november.deadline_date,
    marked_as_paid_at: null,
  } as const
  const facts = { from: [statement], to: [{ ...statement, month: 12 }], today: date('2026-11-30'), pastDeadlineAllowed: false }
  test.each<[string, Partial<MoveFacts>, string[]]>([
    ['a deadline today', {}, []],
    ['a deadline yesterday', { today: date('2026-12-01') }, ['to']],
    ['a deadline yesterday, allowed', { today: date('2026-12-01'), pastDeadlineAllowed: true }, []],
    ['no deadline', { to: [{ ...statement, month: 12, deadline_date: null }], today: date('2026-12-01') }, []],
    ['the same month', { to: [statement] }, ['to']],
    ['a paid statement to move from', { from: [{ ...statement, state: 'paid' }] }, ['from']],
    ['a paid statement to move to', { to: [{ ...statement, month: 12, state: 'paid' }], pastDeadlineAllowed: true }, ['to']],
    ['a payment under way', { from: [{ ...statement, state: 'payable', marked_as_paid_at: now }] }, ['statements']],
    ['no statements', { from: [], to: [] }, ['statements']],
    ['none to move to', { to: [] }, ['statements']],
    ['one of another provider', { to: [{ ...statement, month: 12, lead_provider_id: 2 }] }, ['statements']],
  ])('judge %s', (_, values, expected) => {
    expect(judge(moveDeclarationsRules, { ...facts, ...values }).map(({ title }) => title)).toEqual(expected)
  })
})

describe('the rules of a statement’s values', () => {
  const statement = { state: 'open', output_fee: true, ...november } as const
  const facts = { statement, values: {}, milestones: false }
  test.each<[string, Partial<ChangeStatementFacts>, string[]]>([
    ['equal dates', { values: { payment_date: november.deadline_date } }, []],
    ['a payment before the deadline', { values: { payment_date: date('2026-11-29') } }, ['payment_date']],
    ['dates that pass each other together', { values: { deadline_date: date('2027-01-01'), payment_date: date('2027-02-01') } }, []],
    ['no dates', { values: { deadline_date: null, payment_date: null } }, []],
    ['output_fee with milestones', { values: { output_fee: false }, milestones: true }, ['output_fee']],
    ['the same output_fee with milestones', { values: { output_fee: true }, milestones: true }, []],
    ['output_fee of a payable one', { statement: { ...statement, state: 'payable' }, values: { output_fee: false } }, []],
    ['a date of a payable one', { statement: { ...statement, state: 'payable' }, values: { payment_date: date('2027-01-01') } }, ['base']],
    ['anything of a paid one', { statement: { ...statement, state: 'paid' }, values: { output_fee: false } }, ['base']],
    ['nothing of a paid one', { statement: { ...statement, state: 'paid' }, values: { payment_date: november.payment_date } }, []],
  ])('judge %s', (_, values, expected) => {
    expect(judge(changeStatementRules, { ...facts, ...values }).map(({ title }) => title)).toEqual(expected)
  })
})
