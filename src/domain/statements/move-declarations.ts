import { londonDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type LockedCohort, lockCohort } from '../cohorts/records.ts'
import { statementFacts } from '../finance/facts.ts'
import type { Act } from '../history.ts'
import { distinct, judge, type Refusal, type Rules, refuse, type Verdict } from '../rules.ts'
import { changeStatement, refusalsOfChange, type StatementValues } from './change-statement.ts'
import { logFinancialChange } from './financial-change-log.ts'
import { changeStates, chosenItems, type DeclarationChoice, idsOf, moveItems } from './items.ts'
import { type LockedStatement, type LockedWithItems, lockDeclarationsOn, lockStatementsHolding, untilNoneIsMissed } from './lock.ts'
import { moveLinks } from './milestone-records.ts'
import { statementsOfMonth } from './records.ts'
import { type Month, type Statement, statementName } from './statement.ts'

export type MoveDeclarations = Act & {
  /** such as `2026a` */
  cohort: string
  from: Month
  to: Month
  /** which declarations, of which providers; every one where nothing is chosen */
  choice: DeclarationChoice & { providerIds?: readonly number[] | undefined }
  /** what becomes of the statements themselves */
  values: { from: StatementValues; to: StatementValues }
  pastDeadlineAllowed: boolean
}

/** What became of a provider's declarations. */
export type Move = {
  providerId: number
  moved: number
  madePayable: number
  madeEligible: number
  milestones: number
  /** courses that the statement they came to does not pay for */
  coursesWithoutContract: readonly string[]
}

export type Moved = Verdict & { moves: readonly Move[] }

/**
 * Moves declarations of a cohort from the statements of one month to those of another, which may be payable: what is moved
 * becomes payable there, or eligible again (05 section 16.1).
 */
export function moveDeclarations(db: Database, command: MoveDeclarations): Promise<Moved> {
  return untilNoneIsMissed(() =>
    transact(db, async (trx) => {
      const cohort = await lockCohort(trx, { identifier: command.cohort })
      if (!cohort) return { refusals: [{ code: 'cohort_unknown', title: 'cohort', detail: `There is no cohort ${command.cohort}.` }], moves: [] }
      const { from, to } = await lockBoth(trx, command, cohort)
      const facts = { from: from.map(({ statement }) => statement), to: to.map(({ statement }) => statement) }
      const refusals: Refusal[] = judge(moveDeclarationsRules, {
        ...facts,
        today: londonDate(command.now),
        pastDeadlineAllowed: command.pastDeadlineAllowed,
      })
      for (const { statement } of from) refusals.push(...(await refusalsOfChange(trx, statement, command.values.from)))
      for (const { statement } of to) refusals.push(...(await refusalsOfChange(trx, statement, command.values.to)))
      if (refusals.length > 0) return { refusals: distinct(refusals), moves: [] }

      const moves: Move[] = []
      for (const source of from) {
        const target = to.find(({ statement }) => sameProvider(statement, source.statement))
        if (target) moves.push(await moveOne(trx, command, source, target.statement))
      }
      return { refusals: [], moves }
    }),
  )
}

export type MoveFacts = {
  from: readonly Judged[]
  to: readonly Judged[]
  today: Temporal.PlainDate
  pastDeadlineAllowed: boolean
}
type Judged = Pick<Statement, 'lead_provider_id' | 'year' | 'month' | 'state' | 'deadline_date' | 'marked_as_paid_at'>

export const moveDeclarationsRules: Rules<MoveFacts> = [
  refuse(
    'statements_unknown',
    ({ from, to }) => from.length + to.length === 0,
    'statements',
    'No provider has a statement of either month in the cohort.',
  ),
  [
    refuse(
      'statements_not_paired',
      ({ from, to }) => !from.every((one) => to.some((other) => sameProvider(one, other))) || from.length !== to.length,
      'statements',
      'The providers that have a statement of the one month are not those that have one of the other: choose providers that have both.',
    ),
  ],
  refuse(
    'same_month',
    ({ from, to }) => from.some((one) => to.some((other) => statementName(one) === statementName(other))),
    'to',
    'Give another month to move to.',
  ),
  refuse(
    'statement_paid',
    ({ from }) => from.some(({ state }) => state === 'paid'),
    'from',
    'A statement to move from is paid: what was paid stays where it is.',
  ),
  refuse(
    'statement_paid',
    ({ to }) => to.some(({ state }) => state === 'paid'),
    'to',
    'A statement to move to is paid: nothing more can be paid with it.',
  ),
  refuse(
    'payment_authorised',
    ({ from, to }) => [...from, ...to].some(({ state, marked_as_paid_at }) => state !== 'paid' && marked_as_paid_at !== null),
    'statements',
    'The payment of a statement is authorised: what it holds can no longer change.',
  ),
  refuse(
    'deadline_passed',
    ({ to, today, pastDeadlineAllowed }) =>
      !pastDeadlineAllowed && to.some(({ deadline_date }) => deadline_date !== null && Temporal.PlainDate.compare(deadline_date, today) < 0),
    'to',
    'The deadline of a statement to move to has passed. Allow this by name if it is meant.',
  ),
]

function sameProvider(one: Pick<Statement, 'lead_provider_id'>, other: Pick<Statement, 'lead_provider_id'>): boolean {
  return one.lead_provider_id === other.lead_provider_id
}

async function lockBoth(trx: Transacting, { from, to, choice }: MoveDeclarations, cohort: LockedCohort) {
  const sources = await statementsOfMonth(trx, cohort, from, choice.providerIds)
  const targets = await statementsOfMonth(trx, cohort, to, choice.providerIds)
  const locked = await lockStatementsHolding(trx, await lockDeclarationsOn(trx, [...sources, ...targets]))
  const those = (ids: readonly number[]) => ids.flatMap((id) => locked.get(id) ?? [])
  return { from: those(sources), to: those(targets) }
}

async function moveOne(trx: Transacting, command: MoveDeclarations, source: LockedWithItems, to: LockedStatement): Promise<Move> {
  const from = source.statement
  const items = await chosenItems(trx, command.choice, source)
  await moveItems(trx, command, items, to)
  const madePayable = to.state === 'payable' ? await changeStates(trx, command, items, 'eligible', 'payable') : 0
  const madeEligible = to.state === 'open' ? await changeStates(trx, command, items, 'payable', 'eligible') : 0
  await changeStatement(trx, command, operation, from, command.values.from)
  const { output_fee } = await changeStatement(trx, command, operation, to, command.values.to)
  const milestones = output_fee ? await moveLinks(trx, command, from, to) : 0
  if (items.length + milestones > 0)
    await logFinancialChange(trx, command, operation, {
      from_statement_id: from.id,
      to_statement_id: to.id,
      moved_statement_item_ids: idsOf(items),
      moved_milestones: milestones,
    })
  const { coursesWithoutContract } = await statementFacts(trx, to.id)
  return { providerId: to.lead_provider_id, moved: items.length, madePayable, madeEligible, milestones, coursesWithoutContract }
}

const operation = 'Move declarations between statements'
