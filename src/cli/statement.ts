import { type Command, Option } from 'commander'
import { systemClock, utcDate } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { statementFacts } from '../domain/finance/facts.ts'
import { kept, statementFigures } from '../domain/finance/figures.ts'
import { failedPayment } from '../domain/jobs/queries.ts'
import { authorisePayment } from '../domain/statements/authorise-payment.ts'
import { changeDate } from '../domain/statements/change-date.ts'
import { chooseStatements, describeStatement, type StatementChoice } from '../domain/statements/find.ts'
import { statementName } from '../domain/statements/statement.ts'
import { note, print, withDatabase } from './run.ts'
import { statementText } from './statement-text.ts'
import { table } from './table.ts'
import { readDate, tell } from './verdict.ts'

const mostListed = 1000

export function addStatement(program: Command): void {
  const statement = program.command('statement').alias('statements').description('see statements, change their dates and authorise their payment')
  statement
    .command('list')
    .description('list statements by payment date')
    .option('--provider <name or id>', 'of one lead provider')
    .option('--cohort <identifier>', 'of one cohort, such as 2024a')
    .addOption(new Option('--state <state>', 'in one state').choices(['open', 'payable', 'paid']))
    .action((choice: StatementChoice) => withDatabase(({ db }) => list(db, choice)))
  statement
    .command('show <id>')
    .description('show what a statement comes to, to the penny, and why')
    .option('--json', 'the exact figures as JSON')
    .action((id: string, options: { json?: true }) => withDatabase(({ db }) => show(db, id, options.json === true)))
  statement
    .command('authorise <id>')
    .description('authorise the payment of a payable statement; a job then pays it')
    .requiredOption('--checks-done', 'confirms that all assurance checks are done')
    .action((id: string) =>
      withDatabase(async ({ db }) => {
        const { id: statementId, marked_as_paid_at } = await describeStatement(db, id)
        tell(
          await authorisePayment(db, { ...act('authorise'), statementId, checksDone: true }),
          marked_as_paid_at === null
            ? 'The payment is authorised: it is carried out by the next job.'
            : 'The payment was authorised before: nothing was changed.',
        )
      }),
    )
  for (const [name, which] of [
    ['deadline', 'deadline_date'],
    ['payment-date', 'payment_date'],
  ] as const) {
    statement
      .command(`change-${name} <id> <date>`)
      .description(`change the ${name.replace('-', ' ')} of an open statement`)
      .action((id: string, date: string) => withDatabase(({ db }) => changeOne(db, id, which, readDate(date))))
  }
}

async function list(db: Database, choice: StatementChoice) {
  const rows = await chooseStatements(db, choice, mostListed)
  const shown = rows.map((row) => [
    row.provider,
    row.cohort,
    statementName(row),
    row.state,
    row.output_fee ? 'payment run' : '-',
    row.payment_date?.toString() ?? '-',
    row.public_id,
  ])
  print(table([['Provider', 'Cohort', 'Statement', 'State', 'Payment run', 'Payment date', 'ID'], ...shown]))
  if (rows.length === mostListed) note(`These are the first ${mostListed}: choose by provider, cohort or state.`)
}

async function show(db: Database, id: string, asJson: boolean) {
  const statement = await describeStatement(db, id)
  const figures = await statementFigures(db, statement.id)
  if (asJson) return print(kept(figures))
  const { coursesWithoutContract } = await statementFacts(db, statement.id)
  print(statementText(statement, figures, coursesWithoutContract))
  const failed = await failedPayment(db, statement.id)
  if (failed) note(`The payment failed: ${failed.last_error ?? 'no reason is known'}. Put that right, then: npq job retry ${failed.id}`)
}

async function changeOne(db: Database, id: string, which: 'deadline_date' | 'payment_date', date: Temporal.PlainDate) {
  const { id: statementId } = await describeStatement(db, id)
  const command = { ...act(`change ${which}`), statementId, which, date }
  tell(await changeDate(db, command), 'The date is changed.')
  const past = which === 'deadline_date' && Temporal.PlainDate.compare(date, utcDate(command.now)) < 0
  if (past) note('This deadline has passed: the statement becomes payable with the next run of the daily job.')
}

function act(name: string) {
  return { now: systemClock(), author: `Command statement ${name}` }
}
