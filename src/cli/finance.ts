import { type Command, Option } from 'commander'
import { londonDate } from '../clock.ts'
import type { Database } from '../db/connect.ts'
import { findCohort } from '../domain/cohorts/records.ts'
import { findProvider } from '../domain/reference/providers.ts'
import { findScheduleOf } from '../domain/reference/schedules.ts'
import { addAdjustment, changeAdjustment, removeAdjustment } from '../domain/statements/adjust.ts'
import { changePrice } from '../domain/statements/change-price.ts'
import { findContract } from '../domain/statements/contracts.ts'
import { listMilestones } from '../domain/statements/milestone-records.ts'
import { createMilestone, deleteMilestone, moveMilestone } from '../domain/statements/milestones.ts'
import { describeStatement } from '../domain/statements/records.ts'
import { type Month, statementName } from '../domain/statements/statement.ts'
import { type DeclarationType, declarationTypes } from '../words.ts'
import { changesMany, type Doing, reads } from './kinds.ts'
import { commandGroup, print } from './run.ts'
import { table } from './table.ts'
import { orRefuse, readMonth, readNumber } from './verdict.ts'

type Adjusting = { description: string; amount: string }
type Pricing = { provider: string; cohort: string; course: string; amount: string }
type Milestoning = { cohort: string; schedule: string; type: DeclarationType; month: string }

/** What finance corrects: adjustments, prices and milestones. */
export function addFinance(program: Command): void {
  addAdjustments(program)
  const pricing = commandGroup(program, 'contract', 'change what is paid for a course')
    .command('change-price')
    .description('change the price per participant from the current month on; refused whole where a month that it touches is payable or paid')
    .requiredOption('--provider <name or id>', 'the lead provider')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2024a')
    .requiredOption('--course <identifier>', 'the course')
    .requiredOption('--amount <pounds>', 'the new price, such as 812.50')
  changesMany(pricing, reprice)
  addMilestones(program)
}

function addAdjustments(program: Command) {
  const adjustment = program.command('adjustment').description('adjust what a statement comes to, until its payment is authorised')
  const amounts = (command: Command) =>
    command
      .requiredOption('--description <text>', 'what it is for; the provider reads it')
      .requiredOption('--amount <pounds>', 'in numbers only, such as -100.50')
  changesMany(
    amounts(adjustment.command('add <statement>').description('add an adjustment')),
    async ({ trx, act }, id: string, options: Adjusting) => {
      const { id: statementId } = orRefuse(await describeStatement(trx, id))
      orRefuse(await addAdjustment(trx, { ...act, ...saying(options), statementId }))
      return { done: 'The adjustment is added.' }
    },
  )
  changesMany(
    amounts(adjustment.command('change <number>').description('change an adjustment')),
    async ({ trx, act }, number: string, options: Adjusting) => {
      orRefuse(await changeAdjustment(trx, { ...act, ...saying(options), adjustmentId: readNumber(number) }))
      return { done: 'The adjustment is changed.' }
    },
  )
  changesMany(adjustment.command('remove <number>').description('take an adjustment away'), async ({ trx, act }, number: string) => {
    orRefuse(await removeAdjustment(trx, { ...act, adjustmentId: readNumber(number) }))
    return { done: 'The adjustment is removed.' }
  })
}

function saying({ description, amount }: Adjusting): Adjusting {
  return { description, amount }
}

async function reprice({ trx, act }: Doing, { provider, cohort, course, amount }: Pricing) {
  const leadProvider = orRefuse(await findProvider(trx, provider))
  const contract = orRefuse(await findContract(trx, leadProvider, orRefuse(await findCohort(trx, cohort)), course))
  const { refusals, changes } = await changePrice(trx, { ...act, contractId: contract.id, perParticipant: amount })
  orRefuse({ refusals })
  return {
    shows: table([['Statement', 'Was', 'Is'], ...changes.toSorted(byMonth).map((change) => [statementName(change), change.from, change.to])]),
    done: `The price of ${course} for ${leadProvider.name} in ${cohort} is changed from ${statementName(londonDate(act.now))} on.`,
  }
}

function byMonth(one: Month, other: Month): number {
  return one.year - other.year || one.month - other.month
}

function addMilestones(program: Command) {
  const milestone = program.command('milestone').description('say in which month declarations of a type are expected')
  reads(milestone.command('list').description('list milestones with the month of their statements'), async (trx) => {
    print(milestonesTable(await listMilestones(trx)))
  })
  const creating = milestone
    .command('create')
    .description('add a milestone and link every provider’s payment run of the month')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2024a')
    .requiredOption('--schedule <identifier>', 'the schedule, such as npq-leadership-autumn')
    .addOption(new Option('--type <type>', 'the declaration type').choices(declarationTypes).makeOptionMandatory())
    .requiredOption('--month <month>', 'the month, such as 2026-03')
  changesMany(creating, async ({ trx, act }, { cohort, schedule: identifier, type, month }: Milestoning) => {
    const schedule = orRefuse(await findScheduleOf(trx, orRefuse(await findCohort(trx, cohort)), identifier))
    orRefuse(await createMilestone(trx, { ...act, ...readMonth(month), scheduleId: schedule.id, type }))
    const made = (await listMilestones(trx)).filter((row) => row.cohort === cohort && row.schedule === identifier && row.type === type)
    return { shows: milestonesTable(made), done: 'The milestone is added.' }
  })
  changesMany(
    milestone.command('move <number> <month>').description('move a milestone to another month'),
    async ({ trx, act }, number: string, month: string) => {
      const before = await milestoneNumbered(trx, number)
      orRefuse(await moveMilestone(trx, { ...act, ...readMonth(month), milestoneId: readNumber(number) }))
      const moved = before.map((row) => ({ ...row, month: `${row.month} → ${month}` }))
      return { shows: milestonesTable(moved), done: 'The milestone is moved.' }
    },
  )
  changesMany(milestone.command('delete <number>').description('take a milestone and its links away'), async ({ trx, act }, number: string) => {
    const before = await milestoneNumbered(trx, number)
    orRefuse(await deleteMilestone(trx, { ...act, milestoneId: readNumber(number) }))
    return { shows: milestonesTable(before), done: 'The milestone is deleted.' }
  })
}

type Milestones = Awaited<ReturnType<typeof listMilestones>>

async function milestoneNumbered(db: Database, number: string): Promise<Milestones> {
  return (await listMilestones(db)).filter(({ id }) => id === readNumber(number))
}

function milestonesTable(rows: Milestones): string {
  return table([
    ['Number', 'Cohort', 'Schedule', 'Type', 'Month'],
    ...rows.map((row) => [String(row.id), row.cohort, row.schedule, row.type, row.month]),
  ])
}
