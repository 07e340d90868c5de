import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { type CreatedCohort, createCohort } from '../domain/cohorts/create-cohort.ts'
import { type CohortFunding, cohortFundings } from '../words.ts'
import { changesMany, type Doing } from './kinds.ts'
import { table } from './table.ts'
import { orRefuse, readDate } from './verdict.ts'

type Options = { description: string; funding: CohortFunding; registrationStarts: string; schedules?: string }

export function addCohort(program: Command): void {
  const creating = program
    .command('cohort')
    .description('make cohorts')
    .command('create')
    .description('make a cohort, which takes over the delivery partnerships of the cohort before it')
    .argument('<cohort>', 'start year and suffix, such as 2027a')
    .requiredOption('--description <text>', 'what it is called, such as "Spring 2027"')
    .addOption(new Option('--funding <how>', 'how places are funded; stays once somebody applied').choices(cohortFundings).makeOptionMandatory())
    .requiredOption('--registration-starts <date>', 'the day on which registration opens, in its start year')
    .option(
      '--schedules <file>',
      'course_group, identifier, name, applies_from, applies_to, allowed_declaration_types (apart by blanks), policy_descriptor, acceptance_window_start, acceptance_window_end',
    )
  changesMany(creating, create)
}

async function create({ trx, act }: Doing, identifier: string, { description, funding, registrationStarts, schedules }: Options) {
  const [, year, suffix] = /^(\d{4})(.*)$/.exec(identifier) ?? []
  if (year === undefined || suffix === undefined) throw new Error(`${identifier} is no cohort. Write it as 2027a.`)
  const created = await createCohort(trx, {
    ...act,
    startYear: Number(year),
    suffix,
    description,
    funding,
    registrationStarts: readDate(registrationStarts),
    schedules: schedules === undefined ? undefined : await readFile(schedules),
  })
  orRefuse(created)
  return {
    shows: preview(identifier, created),
    warnings: created.schedules.length > 0 ? [] : ['The cohort has no schedules: nobody can be accepted in it until it has. Give --schedules.'],
    done: `Cohort ${identifier} is made. Its statements and contracts: npq statements create --cohort ${identifier}.`,
  }
}

function preview(identifier: string, { schedules, partnerships }: CreatedCohort): string {
  const head = `Cohort ${identifier}: ${schedules.length} schedules, and ${partnerships} delivery partnerships of the cohort before it.`
  if (schedules.length === 0) return head
  return [
    head,
    table([
      ['Schedule', 'From', 'To', 'Declaration types'],
      ...schedules.map((row) => [row.identifier, String(row.applies_from), String(row.applies_to), row.allowed_declaration_types.join(' ')]),
    ]),
  ].join('\n\n')
}
