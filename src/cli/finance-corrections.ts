import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import type { Verdict } from '../domain/rules.ts'
import { addContract } from '../domain/statements/add-contract.ts'
import { correctPrices } from '../domain/statements/correct-prices.ts'
import { correctStatements } from '../domain/statements/correct-statements.ts'
import { describeStatement } from '../domain/statements/find.ts'
import { commandGroup, isReal, print, withDatabase } from './run.ts'
import { table } from './table.ts'
import { readMonth, tell } from './verdict.ts'

type Prices = { cohort: string; month: string; dryRun: string }
type Statements = { cohort: string; contractsFrom?: string; dryRun: string }
type Terms = {
  course: string
  recruitmentTarget: string
  perParticipant: string
  serviceFeeInstallments: string
  monthlyServiceFee: string
  specialCourse?: true
}

/** What finance corrects from files, and contracts that are missing. */
export function addFinanceCorrections(program: Command): void {
  const contract = commandGroup(program, 'contract', 'change what is paid for a course')
  contract
    .command('correct-prices <file>')
    .description('give one month’s contracts the prices of a CSV file: lead_provider_name, course_identifier, per_participant')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .requiredOption('--month <month>', 'the month, such as 2026-11')
    .option('--dry-run <true or false>', 'only "false" makes the change', 'true')
    .action((file: string, options: Prices) => withDatabase(({ db }) => prices(db, file, options)))
  contract
    .command('add <statement>')
    .description('add a contract that an open statement lacks')
    .requiredOption('--course <identifier>', 'the course')
    .requiredOption('--recruitment-target <number>', 'the places contracted')
    .requiredOption('--per-participant <pounds>', 'the price, such as 812.50')
    .requiredOption('--service-fee-installments <number>', 'the months over which the service fee is spread')
    .requiredOption('--monthly-service-fee <pounds>', 'the service fee of a month; 0 for none')
    .option('--special-course', 'paid on its own, outside all totals')
    .action((id: string, options: Terms) => withDatabase(({ db }) => add(db, id, options)))
  commandGroup(program, 'statements', 'see statements, change their dates and authorise their payment')
    .command('correct <file>')
    .description(
      'set dates and payment runs of a cohort’s statements from a CSV file: name (such as 25-Jan), deadline_date, payment_date, output_fee',
    )
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .option('--contracts-from <month>', 'make the statements that are missing, with copies of this month’s contracts')
    .option('--dry-run <true or false>', 'only "false" makes the change', 'true')
    .action((file: string, options: Statements) => withDatabase(({ db }) => statements(db, file, options)))
}

async function prices(db: Database, file: string, { cohort, month, dryRun }: Prices) {
  const command = { ...act('contract correct-prices'), cohort, ...readMonth(month), prices: await readFile(file), dryRun: !isReal(dryRun) }
  const { refusals, changes } = await correctPrices(db, command)
  if (changes.length > 0)
    print(table([['Provider', 'Course', 'Was', 'Is'], ...changes.map(({ provider, course, from, to }) => [provider, course, from, to])]))
  conclude({ refusals }, dryRun, `${changes.length} prices were changed.`)
}

async function statements(db: Database, file: string, { cohort, contractsFrom, dryRun }: Statements) {
  const { refusals, changed, created } = await correctStatements(db, {
    ...act('statements correct'),
    cohort,
    statements: await readFile(file),
    contractsFrom: contractsFrom === undefined ? undefined : readMonth(contractsFrom),
    dryRun: !isReal(dryRun),
  })
  if (refusals.length === 0) print(`${changed} statements to change, ${created} to make.`)
  conclude({ refusals }, dryRun, 'The statements are corrected.')
}

async function add(db: Database, id: string, options: Terms) {
  const { id: statementId } = await describeStatement(db, id)
  const terms = {
    recruitment_target: options.recruitmentTarget,
    per_participant: options.perParticipant,
    service_fee_installments: options.serviceFeeInstallments,
    monthly_service_fee: options.monthlyServiceFee,
    special_course: String(options.specialCourse === true),
  }
  tell(await addContract(db, { ...act('contract add'), statementId, course: options.course, terms }), 'The contract is added.')
}

function conclude(verdict: Verdict, dryRun: string, done: string) {
  tell(verdict, isReal(dryRun) ? done : 'Nothing was changed. Add --dry-run false to make the change.')
}

function act(name: string) {
  return { now: systemClock(), author: `Command ${name}` }
}
