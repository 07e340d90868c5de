import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import { rehearse } from '../../../src/db/rehearse.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { presentMoney, statementFigures } from '../../../src/domain/finance/figures.ts'
import { merge } from '../../../src/domain/participants/merge.ts'
import { lockPeople } from '../../../src/domain/participants/records.ts'
import { addAdjustment } from '../../../src/domain/statements/adjust.ts'
import { authorisePayment } from '../../../src/domain/statements/authorise-payment.ts'
import { changeDate } from '../../../src/domain/statements/change-date.ts'
import { makePayable } from '../../../src/domain/statements/make-payable.ts'
import { markPaid } from '../../../src/domain/statements/mark-paid.ts'
import { moveDeclarations } from '../../../src/domain/statements/move-declarations.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { now } from '../../support/app.ts'
import { clean, database, onPostgres } from '../../support/database.ts'
import { declareFor, impossible, voidOf } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'

// Everything that touches money, three at a time on one provider's statements: whatever came first, nothing is paid twice or lost.

let db: Database
const act = { now, author: 'Admin ann@example.org (test)' }
const inDecember = { ...act, now: Temporal.Instant.from('2026-12-01T00:00:00Z') }
type World = Awaited<ReturnType<typeof makeWorld>>

/** September is paid, October payable, November open and taking declarations and refunds, December open. */
async function makeWorld(authorised: boolean) {
  const on = (month: number, facts: make.StatementFacts) => make.statement(db, { month, payment_date: null, ...facts })
  const endOf = (month: number) => Temporal.PlainDate.from({ year: 2026, month, day: 30 })
  const september = await on(9, { state: 'paid', deadline_date: endOf(9) })
  const october = await on(10, { state: 'payable', deadline_date: endOf(10), marked_as_paid_at: authorised ? now : null })
  const november = await on(11, { deadline_date: endOf(11) })
  await on(12, { deadline_date: endOf(12) })
  const declared: RowOf<'declarations'>[] = []
  const declare = async (state: DeclarationState, statement: { id: number }, refund?: { id: number }) => {
    const declaration = await make.declaration(db, { application: await make.acceptedApplication(db), state })
    await make.item(db, { statement, declaration: refund ? { ...declaration, state: 'paid' } : declaration })
    if (refund) await make.item(db, { statement: refund, declaration })
    declared.push(declaration)
  }
  for (const state of ['payable', 'payable', 'ineligible'] as const) await declare(state, october)
  for (const state of ['paid', 'ineligible'] as const) await declare(state, september)
  await declare('awaiting_clawback', september, october)
  await declare('eligible', november)
  return { october, november, declared, newcomer: await make.acceptedApplication(db) }
}

const move = (from: number, to: number) =>
  moveDeclarations(db, {
    ...act,
    cohort: '2023a',
    from: { year: 2026, month: from },
    to: { year: 2026, month: to },
    choice: {},
    values: { from: {}, to: {} },
    pastDeadlineAllowed: true,
  })

async function mergeFirstTwo({ declared: [one, other] }: World) {
  await rehearse(db, { real: true }, async (trx) => {
    const ids = [one?.application_id ?? 0, other?.application_id ?? 0]
    const people = await trx
      .selectFrom('users')
      .innerJoin('applications', 'applications.user_id', 'users.id')
      .select('users.public_id')
      .where('applications.id', 'in', ids)
      .execute()
    const [kept, merged] = await lockPeople(
      trx,
      people.map(({ public_id }) => public_id),
    )
    if (kept && merged) await merge(act, { kept, merged })
  })
}

const operations: Record<string, (world: World) => Promise<unknown>> = {
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 6].map((which) => [`void ${which}`, ({ declared }: World) => voidOf(db, declared[which] as RowOf<'declarations'>)]),
  ),
  declare: ({ newcomer }) => declareFor(db, newcomer),
  authorise: ({ october }) => authorisePayment(db, { ...act, statementId: october.id, checksDone: true }),
  pay: ({ october }) => markPaid(db, { ...act, statementId: october.id }),
  'pay as well': ({ october }) => markPaid(db, { ...act, statementId: october.id }),
  close: ({ november }) => makePayable(db, { ...inDecember, statementId: november.id }),
  'move on': () => move(10, 11),
  'move back': () => move(11, 10),
  merge: mergeFirstTwo,
  adjust: ({ october }) => addAdjustment(db, { ...act, statementId: october.id, description: 'Travel', amount: '5' }),
  'change the deadline': ({ november }) =>
    changeDate(db, { ...act, statementId: november.id, which: 'deadline_date', date: Temporal.PlainDate.from('2026-11-15') }),
}

/** `ROUNDS` asks for more of them. */
const numRuns = Number(process.env['ROUNDS'] ?? 40)

test.runIf(onPostgres)(
  'three that act at once on money leave nothing paid twice, nothing lost, and no error',
  { timeout: numRuns * 5000 },
  async () => {
    const names = Object.keys(operations)
    const rounds = fc.sample(fc.tuple(fc.shuffledSubarray(names, { minLength: 3, maxLength: 3 }), fc.boolean()), { numRuns, seed: 12 })
    for (const [together, authorised] of rounds) {
      db = await database()
      await clean()
      const world = await makeWorld(authorised)
      const which = `${together.join(', ')}${authorised ? ', authorised' : ''}`
      const ended = await Promise.allSettled(together.map((name) => operations[name]?.(world)))
      expect(
        ended.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : [])),
        which,
      ).toEqual([])
      expect(await impossible(db), which).toEqual([])
      await payEverything(world)
      expect(await impossible(db), which).toEqual([])
      expect(await unsettled(), which).toEqual([])
      await expectKept(which, together.includes('merge'))
    }
  },
)

/** What comes next in any case: October and November are closed, authorised and paid. */
async function payEverything({ october, november }: World) {
  for (const { id: statementId } of [october, november]) {
    await makePayable(db, { ...inDecember, statementId })
    await authorisePayment(db, { ...inDecember, statementId, checksDone: true })
    await markPaid(db, { ...inDecember, statementId })
  }
}

/** What a statement that is paid holds and did not settle. */
async function unsettled() {
  return db
    .selectFrom('statement_items')
    .innerJoin('statements', 'statements.id', 'statement_items.statement_id')
    .select(['statements.month', 'statement_items.state'])
    .where('statements.state', '=', 'paid')
    .where('statement_items.state', 'in', ['eligible', 'payable', 'awaiting_clawback'])
    .execute()
}

/** A statement keeps what it held when it was paid; only a merge that came later may part the two. */
async function expectKept(which: string, merged: boolean) {
  const paid = await db.selectFrom('statements').select('id').where('state', '=', 'paid').where('totals', 'is not', null).execute()
  for (const { id } of paid) {
    const { totals, sincePayment } = await statementFigures(db, id)
    if (!merged) expect([totals.payment.toFixed(), sincePayment], which).toEqual([(await presentMoney(db, id)).totals.payment.toFixed(), []])
  }
}
