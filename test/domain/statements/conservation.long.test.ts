import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../../src/db/connect.ts'
import type { RowOf } from '../../../src/db/schema.ts'
import { voidDeclaration } from '../../../src/domain/declarations/void.ts'
import { statementFigures } from '../../../src/domain/finance/figures.ts'
import { Decimal, sum } from '../../../src/domain/finance/money.ts'
import { authorisePayment } from '../../../src/domain/statements/authorise-payment.ts'
import { changePrice } from '../../../src/domain/statements/change-price.ts'
import { makePayable } from '../../../src/domain/statements/make-payable.ts'
import { markPaid } from '../../../src/domain/statements/mark-paid.ts'
import { moveDeclarations } from '../../../src/domain/statements/move-declarations.ts'
import { clean, database } from '../../support/database.ts'
import * as make from '../../support/make.ts'

// Finance acts at random on ten months of statements, whose prices differ. A model of a few lines says where each declaration is
// and what was paid for it; the service must agree to the last digit, whatever was done and in whatever order.

type Step = { kind: 'declare' | 'close' | 'pay' } | { kind: 'void' | 'move'; which: number } | { kind: 'reprice'; price: number }
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant({ kind: 'declare' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'close' as const }) },
    { weight: 3, arbitrary: fc.constant({ kind: 'pay' as const }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(20) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), which: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reprice' as const), price: fc.integer({ min: 1, max: 200_000 }) }) },
  ),
  { minLength: 20, maxLength: 50 },
)

type Month = { statement: RowOf<'statements'>; state: 'open' | 'payable' | 'paid'; price: Decimal }
type Declared = { row: RowOf<'declarations'>; state: string; on: number; refundOn?: number }

const months = 10
const last = (month: number) =>
  Temporal.PlainDate.from({ year: 2026, month: month + 1, day: 1 })
    .add({ months: 1 })
    .subtract({ days: 1 })

let db: Database

class World {
  readonly months: Month[] = []
  readonly declared: Declared[] = []
  /** the month that is open now; `months` when all are closed */
  current = 0

  async open() {
    db = await database()
    await clean()
    for (let month = 0; month < months; month++) {
      const statement = await make.statement(db, { month: month + 1, courses: [], deadline_date: last(month), payment_date: null })
      const price = new Decimal(800 + month)
      await make.contract(db, { statement, course: 'npq-headship', per_participant: price.toFixed() })
      this.months.push({ statement, state: 'open', price })
    }
  }

  get act() {
    return { now: last(this.current).subtract({ days: 9 }).toZonedDateTime('UTC').toInstant(), author: 'Command test' }
  }

  async take(step: Step): Promise<unknown> {
    if (step.kind === 'declare') return this.current < months && this.declare()
    if (step.kind === 'close') return this.current < months && this.close()
    if (step.kind === 'pay') return this.pay()
    if (step.kind === 'reprice') return this.current < months && this.reprice(step.price)
    if (step.kind === 'move') return this.move(Math.min(Math.max(this.current - step.which, 0), months - 2))
    if (step.kind === 'void' && this.declared.length > 0) return this.void(this.declared[step.which % this.declared.length] as Declared)
  }

  private async declare() {
    const row = await make.declaration(db, { application: await make.acceptedApplication(db), state: 'eligible' })
    await make.item(db, { declaration: row, statement: this.month(this.current).statement })
    this.declared.push({ row, state: 'eligible', on: this.current })
  }

  private async close() {
    const { statement } = this.month(this.current)
    this.current++
    for (let time = 0; time < 2; time++) expect(await makePayable(db, { ...this.act, statementId: statement.id })).toBe(time === 0)
    this.month(this.current - 1).state = 'payable'
    this.each({ on: this.current - 1, from: 'eligible', to: 'payable' })
  }

  private async pay() {
    const holds = (place: number) => this.declared.some(({ on, refundOn }) => on === place || refundOn === place)
    const place = this.months.findIndex(({ state }, place) => state === 'payable' && holds(place))
    if (place < 0) return
    const statementId = this.month(place).statement.id
    expect(await authorisePayment(db, { ...this.act, statementId, checksDone: true })).toEqual({ refusals: [] })
    for (let time = 0; time < 2; time++) expect(await markPaid(db, { ...this.act, statementId })).toBe(time === 0)
    this.month(place).state = 'paid'
    this.each({ on: place, from: 'payable', to: 'paid' })
    for (const declared of this.declared) if (declared.state === 'awaiting_clawback' && declared.refundOn === place) declared.state = 'clawed_back'
  }

  private async void(declared: Declared) {
    const { lead_provider_id: providerId, public_id: declarationId } = declared.row
    const { refusals } = await voidDeclaration(db, { ...this.act, providerId, declarationId })
    const possible = ['eligible', 'payable'].includes(declared.state) || (declared.state === 'paid' && this.current < months)
    expect(refusals.length === 0).toBe(possible)
    if (!possible) return
    if (declared.state === 'paid') Object.assign(declared, { state: 'awaiting_clawback', refundOn: this.current })
    else declared.state = 'voided'
  }

  private async move(place: number) {
    const [from, to] = [this.month(place), this.month(place + 1)]
    const { refusals } = await moveDeclarations(db, {
      ...this.act,
      cohort: '2023a',
      from: from.statement,
      to: to.statement,
      choice: {},
      values: { from: {}, to: {} },
      pastDeadlineAllowed: true,
    })
    const possible = from.state !== 'paid' && to.state !== 'paid'
    expect(refusals.length === 0).toBe(possible)
    if (!possible) return
    for (const declared of this.declared) {
      if (declared.refundOn === place) declared.refundOn = place + 1
      if (declared.on === place) declared.on = place + 1
    }
    if (to.state === 'payable') this.each({ on: place + 1, from: 'eligible', to: 'payable' })
    else this.each({ on: place + 1, from: 'payable', to: 'eligible' })
  }

  private async reprice(pence: number) {
    const { id } = await db.selectFrom('contracts').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
    const price = new Decimal(pence).div(100)
    expect(await changePrice(db, { ...this.act, contractId: id, perParticipant: price.toFixed(2) })).toMatchObject({ refusals: [] })
    for (const month of this.months.slice(this.current)) month.price = price
  }

  private each({ on, from, to }: { on: number; from: string; to: string }) {
    for (const declared of this.declared) if (declared.on === on && declared.state === from) declared.state = to
  }

  month(place: number): Month {
    return this.months[place] as Month
  }

  /** What is left of what was paid: each declaration at the price of the statement that paid for it, less the price at which it was taken back. */
  get worth(): Decimal {
    const unit = (place: number) => this.month(place).price.times(60).div(100).div(4)
    const paid = this.declared.filter(({ state }) => ['paid', 'awaiting_clawback', 'clawed_back'].includes(state))
    const takenBack = paid.filter(({ state }) => state === 'clawed_back')
    return sum(paid.map(({ on }) => unit(on))).minus(sum(takenBack.map(({ refundOn }) => unit(refundOn ?? 0))))
  }
}

test('money is conserved: what was paid less what was clawed back is what the declarations are worth at their statements’ prices', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const world = new World()
      await world.open()
      for (const step of taken) await world.take(step)
      const states = await db.selectFrom('declarations').select(['id', 'state']).orderBy('id').execute()
      expect(states).toEqual(world.declared.map(({ row: { id }, state }) => ({ id, state })))
      const paid: Decimal[] = []
      for (const { statement, state } of world.months) {
        if (state !== 'paid') continue
        const { totals } = await statementFigures(db, statement.id)
        paid.push(totals.output_payment.minus(totals.clawback_payments))
      }
      expect(sum(paid).toFixed(20)).toBe(world.worth.toFixed(20))
    }),
    { numRuns: 20 },
  )
}, 120_000)
