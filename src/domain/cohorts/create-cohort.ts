import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { CohortFunding } from '../../words.ts'
import { copyPartnerships } from '../delivery-partners/copy-partnerships.ts'
import { type Act, create } from '../history.ts'
import { courseGroupIds } from '../reference/courses.ts'
import { judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { lockCohortNames } from './records.ts'
import { readSchedules, type ScheduleRow } from './schedules-file.ts'

export type CreateCohort = Act & {
  startYear: number
  suffix: string
  description: string
  funding: CohortFunding
  registrationStarts: Temporal.PlainDate
  /** the file of its schedules; a cohort without any takes nobody on until it has some */
  schedules?: Uint8Array | undefined
}

export type CreateCohortFacts = Pick<CreateCohort, 'startYear' | 'suffix' | 'description' | 'registrationStarts'> & {
  taken: boolean
  descriptionTaken: boolean
}

export type CreatedCohort = Verdict & { schedules: readonly ScheduleRow[]; partnerships: number }

/** Makes a cohort with its schedules, and lets it take over the delivery partnerships of the cohort before it (06 section 5, 08 section 10). */
export async function createCohort(db: Database, command: CreateCohort): Promise<CreatedCohort> {
  return transact(db, async (trx) => {
    const cohorts = await lockCohortNames(trx)
    const identifier = `${command.startYear}${command.suffix}`
    const description = command.description.trim()
    const facts = {
      ...command,
      description,
      taken: cohorts.some((cohort) => cohort.identifier === identifier),
      descriptionTaken: cohorts.some((cohort) => cohort.description.toLowerCase() === description.toLowerCase()),
    }
    const groups = await courseGroupIds(trx)
    const schedules = command.schedules === undefined ? { rows: [], refusals: [] } : readSchedules(command.schedules, new Set(groups.keys()))
    const refusals = [...judge(createCohortRules, facts), ...schedules.refusals]
    if (refusals.length > 0) return { refusals, schedules: [], partnerships: 0 }

    const cohort = await create(trx, command, 'cohorts', {
      start_year: command.startYear,
      suffix: command.suffix,
      description,
      funding: command.funding,
      registration_start_date: command.registrationStarts.toZonedDateTime('UTC').toInstant(),
    })
    for (const { course_group, line: _, ...schedule } of schedules.rows) {
      await create(trx, command, 'schedules', { ...schedule, cohort_id: cohort.id, course_group_id: groups.get(course_group) ?? 0 })
    }
    return { refusals: [], schedules: schedules.rows, partnerships: await copyPartnerships(trx, command, cohort.id) }
  })
}

export const createCohortRules: Rules<CreateCohortFacts> = [
  refuse(
    'start_year_out_of_range',
    ({ startYear }) => !Number.isInteger(startYear) || startYear < 2021 || startYear > 2029,
    'start_year',
    'A cohort starts in a year from 2021 to 2029.',
  ),
  refuse('suffix_malformed', ({ suffix }) => !/^[a-z]$/.test(suffix), 'suffix', 'The suffix of a cohort is one lower-case letter, as in 2026a.'),
  [
    refuse(
      'cohort_exists',
      ({ taken }) => taken,
      'suffix',
      ({ startYear, suffix }) => `There is a cohort ${startYear}${suffix} already.`,
    ),
  ],
  refuse(
    'description_length',
    ({ description }) => description.length < 5 || description.length > 50,
    'description',
    'The description of a cohort has 5 to 50 characters.',
  ),
  refuse(
    'description_taken',
    ({ descriptionTaken }) => descriptionTaken,
    'description',
    ({ description }) => `Another cohort is described as ${description}: describe this one in other words.`,
  ),
  refuse(
    'registration_in_another_year',
    ({ registrationStarts, startYear }) => registrationStarts.year !== startYear,
    'registration_start_date',
    ({ startYear }) => `Registration starts in the year of the cohort, ${startYear}.`,
  ),
]
