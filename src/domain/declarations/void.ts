import { utcDate } from '../../clock.ts'
import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { DeclarationState } from '../../words.ts'
import { settingOf } from '../applications/records.ts'
import { type Act, change } from '../history.ts'
import { recordOutcome } from '../outcomes/record-outcome.ts'
import { findNewestOutcome } from '../outcomes/records.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { addItem } from '../statements/items.ts'
import { lockItemsOf, shareStatementsOf } from '../statements/lock.ts'
import { lockNextOutputFeeStatement } from '../statements/next-output-fee-statement.ts'
import { cohortClosedDetail, noSuchDeclaration } from './declaration.ts'
import { declaredOnce } from './declared-once.ts'
import { type LockedDeclaration, lockOwnDeclaration, type OwnDeclaration, startYearOf } from './records.ts'
import { billableStates, clawbackStates, refundStates } from './states.ts'

export type VoidDeclaration = Act & OwnDeclaration

export type VoidFacts = {
  state: DeclarationState
  /** the declaration has an item that takes its payment back */
  refunded: boolean
  /** a statement of the provider can take an item of the declaration's cohort */
  statementOpen: boolean
  /** a statement that is paid counts the declaration among what it paid for */
  paidFor: boolean
  /** the start year of the declaration's cohort */
  startYear: number
}

/** A provider retracts a declaration: one that was paid is clawed back, any other is voided (04 section 10). */
export function voidDeclaration(db: Database, command: VoidDeclaration): Promise<Verdict> {
  return declaredOnce(() =>
    transact(db, async (trx) => {
      const locked = await lockOwnDeclaration(trx, command)
      if (!locked) return noSuchDeclaration
      const { declaration } = locked
      const paid = clawbackStates.includes(declaration.state)
      const statement = paid ? await lockRefundStatement(locked, command) : undefined
      const paidStatements = paid ? [] : await shareStatementsOf(locked, 'paid')
      const items = await lockItemsOf(locked)
      const refusals = judge(voidRules, {
        state: declaration.state,
        refunded: items.some(({ state }) => refundStates.includes(state)),
        statementOpen: statement !== undefined,
        paidFor: items.some(({ state, statement_id }) => billableStates.includes(state) && paidStatements.includes(statement_id)),
        startYear: await startYearOf(locked),
      })
      if (refusals.length > 0) return { refusals }

      const retracted = await change(trx, command, 'declarations', declaration, { state: paid ? 'awaiting_clawback' : 'voided' })
      if (paid && statement) {
        await addItem(trx, command, statement, declaration, 'awaiting_clawback')
      }
      const unpaid = items.find(({ state }) => state === 'eligible' || state === 'ineligible' || state === 'payable')
      if (!paid && unpaid) await change(trx, command, 'statement_items', unpaid, { state: 'voided' })
      await voidOutcome({ ...locked, declaration: retracted }, command)
      return done
    }),
  )
}

export const voidRules: Rules<VoidFacts> = [
  refuse('declaration_already_voided', ({ state }) => state === 'voided', 'declaration', 'This declaration has been voided already.'),
  refuse(
    'declaration_already_clawed_back',
    ({ state, refunded }) => clawbackStates.includes(state) && refunded,
    'declaration',
    'This declaration is being clawed back, or has been, already.',
  ),
  refuse(
    'cohort_closed',
    ({ state, statementOpen }) => clawbackStates.includes(state) && !statementOpen,
    'declaration',
    ({ startYear }) => cohortClosedDetail(startYear),
  ),
  [
    refuse(
      'declaration_not_paid',
      ({ state }) => clawbackStates.includes(state) && state !== 'paid',
      'declaration',
      'Only a declaration that was paid can be clawed back.',
    ),
    refuse(
      'statement_already_paid',
      ({ state, paidFor }) => !clawbackStates.includes(state) && paidFor,
      'declaration',
      ({ state }) =>
        `This declaration is ${state}, but the statement that it is on has been paid, so it can be neither voided nor clawed back. Get in touch with us.`,
    ),
  ],
]

function lockRefundStatement(locked: LockedDeclaration, { now }: Act) {
  const { lead_provider_id: providerId, cohort_id: cohortId } = locked.declaration
  return lockNextOutputFeeStatement(locked, { providerId, cohortId, today: utcDate(now) })
}

/** What was completed for a course that ends with a pass or a fail is neither once it is retracted, even where no result was given. */
async function voidOutcome(locked: LockedDeclaration, act: Act) {
  const { trx, declaration } = locked
  if (declaration.declaration_type !== 'completed') return
  if (!(await settingOf(locked)).course.outcomes_permitted) return
  const newest = await findNewestOutcome(trx, declaration.id)
  if (newest?.state === 'voided') return
  await recordOutcome(locked, act, { state: 'voided', completionDate: utcDate(declaration.declaration_date) })
}
