import { type Command, Option } from 'commander'
import { londonDate, systemClock } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { findProvider } from '../domain/reference/providers.ts'
import { addAdjustment, changeAdjustment, removeAdjustment } from '../domain/statements/adjust.ts'
import { changePrice } from '../domain/statements/change-price.ts'
import { describeStatement } from '../domain/statements/find.ts'
import { createMilestone, deleteMilestone, listMilestones, moveMilestone } from '../domain/statements/milestones.ts'
import { statementName } from '../domain/statements/statement.ts'
import { type DeclarationType, declarationTypes } from '../words.ts'
import { commandGroup, print, withDatabase } from './run.ts'
import { table } from './table.ts'
import { readMonth, readNumber, tell } from './verdict.ts'

type Adjusting = { description: string; amount: string }
type Pricing = { provider: string; cohort: string; course: string; amount: string }
type Milestoning = { cohort: string; schedule: string; type: DeclarationType; month: string }

/** What finance corrects: adjustments, prices and milestones. */
export function addFinance(program: Command): void {
  addAdjustments(program)
  commandGroup(program, 'contract', 'change what is paid for a course')
    .command('change-price')
    .description('change the price per participant from the current month on; refused whole where a month that it touches is payable or paid')
    .requiredOption('--provider <name or id>', 'the lead provider')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2024a')
    .requiredOption('--course <identifier>', 'the course')
    .requiredOption('--amount <pounds>', 'the new price, such as 812.50')
    .action((options: Pricing) => withDatabase(({ db }) => reprice(db, options)))
  addMilestones(program)
}

function addAdjustments(program: Command) {
  const adjustment = program.command('adjustment').description('adjust what a statement comes to, until its payment is authorised')
  const amounts = (command: Command) =>
    command
      .requiredOption('--description <text>', 'what it is for; the provider reads it')
      .requiredOption('--amount <pounds>', 'in numbers only, such as -100.50')
  amounts(adjustment.command('add <statement>').description('add an adjustment')).action((id: string, options: Adjusting) =>
    withDatabase(async ({ db }) => {
      const { id: statementId } = await describeStatement(db, id)
      tell(await addAdjustment(db, { ...act('adjustment add'), ...options, statementId }), 'The adjustment is added.')
    }),
  )
  amounts(adjustment.command('change <number>').description('change an adjustment')).action((number: string, options: Adjusting) =>
    withDatabase(async ({ db }) =>
      tell(await changeAdjustment(db, { ...act('adjustment change'), ...options, adjustmentId: readNumber(number) }), 'The adjustment is changed.'),
    ),
  )
  adjustment
    .command('remove <number>')
    .description('take an adjustment away')
    .action((number: string) =>
      withDatabase(async ({ db }) =>
        tell(await removeAdjustment(db, { ...act('adjustment remove'), adjustmentId: readNumber(number) }), 'The adjustment is removed.'),
      ),
    )
}

async function reprice(db: Database, { provider, cohort, course, amount }: Pricing) {
  const { id, name } = await findProvider(db, provider)
  const contract = await db
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .innerJoin('cohorts', 'cohorts.id', 'statements.cohort_id')
    .innerJoin('courses', 'courses.id', 'contracts.course_id')
    .select('contracts.id')
    .where('statements.lead_provider_id', '=', id)
    .where('cohorts.identifier', '=', cohort)
    .where((eb) => eb(eb.cast<string>('courses.identifier', 'text'), '=', course))
    .executeTakeFirst()
  if (!contract) throw new Error(`${name} has no contract for ${course} in ${cohort}.`)
  const command = { ...act('contract change-price'), contractId: contract.id, perParticipant: amount }
  tell(
    await changePrice(db, command),
    `The price of ${course} for ${name} in ${cohort} is changed from ${statementName(londonDate(command.now))} on.`,
  )
}

function addMilestones(program: Command) {
  const milestone = program.command('milestone').description('say in which month declarations of a type are expected')
  milestone
    .command('list')
    .description('list milestones with the month of their statements')
    .action(() =>
      withDatabase(async ({ db }) => {
        const rows = await listMilestones(db)
        print(
          table([
            ['Number', 'Cohort', 'Schedule', 'Type', 'Month'],
            ...rows.map((row) => [String(row.id), row.cohort, row.schedule, row.type, row.month]),
          ]),
        )
      }),
    )
  milestone
    .command('create')
    .description('add a milestone and link every provider’s payment run of the month')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2024a')
    .requiredOption('--schedule <identifier>', 'the schedule, such as npq-leadership-autumn')
    .addOption(new Option('--type <type>', 'the declaration type').choices(declarationTypes).makeOptionMandatory())
    .requiredOption('--month <month>', 'the month, such as 2026-03')
    .action((options: Milestoning) =>
      withDatabase(async ({ db }) => {
        const schedule = await db
          .selectFrom('schedules')
          .innerJoin('cohorts', 'cohorts.id', 'schedules.cohort_id')
          .select('schedules.id')
          .where('cohorts.identifier', '=', options.cohort)
          .where((eb) => eb(eb.cast<string>('schedules.identifier', 'text'), '=', options.schedule))
          .executeTakeFirst()
        if (!schedule) throw new Error(`${options.cohort} has no schedule ${options.schedule}.`)
        const command = { ...act('milestone create'), ...readMonth(options.month), scheduleId: schedule.id, type: options.type }
        tell(await createMilestone(db, command), 'The milestone is added.')
      }),
    )
  milestone
    .command('move <number> <month>')
    .description('move a milestone to another month')
    .action((number: string, month: string) =>
      withDatabase(async ({ db }) =>
        tell(await moveMilestone(db, { ...act('milestone move'), ...readMonth(month), milestoneId: readNumber(number) }), 'The milestone is moved.'),
      ),
    )
  milestone
    .command('delete <number>')
    .description('take a milestone and its links away')
    .action((number: string) =>
      withDatabase(async ({ db }) =>
        tell(await deleteMilestone(db, { ...act('milestone delete'), milestoneId: readNumber(number) }), 'The milestone is deleted.'),
      ),
    )
}

function act(name: string) {
  return { now: systemClock(), author: `Command ${name}` }
}
