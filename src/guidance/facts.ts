import { readFileSync } from 'node:fs'
import { longDate } from '../clock.ts'

export type ScheduleFact = Readonly<{
  cohort: string
  identifier: string
  name: string
  course_group: string
  /** in production too; the sandbox has all */
  live: boolean
  applies_from: string
  allowed_declaration_types: readonly string[]
  milestones: readonly { declaration_type: string; milestone_date: string | null; payment_date: string | null }[]
}>

export type CourseFact = Readonly<{
  identifier: string
  course_group: string
  name: string
  outcomes_permitted: boolean
  position: number
}>

export type CohortFact = Readonly<{ start_year: number; suffix: string; funding: 'full' | 'capped' | 'zero' }>

function read<Fact>(name: string): readonly Fact[] {
  return JSON.parse(readFileSync(new URL(`../../reference/${name}.json`, import.meta.url), 'utf8'))
}

// the facts that every environment loads

export const scheduleFacts = read<ScheduleFact>('schedules')
export const courseFacts = read<CourseFact>('courses')
export const cohortFacts = read<CohortFact>('cohorts')
export const providerFacts = read<{ name: string }>('lead-providers')

/** A date as readers know it. */
export function announced(date: string | null): string {
  return date === null ? 'to be announced' : longDate(Temporal.PlainDate.from(date))
}
