import { beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transacting } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { addContract } from '../../../src/domain/statements/add-contract.ts'
import { addAdjustment, changeAdjustment, removeAdjustment } from '../../../src/domain/statements/adjust.ts'
import { authorisePayment } from '../../../src/domain/statements/authorise-payment.ts'
import { changeDate } from '../../../src/domain/statements/change-date.ts'
import { changePrice } from '../../../src/domain/statements/change-price.ts'
import { correctPrices } from '../../../src/domain/statements/correct-prices.ts'
import { correctStatements } from '../../../src/domain/statements/correct-statements.ts'
import { createMilestone, deleteMilestone, moveMilestone } from '../../../src/domain/statements/milestones.ts'
import { moveDeclarations } from '../../../src/domain/statements/move-declarations.ts'
import { now } from '../../support/app.ts'
import { database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

// Every verb of finance on a statement in every state, with milestones and without. The database has a word of its own about what is
// settled; each verb must know it beforehand, so none may throw, and one that refuses leaves everything as it was.

type Stage = 'open' | 'payable' | 'authorised' | 'paid'
const stages: readonly Stage[] = ['open', 'payable', 'authorised', 'paid']

let db: Database
beforeEach(async () => {
  db = await database()
})

const date = (text: string) => Temporal.PlainDate.from(text)
const act = { now, author: 'Admin ann@example.org (test)' }
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))
const months = { november: { year: 2026, month: 11 }, december: { year: 2026, month: 12 } }
type Scene = { statement: RowOf<'statements'>; contractId: number; adjustmentId: number; milestoneId: number; scheduleId: number }

/** November in this state, its deadline over, with a contract, an adjustment and a declaration; December open. */
async function makeScene(stage: Stage, withMilestone: boolean): Promise<Scene> {
  const state = stage === 'authorised' ? 'payable' : stage
  const statement = await make.statement(db, {
    state,
    deadline_date: date('2026-10-31'),
    marked_as_paid_at: stage === 'authorised' ? now : null,
    courses: [],
  })
  const { id: contractId } = await make.contract(db, { statement })
  await make.statement(db, { month: 12, deadline_date: date('2026-11-30') })
  const { id: adjustmentId } = await make.insert(db, 'adjustments', { statement_id: statement.id, description: 'Travel', amount: '5' })
  for (const each of [state === 'open' ? ('eligible' as const) : state, 'ineligible' as const])
    await make.item(db, { statement, declaration: await make.declaration(db, { application: await make.acceptedApplication(db), state: each }) })
  const { id: scheduleId } = await make.scheduleNamed(db, '2023a', 'npq-leadership-autumn')
  const { id: milestoneId } = await make.insert(db, 'milestones', { schedule_id: scheduleId, declaration_type: 'started' })
  if (withMilestone) await make.insert(db, 'milestone_statements', { milestone_id: milestoneId, statement_id: statement.id })
  return { statement, contractId, adjustmentId, milestoneId, scheduleId }
}

type Verb = (trx: Transacting, scene: Scene) => Promise<{ refusals: readonly unknown[] }>
const terms = { recruitment_target: '1', per_participant: '1', service_fee_installments: '1', special_course: 'false', monthly_service_fee: '0' }
const move = (trx: Transacting, from: make.StatementFacts, to: make.StatementFacts, values: object = {}) =>
  moveDeclarations(trx, {
    ...act,
    cohort: '2023a',
    from: from as { year: number; month: number },
    to: to as { year: number; month: number },
    choice: {},
    values: { from: {}, to: {}, ...values },
    pastDeadlineAllowed: true,
  })
const correct = (trx: Transacting, line: string) =>
  correctStatements(trx, {
    ...act,
    cohort: '2023a',
    contractsFrom: undefined,
    statements: bytes('name,deadline_date,payment_date,output_fee', line),
  })

// each verb, in which states of the statement it may act, and whether milestones forbid it
const verbs: [name: string, allowed: readonly Stage[], milestonesForbid: boolean, verb: Verb][] = [
  [
    'authorise its payment',
    ['payable', 'authorised'],
    false,
    (trx, { statement }) => authorisePayment(trx, { ...act, statementId: statement.id, checksDone: true }),
  ],
  [
    'change its deadline',
    ['open'],
    false,
    (trx, { statement }) => changeDate(trx, { ...act, statementId: statement.id, which: 'deadline_date', date: date('2026-11-20') }),
  ],
  [
    'change its payment date',
    ['open'],
    false,
    (trx, { statement }) => changeDate(trx, { ...act, statementId: statement.id, which: 'payment_date', date: date('2026-12-20') }),
  ],
  [
    'add an adjustment',
    ['open', 'payable'],
    false,
    (trx, { statement }) => addAdjustment(trx, { ...act, statementId: statement.id, description: 'Rooms', amount: '6' }),
  ],
  [
    'change an adjustment',
    ['open', 'payable'],
    false,
    (trx, { adjustmentId }) => changeAdjustment(trx, { ...act, adjustmentId, description: 'Rooms', amount: '6' }),
  ],
  ['remove an adjustment', ['open', 'payable'], false, (trx, { adjustmentId }) => removeAdjustment(trx, { ...act, adjustmentId })],
  ['add a contract', ['open'], false, (trx, { statement }) => addContract(trx, { ...act, statementId: statement.id, course: 'npq-senco', terms })],
  ['change a price', ['open'], false, (trx, { contractId }) => changePrice(trx, { ...act, contractId, perParticipant: '900' })],
  [
    'correct its prices',
    ['open'],
    false,
    (trx) =>
      correctPrices(trx, {
        ...act,
        ...months.november,
        cohort: '2023a',
        prices: bytes('lead_provider_name,course_identifier,per_participant', 'Ambition Institute,npq-headship,900'),
      }),
  ],
  ['correct its dates', ['open'], false, (trx) => correct(trx, '26-Nov,2026-10-30,2026-12-25,TRUE')],
  ['make it no payment run', ['open', 'payable', 'authorised'], true, (trx) => correct(trx, '26-Nov,2026-10-31,2026-12-25,FALSE')],
  ['change nothing of it', stages, false, (trx) => correct(trx, '26-Nov,2026-10-31,2026-12-25,TRUE')],
  ['move its declarations on', ['open', 'payable'], false, (trx) => move(trx, months.november, months.december)],
  ['move others onto it', ['open', 'payable'], false, (trx) => move(trx, months.december, months.november)],
  [
    'move its declarations on, and make it no payment run',
    ['open', 'payable'],
    true,
    (trx) => move(trx, months.november, months.december, { from: { output_fee: false } }),
  ],
  [
    'move its declarations to what becomes no payment run',
    ['open', 'payable'],
    false,
    (trx) => move(trx, months.november, months.december, { to: { output_fee: false } }),
  ],
  [
    'create a milestone of its month',
    stages,
    false,
    (trx, { scheduleId }) => createMilestone(trx, { ...act, ...months.november, scheduleId, type: 'completed' }),
  ],
  ['move a milestone to its month', stages, false, (trx, { milestoneId }) => moveMilestone(trx, { ...act, ...months.november, milestoneId })],
  ['move a milestone from its month', stages, false, (trx, { milestoneId }) => moveMilestone(trx, { ...act, ...months.december, milestoneId })],
  ['delete a milestone', stages, false, (trx, { milestoneId }) => deleteMilestone(trx, { ...act, milestoneId })],
]

const kept = ['statements', 'statement_items', 'declarations', 'contracts', 'adjustments', 'milestones', 'milestone_statements', 'versions'] as const
async function everything(trx: Transacting): Promise<string> {
  const rows: unknown[] = []
  for (const table of [...kept, 'financial_change_logs', 'jobs'] as const) rows.push(await trx.selectFrom(table).selectAll().orderBy('id').execute())
  return JSON.stringify(rows)
}

describe.each(stages)('of a statement that is %s, finance may', (stage) => {
  test.each([true, false])(
    'do what is allowed then, and is told why not of all else; with milestones: %s',
    { timeout: 30_000 },
    async (withMilestone) => {
      const scene = await makeScene(stage, withMilestone)
      for (const [name, allowed, milestonesForbid, verb] of verbs) {
        await rehearse(db, { real: false }, async (trx) => {
          const before = await everything(trx)
          const { refusals } = await verb(trx, scene)
          const may = allowed.includes(stage) && !(withMilestone && milestonesForbid)
          expect([name, refusals.length === 0 ? [] : 'refused']).toEqual([name, may ? [] : 'refused'])
          if (!may) expect(await everything(trx), name).toBe(before)
        })
      }
    },
  )
})
