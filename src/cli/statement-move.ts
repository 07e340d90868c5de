import { type Command, Option } from 'commander'
import type { Database } from '../db/connect.ts'
import { findProvider, listProviders, type Provider } from '../domain/reference/providers.ts'
import type { StatementValues } from '../domain/statements/change-statement.ts'
import { type Move, moveDeclarations } from '../domain/statements/move-declarations.ts'
import { type CourseIdentifier, courseIdentifiers, type DeclarationType, declarationStates, declarationTypes } from '../words.ts'
import { changesMany, type Doing } from './kinds.ts'
import { commandGroup } from './run.ts'
import { table } from './table.ts'
import { orRefuse, readDate, readMonth } from './verdict.ts'

type Options = {
  cohort: string
  from: string
  to: string
  provider?: string[]
  type?: DeclarationType[]
  state?: (typeof declarationStates)[number][]
  course?: CourseIdentifier[]
  changeFrom?: string[]
  changeTo?: string[]
  allowPastDeadline?: true
}

export function addStatementMove(program: Command): void {
  const moving = commandGroup(program, 'statement', 'see statements, change their dates and authorise their payment')
    .command('move')
    .description('move declarations of a cohort from one month’s statements to another’s')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2026a')
    .requiredOption('--from <month>', 'the month to move from, such as 2026-11')
    .requiredOption('--to <month>', 'the month to move to')
    .option('--provider <name or id...>', 'of these lead providers alone')
    .addOption(new Option('--type <type...>', 'of these types alone').choices(declarationTypes))
    .addOption(new Option('--state <state...>', 'in these states alone').choices(declarationStates))
    .addOption(new Option('--course <identifier...>', 'for these courses alone').choices(courseIdentifiers))
    .option('--change-from <column=value...>', 'then set deadline_date, payment_date or output_fee of the statements moved from')
    .option('--change-to <column=value...>', 'then set them of the statements moved to')
    .option('--allow-past-deadline', 'also onto statements whose deadline has passed')
  changesMany(moving, move)
}

async function move({ trx, act }: Doing, options: Options) {
  const providers: Provider[] = []
  for (const name of options.provider ?? []) providers.push(orRefuse(await findProvider(trx, name)))
  const { refusals, moves } = await moveDeclarations(trx, {
    ...act,
    cohort: options.cohort,
    from: readMonth(options.from),
    to: readMonth(options.to),
    choice: {
      providerIds: options.provider && providers.map(({ id }) => id),
      types: options.type,
      states: options.state,
      courses: options.course,
    },
    values: { from: readValues(options.changeFrom), to: readValues(options.changeTo) },
    pastDeadlineAllowed: options.allowPastDeadline === true,
  })
  orRefuse({ refusals })
  const idle = moves.every(({ moved, milestones }) => moved + milestones === 0) && !options.changeFrom && !options.changeTo
  if (idle) throw new Error(`There is nothing to move: no declaration on the statements of ${options.from} matches, and they have no milestone.`)
  return { ...(await described(trx, moves)), done: 'The declarations are moved.' }
}

async function described(db: Database, moves: readonly Move[]) {
  const names = new Map((await listProviders(db)).map(({ id, name }) => [id, name]))
  const rows = moves.map(({ providerId, ...move }) => [
    names.get(providerId) ?? '',
    ...[move.moved, move.madePayable, move.madeEligible, move.milestones].map(String),
  ])
  return {
    shows: table([['Provider', 'Moved', 'Made payable', 'Made eligible', 'Milestones'], ...rows]),
    warnings: moves
      .filter(({ coursesWithoutContract: courses }) => courses.length > 0)
      .map(
        ({ providerId, coursesWithoutContract: courses }) =>
          `the statement that ${names.get(providerId)} moves to pays for no ${courses.join(', ')}. Add a contract first.`,
      ),
  }
}

function readValues(texts: readonly string[] = []): StatementValues {
  return Object.assign({}, ...texts.map(readValue))
}

function readValue(text: string): StatementValues {
  const [, column, value = ''] = /^(deadline_date|payment_date|output_fee)=(.*)$/.exec(text) ?? []
  if (column === undefined) throw new Error(`${text} sets nothing. Write deadline_date=2026-01-31, payment_date=2026-02-28 or output_fee=false.`)
  if (column !== 'output_fee') return { [column]: readDate(value) }
  if (value !== 'true' && value !== 'false') throw new Error(`output_fee is true or false, not ${value}.`)
  return { output_fee: value === 'true' }
}
