import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type Created, createStatements } from '../domain/statements/create-statements.ts'
import { statementName } from '../domain/statements/statement.ts'
import { changesMany, type Doing } from './kinds.ts'
import { commandGroup } from './run.ts'
import { table } from './table.ts'
import { orRefuse } from './verdict.ts'

type Options = { cohort: string; statements?: string; contracts?: string }

export function addStatementsCreate(program: Command): void {
  const creating = commandGroup(program, 'statements', 'see statements, change their dates and authorise their payment')
    .command('create')
    .description('make a cohort’s statements and contracts from two CSV files')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .option('--statements <file>', 'year, month, deadline_date, payment_date, output_fee')
    .option(
      '--contracts <file>',
      'lead_provider_name, course_identifier, recruitment_target, per_participant, service_fee_installments, special_course, monthly_service_fee',
    )
  changesMany(creating, createFrom)
}

async function createFrom({ trx, act }: Doing, { cohort, statements, contracts }: Options) {
  const created = await createStatements(trx, {
    ...act,
    cohort,
    statements: statements === undefined ? undefined : await readFile(statements),
    contracts: contracts === undefined ? undefined : await readFile(contracts),
  })
  orRefuse(created)
  return { shows: preview(created), done: `${created.made.statements} statements were created.` }
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
