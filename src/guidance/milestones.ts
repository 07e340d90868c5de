import { announced, type ScheduleFact as Fact, scheduleFacts as facts } from './facts.ts'

export type Milestone = Readonly<{ milestone: string; date: string; declarationType: string; paymentDate: string }>

/** The milestone tables from the reference facts: cohorts newest first, one intake a season. */
export function intakes() {
  const years = [...new Set(facts.map(({ cohort }) => cohort.slice(0, 4)))].sort().reverse()
  return years
    .map((year) => ({ year, intakes: [intake(year, 'autumn'), intake(year, 'spring')].filter((found) => found !== undefined) }))
    .filter(({ intakes: found }) => found.length > 0)
}

/** The intakes of NPQs, in production, that have no milestone dates yet. */
export function intakesWithoutDates() {
  return [...Map.groupBy(npqIntakes(), ({ cohort, season }) => `${cohort} ${season}`).values()]
    .filter((schedules) => schedules.every(({ fact }) => !fact.milestones[0]?.milestone_date))
    .map((schedules) => ({ ...shownIntake(schedules[0] as Intake), identifiers: schedules.map(({ fact }) => fact.identifier) }))
}

/** From which day each intake of NPQs, in production, can be declared: the newest first. */
export function starts() {
  return npqIntakes()
    .filter(({ fact }) => fact.course_group === 'leadership')
    .map(shownIntake)
    .reverse()
}

/** Every schedule, with the day from which declarations are taken, and where it can be used. */
export function schedules() {
  return facts.map(({ cohort, identifier, live, applies_from, allowed_declaration_types }) => ({
    cohort,
    identifier,
    from: announced(applies_from),
    types: allowed_declaration_types.join(', '),
    where: live ? 'production and sandbox' : 'sandbox only',
  }))
}

type Intake = Readonly<{ cohort: string; season: string; fact: Fact }>

function npqIntakes(): Intake[] {
  return facts
    .filter(({ live, course_group }) => live && (course_group === 'leadership' || course_group === 'specialist'))
    .map((fact) => ({ cohort: fact.cohort, season: inSeason(fact.identifier, 'autumn') ? 'autumn' : 'spring', fact }))
}

function shownIntake({ cohort, season, fact }: Intake) {
  return { year: cohort.slice(0, 4), suffix: cohort.slice(4), season, from: announced(fact.applies_from) }
}

function intake(year: string, season: 'autumn' | 'spring') {
  const leadership = find(year, `npq-leadership-${season}`)
  const specialist = find(year, `npq-specialist-${season}`)
  if (!leadership || !specialist) return undefined
  const milestones = [
    ...leadership.milestones.filter(({ declaration_type }) => declaration_type !== 'completed').map((fact) => row(fact, '')),
    ...specialist.milestones.filter(({ declaration_type }) => declaration_type === 'completed').map((fact) => row(fact, ', specialist')),
    ...leadership.milestones.filter(({ declaration_type }) => declaration_type === 'completed').map((fact) => row(fact, ', leadership')),
  ]
  const started = leadership.milestones[0]?.milestone_date
  return {
    season,
    startBy: started && Temporal.PlainDate.from(started).toLocaleString('en-GB', { month: 'long', year: 'numeric' }),
    identifiers: facts
      .filter(({ cohort, live, identifier }) => cohort === leadership.cohort && live && inSeason(identifier, season))
      .map(({ identifier }) => identifier),
    milestones,
  }
}

/** A schedule of the year whose milestone dates are known. */
function find(year: string, identifier: string) {
  return facts.find((fact) => fact.cohort.startsWith(year) && fact.identifier === identifier && fact.milestones[0]?.milestone_date)
}

function inSeason(identifier: string, season: 'autumn' | 'spring') {
  const endings = season === 'autumn' ? ['autumn', 'november', 'december'] : ['spring', 'march', 'june']
  return endings.some((ending) => identifier.endsWith(ending))
}

const names: Record<string, string> = {
  started: 'Start',
  'retained-1': 'Retention point 1',
  'retained-2': 'Retention point 2, leadership only',
  completed: 'Completion',
}

function row({ declaration_type, milestone_date, payment_date }: Fact['milestones'][number], suffix: string): Milestone {
  return {
    milestone: `${names[declaration_type]}${suffix}`,
    date: announced(milestone_date),
    declarationType: declaration_type,
    paymentDate: announced(payment_date),
  }
}
