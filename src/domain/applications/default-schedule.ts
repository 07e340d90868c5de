/**
 * One line of a course group's ordered rules; every part that is given must hold.
 * `from` and `to` are dates, both included; `Y` stands for the cohort's start year and a day that the month lacks for its last.
 * `earliest` names the group's schedule in the cohort that applies first.
 */
export type ScheduleRule = {
  cohorts?: string[]
  start_year?: number
  start_year_to?: number
  from?: string
  to?: string
  /** ranges of month and day that hold in every year */
  every_year?: [string, string][]
  schedule: string
}

export type ScheduleChoice = { id: number; identifier: string; applies_from: Temporal.PlainDate }

/**
 * The schedule on which an application goes when its provider names none (02 section 11).
 * `schedules` are those of the cohort and the course's group; undefined where the rules name none of them.
 */
export function defaultSchedule<S extends ScheduleChoice>(
  rules: readonly ScheduleRule[],
  cohort: { identifier: string; start_year: number },
  today: Temporal.PlainDate,
  schedules: readonly S[],
): S | undefined {
  const rule = rules.find((candidate) => holds(candidate, cohort, today))
  if (!rule) return undefined
  if (rule.schedule !== 'earliest') return schedules.find((schedule) => schedule.identifier === rule.schedule)
  return [...schedules].sort((one, other) => Temporal.PlainDate.compare(one.applies_from, other.applies_from))[0]
}

function holds(rule: ScheduleRule, cohort: { identifier: string; start_year: number }, today: Temporal.PlainDate): boolean {
  if (rule.cohorts && !rule.cohorts.includes(cohort.identifier)) return false
  if (rule.start_year !== undefined && rule.start_year !== cohort.start_year) return false
  if (rule.start_year_to !== undefined && cohort.start_year > rule.start_year_to) return false
  if (rule.from && Temporal.PlainDate.compare(today, dateOf(rule.from, cohort.start_year)) < 0) return false
  if (rule.to && Temporal.PlainDate.compare(today, dateOf(rule.to, cohort.start_year)) > 0) return false
  const day = today.toString().slice(5)
  return rule.every_year === undefined || rule.every_year.some(([first, last]) => first <= day && day <= last)
}

function dateOf(text: string, startYear: number): Temporal.PlainDate {
  const [, year = '', next, month, day] = /^(\d{4}|Y)(\+1)?-(\d\d)-(\d\d)$/.exec(text) ?? []
  const base = year === 'Y' ? startYear : Number(year)
  return Temporal.PlainDate.from({ year: next ? base + 1 : base, month: Number(month), day: Number(day) }, { overflow: 'constrain' })
}
