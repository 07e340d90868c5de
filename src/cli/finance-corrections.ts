import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { findCohort } from '../domain/cohorts/records.ts'
import { addContract } from '../domain/statements/add-contract.ts'
import { correctPrices } from '../domain/statements/correct-prices.ts'
import { correctStatements } from '../domain/statements/correct-statements.ts'
import { describeStatement } from '../domain/statements/records.ts'
import { statementName } from '../domain/statements/statement.ts'
import { changesMany, type Doing } from './kinds.ts'
import { commandGroup } from './run.ts'
import { table } from './table.ts'
import { orRefuse, readMonth } from './verdict.ts'

type Prices = { cohort: string; month: string }
type Statements = { cohort: string; contractsFrom?: string }
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
  const correctingPrices = contract
    .command('correct-prices <file>')
    .description('give one month’s contracts the prices of a CSV file: lead_provider_name, course_identifier, per_participant')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .requiredOption('--month <month>', 'the month, such as 2026-11')
  changesMany(correctingPrices, prices)
  const adding = contract
    .command('add <statement>')
    .description('add a contract that an open statement lacks')
    .requiredOption('--course <identifier>', 'the course')
    .requiredOption('--recruitment-target <number>', 'the places contracted')
    .requiredOption('--per-participant <pounds>', 'the price, such as 812.50')
    .requiredOption('--service-fee-installments <number>', 'the months over which the service fee is spread')
    .requiredOption('--monthly-service-fee <pounds>', 'the service fee of a month; 0 for none')
    .option('--special-course', 'paid on its own, outside all totals')
  changesMany(adding, add)
  const correcting = commandGroup(program, 'statements', 'see statements, change their dates and authorise their payment')
    .command('correct <file>')
    .description(
      'set dates and payment runs of a cohort’s statements from a CSV file: name (such as 25-Jan), deadline_date, payment_date, output_fee',
    )
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .option('--contracts-from <month>', 'make the statements that are missing, with copies of this month’s contracts')
  changesMany(correcting, statements)
}

async function prices({ trx, act }: Doing, file: string, { cohort, month }: Prices) {
  orRefuse(await findCohort(trx, cohort))
  const { refusals, changes } = await correctPrices(trx, { ...act, cohort, ...readMonth(month), prices: await readFile(file) })
  orRefuse({ refusals })
  return {
    shows: table([['Provider', 'Course', 'Was', 'Is'], ...changes.map(({ provider, course, from, to }) => [provider, course, from, to])]),
    done: `${changes.length} prices were changed.`,
  }
}

async function statements({ trx, act }: Doing, file: string, { cohort, contractsFrom }: Statements) {
  const { refusals, changed, created } = await correctStatements(trx, {
    ...act,
    cohort,
    statements: await readFile(file),
    contractsFrom: contractsFrom === undefined ? undefined : readMonth(contractsFrom),
  })
  orRefuse({ refusals })
  if (changed + created === 0) throw new Error('There is nothing to correct: every statement of the file has these values already.')
  return { shows: `${changed} statements to change, ${created} to make.`, done: 'The statements are corrected.' }
}

async function add({ trx, act }: Doing, id: string, options: Terms) {
  const statement = orRefuse(await describeStatement(trx, id))
  const terms = {
    recruitment_target: options.recruitmentTarget,
    per_participant: options.perParticipant,
    service_fee_installments: options.serviceFeeInstallments,
    monthly_service_fee: options.monthlyServiceFee,
    special_course: String(options.specialCourse === true),
  }
  orRefuse(await addContract(trx, { ...act, statementId: statement.id, course: options.course, terms }))
  const rows = Object.entries(terms).map(([term, value]) => `  ${term}: ${value}`)
  const shows = [`New contract for ${options.course}: ${statement.provider}, ${statement.cohort}, ${statementName(statement)}`, ...rows].join('\n')
  return { shows, done: 'The contract is added.' }
}
