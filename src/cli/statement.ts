import { type Command, Option } from 'commander'
import { utcDate } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { exactJson, statementFigures } from '../domain/finance/figures.ts'
import { pounds } from '../domain/finance/money.ts'
import { failedPayment } from '../domain/jobs/records.ts'
import { authorisePayment } from '../domain/statements/authorise-payment.ts'
import { changeDate } from '../domain/statements/change-date.ts'
import { describeStatement } from '../domain/statements/records.ts'
import { statementSheet } from '../domain/statements/sheet.ts'
import { statementName } from '../domain/statements/statement.ts'
import { changesMany, type Doing, reads } from './kinds.ts'
import { note, print } from './run.ts'
import { type Listing, statementList } from './statement-list.ts'
import { doneText, statementText } from './statement-text.ts'
import { orRefuse, readDate } from './verdict.ts'

export function addStatement(program: Command): void {
  const statement = program.command('statement').alias('statements').description('see statements, change their dates and authorise their payment')
  const listing = statement
    .command('list')
    .description('list statements by payment date')
    .option('--provider <name or id>', 'of one lead provider')
    .option('--cohort <identifier>', 'of one cohort, such as 2024a')
    .addOption(new Option('--state <state>', 'in one state').choices(['open', 'payable', 'paid']))
    .option('--month <month>', 'of one month, such as 2026-01')
    .addOption(new Option('--payment-run <which>', 'payment runs, the other statements, or all').choices(['yes', 'no', 'all']).default('yes'))
  reads(listing, async (trx, options: Listing) => print(await statementList(trx, options)))
  const showing = statement
    .command('show <id>')
    .description('show what a statement comes to, to the penny, and why')
    .option('--json', 'the exact figures as JSON')
  reads(showing, show)
  const authorising = statement
    .command('authorise <id>')
    .description('authorise the payment of a payable statement; a job then pays it')
    .requiredOption('--checks-done', 'confirms that all assurance checks are done')
  changesMany(authorising, authorise)
  for (const [name, which] of [
    ['deadline', 'deadline_date'],
    ['payment-date', 'payment_date'],
  ] as const) {
    const changing = statement.command(`change-${name} <id> <date>`).description(`change the ${name.replace('-', ' ')} of an open statement`)
    changesMany(changing, (doing, id: string, date: string) => changeOne(doing, id, which, readDate(date)))
  }
}

async function show(db: Database, id: string, { json: asJson }: { json?: true }) {
  const sheet = orRefuse(await statementSheet(db, id))
  const { statement, figures, contracts } = sheet
  if (asJson) {
    const terms = contracts.map(({ course, terms }) => ({ course: course.identifier, terms }))
    return print(exactJson({ ...figures, contracts: terms, authorised: statement.authorised, paid: statement.paid, changes: sheet.changes }))
  }
  print(statementText(sheet))
  const failed = await failedPayment(db, statement.id)
  if (failed) note(`The payment failed: ${failed.last_error ?? 'no reason is known'}. Put that right, then: npq job retry ${failed.id}`)
}

async function authorise({ trx, act }: Doing, id: string) {
  const statement = orRefuse(await describeStatement(trx, id))
  orRefuse(await authorisePayment(trx, { ...act, statementId: statement.id, checksDone: true }))
  const { totals } = await statementFigures(trx, statement.id)
  const shows = `${statement.provider}, ${statement.cohort}, ${statementName(statement)}: ${pounds(totals.payment)} to pay.`
  if (statement.authorised) return { shows, done: `The payment was authorised before, at ${doneText(statement.authorised)}: nothing was changed.` }
  return { shows, done: 'The payment is authorised: it is carried out by the next job.' }
}

async function changeOne({ trx, act }: Doing, id: string, which: 'deadline_date' | 'payment_date', date: Temporal.PlainDate) {
  const { id: statementId } = orRefuse(await describeStatement(trx, id))
  orRefuse(await changeDate(trx, { ...act, statementId, which, date }))
  const past = which === 'deadline_date' && Temporal.PlainDate.compare(date, utcDate(act.now)) < 0
  const warnings = past ? ['this deadline has passed, so the statement becomes payable with the next run of the daily job.'] : []
  return { warnings, done: 'The date is changed.' }
}
