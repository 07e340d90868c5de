import { cohortFacts, courseFacts, type ScheduleFact, scheduleFacts } from './facts.ts'

const groupNames: Readonly<Record<string, string>> = { leadership: 'leadership', specialist: 'specialist', ehco: 'EHCO', support: 'ASO' }
const fundingNames = { full: 'full, without a cap', capped: 'capped', zero: 'none' }

/** Every course with its group, what can be declared for it, and whether it ends with an outcome. */
export function courses() {
  return [...courseFacts]
    .sort((one, other) => one.position - other.position)
    .map(({ identifier, name, course_group, outcomes_permitted }) => ({
      identifier,
      name,
      group: groupNames[course_group],
      types: distinct(schedulesOf(course_group).flatMap((schedule) => schedule.allowed_declaration_types)),
      outcome: outcomes_permitted ? 'yes' : 'no',
    }))
}

/** The schedules that the courses of each group can have. */
export function groups() {
  return Object.entries(groupNames).map(([group, name]) => ({ name, schedules: distinct(schedulesOf(group).map(({ identifier }) => identifier)) }))
}

function schedulesOf(group: string): ScheduleFact[] {
  return scheduleFacts.filter(({ course_group }) => course_group === group)
}

/** The cohorts, as the API shows them, with the funding of their places. */
export function cohorts() {
  return cohortFacts.map(({ start_year, suffix, funding }) => ({ year: String(start_year), suffix, funding: fundingNames[funding] }))
}

/** Where a year has several cohorts: in which of them the API looks for a schedule. */
export function choices() {
  const years = [...Map.groupBy(cohortFacts, ({ start_year }) => start_year)].filter(([, ofYear]) => ofYear.length > 1).map(([year]) => String(year))
  return years.flatMap((year) => {
    const schedules = scheduleFacts.filter(({ cohort }) => cohort.startsWith(year))
    return distinct(schedules.map(({ identifier }) => identifier)).map((identifier) => {
      const named = schedules.filter((schedule) => schedule.identifier === identifier)
      return { year, identifier, production: latest(named.filter(({ live }) => live)), sandbox: latest(named) }
    })
  })
}

/** The cohort with the latest suffix among those of the schedules. */
function latest(schedules: readonly ScheduleFact[]): string {
  return (
    schedules
      .map(({ cohort }) => cohort)
      .sort()
      .at(-1) ?? 'none'
  )
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
