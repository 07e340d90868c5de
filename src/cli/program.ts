import { Command, CommanderError } from 'commander'
import { addBulk } from './bulk.ts'
import { addCohort } from './cohort.ts'
import { addDeliveryPartners } from './delivery-partners.ts'
import { addFinance } from './finance.ts'
import { addFinanceCorrections } from './finance-corrections.ts'
import { addImport } from './import.ts'
import { addJob } from './job.ts'
import { addMigrate } from './migrate.ts'
import { addOpenApi } from './openapi.ts'
import { addOutcome } from './outcome.ts'
import { addParticipant } from './participant.ts'
import { errorText, note } from './run.ts'
import { addSeed } from './seed.ts'
import { addServe } from './serve.ts'
import { addStatement } from './statement.ts'
import { addStatementFiles } from './statement-files.ts'
import { addStatementMove } from './statement-move.ts'
import { addStatementsCreate } from './statements-create.ts'
import { addToken } from './token.ts'
import { addWork } from './work.ts'

/** The command `npq` with all that it can do. */
export const program = new Command('npq')
  .description('The provider API for national professional qualifications, and what runs it. Settings come from the environment: see README.md.')
  .showHelpAfterError()
  // instead of ending the process by itself
  .exitOverride()

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
  addCohort,
  addDeliveryPartners,
  addStatement,
  addStatementFiles,
  addStatementsCreate,
  addStatementMove,
  addFinance,
  addFinanceCorrections,
]
for (const add of commands) add(program)

/** Carries out one command line, and gives the status with which its process ends. */
export async function run(args: string[]): Promise<number> {
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // it has told its reader already
    if (error instanceof CommanderError) return error.exitCode
    note(`npq: ${errorText(error)}`)
    return 1
  }
}
