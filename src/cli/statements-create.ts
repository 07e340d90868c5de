import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { type Created, createStatements } from '../domain/statements/create-statements.ts'
import { statementName } from '../domain/statements/statement.ts'
import { commandGroup, isReal, print, withDatabase } from './run.ts'
import { table } from './table.ts'
import { tell } from './verdict.ts'

type Options = { cohort: string; statements?: string; contracts?: string; dryRun: string }

export function addStatementsCreate(program: Command): void {
  commandGroup(program, 'statements', 'see statements, change their dates and authorise their payment')
    .command('create')
    .description('make a cohort’s statements and contracts from two CSV files')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .option('--statements <file>', 'year, month, deadline_date, payment_date, output_fee')
    .option(
      '--contracts <file>',
      'lead_provider_name, course_identifier, recruitment_target, per_participant, service_fee_installments, special_course, monthly_service_fee',
    )
    .option('--dry-run <true or false>', 'only "false" makes the change', 'true')
    .action((options: Options) => withDatabase(({ db }) => createFrom(db, options)))
}

async function createFrom(db: Database, { cohort, statements, contracts, dryRun }: Options) {
  const real = isReal(dryRun)
  const created = await createStatements(db, {
    now: systemClock(),
    author: 'Command statements create',
    cohort,
    statements: statements === undefined ? undefined : await readFile(statements),
    contracts: contracts === undefined ? undefined : await readFile(contracts),
    dryRun: !real,
  })
  if (created.refusals.length === 0) print(preview(created))
  tell(created, real ? `${created.made.statements} statements were created.` : 'Nothing was changed. Add --dry-run false to make the change.')
}

/** What is made: months, and each provider's contracts. */
function preview({ months, contracts, made }: Created): string {
  const providers = [...new Set(contracts.map((row) => row.lead_provider_name))].sort()
  return [
    `${months.length} statements for each of ${providers.length} providers: ${made.statements} statements, ${made.contracts} contracts, ${made.templates} templates.`,
    table([
      ['Statement', 'Deadline date', 'Payment date', 'Output fee'],
      ...months.map((row) => [statementName(row), String(row.deadline_date), String(row.payment_date), row.output_fee ? 'yes' : 'no']),
    ]),
    ...providers.map((provider) =>
      [
        provider,
        table([
          ['Course', 'Recruitment target', 'Per participant', 'Service fee installments', 'Special course', 'Monthly service fee'],
          ...contracts
            .filter((row) => row.lead_provider_name === provider)
            .map((row) => [
              row.course_identifier,
              String(row.recruitment_target),
              row.per_participant,
              String(row.service_fee_installments),
              row.special_course ? 'yes' : 'no',
              row.monthly_service_fee,
            ]),
        ]),
      ].join('\n'),
    ),
  ].join('\n\n')
}
