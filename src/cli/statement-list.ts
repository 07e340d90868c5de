import type { Database } from '../db/connect.ts'
import { chooseStatements, countWithout, type StatementChoice } from '../domain/statements/find.ts'
import { statementName } from '../domain/statements/statement.ts'
import { table } from './table.ts'
import { readMonth } from './verdict.ts'

export type Listing = Pick<StatementChoice, 'provider' | 'cohort' | 'state'> & { month?: string; paymentRun: 'yes' | 'no' | 'all' }

const mostListed = 1000

/** The statements that are asked for, as a table; where there are none, an error that says why. */
export async function statementList(db: Database, { month, paymentRun, ...options }: Listing): Promise<string> {
  const outputFee = paymentRun === 'all' ? undefined : paymentRun === 'yes'
  const choice = { ...options, outputFee, month: month === undefined ? undefined : readMonth(month) }
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
  provider: '--provider',
  cohort: '--cohort',
  state: '--state',
  month: '--month',
  outputFee: 'the choice of payment runs (--payment-run all)',
}
