import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RowOf, StatementItemState, StatementState } from '../../../src/db/schema.ts'
import type { DeclarationState } from '../../../src/words.ts'
import { clean, database } from '../../support/database.ts'
import { close, declared, declareFor, impossible, pay, voidOf } from '../../support/declarations.ts'
import * as make from '../../support/make.ts'

// Random histories of one participant's declarations, against a model that holds what the rules say in a few lines.

type Item = { state: StatementItemState; statement: number }
type Modelled = { type: string; state: DeclarationState; items: Item[] }
type Model = { declarations: Modelled[]; statements: StatementState[] }

const live = (state: DeclarationState) => ['submitted', 'eligible', 'payable', 'paid'].includes(state)

function declareInModel({ declarations, statements }: Model, type: string): string[] {
  const statement = statements.indexOf('open')
  if (statement < 0) return ['cohort']
  if (declarations.some((one) => one.type === type && live(one.state))) return ['base']
  declarations.push({ type, state: 'eligible', items: [{ state: 'eligible', statement }] })
  return []
}

function voidInModel({ statements }: Model, declaration: Modelled): string[] {
  if (declaration.state === 'voided') return ['declaration']
  const [payment] = declaration.items
  if (payment && (declaration.state === 'eligible' || declaration.state === 'payable')) {
    payment.state = 'voided'
    declaration.state = 'voided'
    return []
  }
  const statement = statements.indexOf('open')
  const refusals = [declaration.items.length > 1, statement < 0].filter((refused) => refused).map(() => 'declaration')
  if (refusals.length > 0) return refusals
  declaration.state = 'awaiting_clawback'
  declaration.items.push({ state: 'awaiting_clawback', statement })
  return []
}

const next: Partial<Record<StatementState, { state: StatementState; moves: Partial<Record<DeclarationState, StatementItemState>> }>> = {
  open: { state: 'payable', moves: { eligible: 'payable' } },
  payable: { state: 'paid', moves: { payable: 'paid', awaiting_clawback: 'clawed_back' } },
}

function settleInModel({ declarations, statements }: Model, index: number) {
  const step = next[statements[index] ?? 'paid']
  if (!step) return
  statements[index] = step.state
  for (const declaration of declarations) {
    for (const item of declaration.items) {
      const moved = step.moves[item.state]
      if (item.statement !== index || !moved) continue
      item.state = moved
      declaration.state = moved
    }
  }
}

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('declare' as const), type: fc.constantFrom('started', 'retained-1') }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat({ max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('settle' as const), statement: fc.nat({ max: 2 }) }) },
)

test('any history of declaring, voiding, closing and paying ends as the model does', { timeout: 300_000 }, async () => {
  const db = await database()
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 16 }), async (operations) => {
      await clean()
      const application = await make.acceptedApplication(db)
      const statements: RowOf<'statements'>[] = []
      for (const month of [11, 12, 1]) {
        const year = month === 1 ? 2027 : 2026
        statements.push(await make.statement(db, { year, month, deadline_date: new Temporal.PlainDate(year, month, 28), payment_date: null }))
      }
      const model: Model = { declarations: [], statements: ['open', 'open', 'open'] }
      const titles = ({ refusals }: { refusals: readonly { title: string }[] }) => [...new Set(refusals.map(({ title }) => title))]

      for (const step of operations) {
        if (step.kind === 'declare') {
          expect(titles(await declareFor(db, application, { declarationType: step.type }))).toEqual(declareInModel(model, step.type))
        } else if (step.kind === 'void') {
          const [modelled, stored] = [model.declarations[step.which], (await declared(db))[step.which]]
          if (modelled && stored) expect(titles(await voidOf(db, stored))).toEqual([...new Set(voidInModel(model, modelled))])
        } else {
          const statement = statements[step.statement]
          if (statement && model.statements[step.statement] === 'open') await close(db, statement)
          else if (statement && model.statements[step.statement] === 'payable') await pay(db, statement)
          settleInModel(model, step.statement)
        }
        const stored = (await declared(db)).map(({ declaration_type, state, items }) => ({
          type: declaration_type,
          state,
          items: items.map((item) => ({ state: item.state, statement: statements.findIndex(({ id }) => id === item.statement_id) })),
        }))
        expect(stored).toEqual(model.declarations)
      }
      expect(await impossible(db)).toEqual([])
    }),
    { numRuns: 40 },
  )
})
