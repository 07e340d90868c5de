import { utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import type { DeclarationState } from '../../words.ts'
import { type Act, change, create } from '../history.ts'
import { recordOutcome } from '../outcomes/record-outcome.ts'
import { done, judge, type Rule, refuse, thenRefuse, type Verdict } from '../rules.ts'
import { lockNextOutputFeeStatement } from '../statements/next-output-fee-statement.ts'
import { billableStates, clawbackStates, type Declaration } from './declaration.ts'
import { cohortClosedDetail } from './declare-rules.ts'
import { declaredOnce } from './declared-once.ts'
import { lockDeclaration, type OwnDeclaration } from './lock.ts'

export type VoidDeclaration = Act & OwnDeclaration

export type Facts = {
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
      const declaration = (await lockDeclaration(trx, command))?.declaration
      if (!declaration) return { refusals: [{ title: 'declaration', detail: 'The declaration does not exist any more.' }] }
      const paid = clawbackStates.includes(declaration.state)
      const statement = paid ? await lockRefundStatement(trx, command, declaration) : undefined
      const paidStatements = paid ? [] : await lockHoldingStatements(trx, declaration)
      const items = await lockItems(trx, declaration)
      const refusals = judge(rules, {
        state: declaration.state,
        refunded: items.some(({ state }) => state === 'awaiting_clawback' || state === 'clawed_back'),
        statementOpen: statement !== undefined,
        paidFor: items.some(({ state, statement_id }) => billableStates.includes(state) && paidStatements.includes(statement_id)),
        startYear: await startYearOf(trx, declaration),
      })
      if (refusals.length > 0) return { refusals }

      const retracted = await change(trx, command, 'declarations', declaration, { state: paid ? 'awaiting_clawback' : 'voided' })
      if (paid && statement) {
        await create(trx, command, 'statement_items', { statement_id: statement.id, declaration_id: declaration.id, state: 'awaiting_clawback' })
      }
      const unpaid = items.find(({ state }) => state === 'eligible' || state === 'ineligible' || state === 'payable')
      if (!paid && unpaid) await change(trx, command, 'statement_items', unpaid, { state: 'voided' })
      await voidOutcome(trx, command, retracted)
      return done
    }),
  )
}

export const rules: Rule<Facts>[] = [
  refuse(({ state }) => state === 'voided', 'declaration', 'This declaration has been voided already.'),
  refuse(
    ({ state, refunded }) => clawbackStates.includes(state) && refunded,
    'declaration',
    'This declaration is being clawed back, or has been, already.',
  ),
  refuse(
    ({ state, statementOpen }) => clawbackStates.includes(state) && !statementOpen,
    'declaration',
    ({ startYear }) => cohortClosedDetail(startYear),
  ),
  thenRefuse(
    ({ state }) => clawbackStates.includes(state) && state !== 'paid',
    'declaration',
    'Only a declaration that was paid can be clawed back.',
  ),
  thenRefuse(
    ({ state, paidFor }) => !clawbackStates.includes(state) && paidFor,
    'declaration',
    ({ state }) =>
      `This declaration is ${state}, but the statement that it is on has been paid, so it can be neither voided nor clawed back. Get in touch with us.`,
  ),
]

function lockRefundStatement(trx: Transacting, { now }: Act, declaration: Declaration) {
  return lockNextOutputFeeStatement(trx, {
    providerId: declaration.lead_provider_id,
    cohortId: declaration.cohort_id,
    today: utcDate(now),
  })
}

/** Keeps the statements that hold the declaration from being paid until the void is done; returns those that are paid already. */
async function lockHoldingStatements(trx: Transacting, declaration: Declaration): Promise<number[]> {
  const statements = await trx
    .selectFrom('statements')
    .select(['id', 'state'])
    .where('id', 'in', (eb) => eb.selectFrom('statement_items').select('statement_id').where('declaration_id', '=', declaration.id))
    .orderBy('id')
    .forShare()
    .execute()
  return statements.filter(({ state }) => state === 'paid').map(({ id }) => id)
}

function lockItems(trx: Transacting, declaration: Declaration): Promise<RowOf<'statement_items'>[]> {
  return trx.selectFrom('statement_items').selectAll().where('declaration_id', '=', declaration.id).orderBy('id').forUpdate().execute()
}

async function startYearOf(trx: Transacting, { cohort_id }: Declaration): Promise<number> {
  return (await trx.selectFrom('cohorts').select('start_year').where('id', '=', cohort_id).executeTakeFirstOrThrow()).start_year
}

/** What was completed for a course that ends with a pass or a fail is neither once it is retracted, even where no result was given. */
async function voidOutcome(trx: Transacting, act: Act, declaration: Declaration) {
  if (declaration.declaration_type !== 'completed') return
  const { outcomes_permitted } = await trx
    .selectFrom('applications')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .select('courses.outcomes_permitted')
    .where('applications.id', '=', declaration.application_id)
    .executeTakeFirstOrThrow()
  if (!outcomes_permitted) return
  const latest = await trx
    .selectFrom('outcomes')
    .select('state')
    .where('declaration_id', '=', declaration.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (latest?.state === 'voided') return
  await recordOutcome(trx, act, { declaration, state: 'voided', completionDate: utcDate(declaration.declaration_date) })
}
