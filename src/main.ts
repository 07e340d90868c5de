#!/usr/bin/env node
import { Command } from 'commander'
import { addBulk } from './cli/bulk.ts'
import { addDeliveryPartners } from './cli/delivery-partners.ts'
import { addFinance } from './cli/finance.ts'
import { addFinanceCorrections } from './cli/finance-corrections.ts'
import { addImport } from './cli/import.ts'
import { addJob } from './cli/job.ts'
import { addMigrate } from './cli/migrate.ts'
import { addOpenApi } from './cli/openapi.ts'
import { addOutcome } from './cli/outcome.ts'
import { addParticipant } from './cli/participant.ts'
import { errorText } from './cli/run.ts'
import { addSeed } from './cli/seed.ts'
import { addServe } from './cli/serve.ts'
import { addStatement } from './cli/statement.ts'
import { addStatementFiles } from './cli/statement-files.ts'
import { addStatementMove } from './cli/statement-move.ts'
import { addStatementsCreate } from './cli/statements-create.ts'
import { addToken } from './cli/token.ts'
import { addWork } from './cli/work.ts'

const program = new Command('npq')
  .description('The provider API for national professional qualifications, and what runs it. Settings come from the environment: see README.md.')
  .showHelpAfterError()

const commands = [
  addServe,
  addWork,
  addJob,
  addMigrate,
  addSeed,
  addImport,
  addOpenApi,
  addToken,
  addParticipant,
  addOutcome,
  addBulk,
  addDeliveryPartners,
  addStatement,
  addStatementFiles,
  addStatementsCreate,
  addStatementMove,
  addFinance,
  addFinanceCorrections,
]
for (const add of commands) add(program)

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`npq: ${errorText(error)}\n`)
  process.exitCode = 1
}
