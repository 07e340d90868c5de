import type { Database } from '../db/connect.ts'
import type { StatementState } from '../db/schema.ts'
import { findCohort } from '../domain/cohorts/records.ts'
import { findProvider } from '../domain/reference/providers.ts'
import { chooseStatements, countWithout, type StatementChoice } from '../domain/statements/records.ts'
import { statementName } from '../domain/statements/statement.ts'
import { table } from './table.ts'
import { orRefuse, readMonth } from './verdict.ts'

export type Listing = { provider?: string; cohort?: string; state?: StatementState; month?: string; paymentRun: 'yes' | 'no' | 'all' }

const mostListed = 1000

/** The statements that are asked for, as a table; where there are none, an error that says why. */
export async function statementList(db: Database, { provider, cohort, state, month, paymentRun }: Listing): Promise<string> {
  const choice: StatementChoice = {
    providerId: provider === undefined ? undefined : orRefuse(await findProvider(db, provider)).id,
    cohortId: cohort === undefined ? undefined : orRefuse(await findCohort(db, cohort)).id,
    state,
    month: month === undefined ? undefined : readMonth(month),
    outputFee: paymentRun === 'all' ? undefined : paymentRun === 'yes',
  }
  const rows = await chooseStatements(db, choice, mostListed)
  if (rows.length === 0) throw new Error(await noneMatches(db, choice))
  const shown = rows.map((row) => [
    row.provider,
    row.cohort,
    statementName(row),
    row.state,
    row.output_fee ? 'payment run' : '-',
    row.payment_date?.toString() ?? '-',
    row.public_id,
  ])
  const listed = table([['Provider', 'Cohort', 'Statement', 'State', 'Payment run', 'Payment date', 'ID'], ...shown])
  return rows.length < mostListed ? listed : `${listed}\nThese are the first ${mostListed}: choose by provider, cohort, state or month.`
}

/** That nothing matches, and which part of the choice is why. */
async function noneMatches(db: Database, choice: StatementChoice): Promise<string> {
  const without: string[] = []
  for (const [part, option] of Object.entries(options) as [keyof StatementChoice, string][]) {
    const count = choice[part] === undefined ? 0 : await countWithout(db, choice, part)
    if (count > 0) without.push(`${count} without ${option}`)
  }
  if (without.length > 0) return `No statement matches all of this. There would be ${without.join(', ')}.`
  return (await chooseStatements(db, {}, 1)).length === 0
    ? 'There are no statements yet: npq statements create makes them.'
    : 'No statement matches this, nor would one if any one part of it were left out.'
}

const options: Record<keyof StatementChoice, string> = {
  providerId: '--provider',
  cohortId: '--cohort',
  state: '--state',
  month: '--month',
  outputFee: 'the choice of payment runs (--payment-run all)',
}
