import { readFileSync } from 'node:fs'
import { longDate } from '../clock.ts'

type Fact = Readonly<{
  cohort: string
  identifier: string
  name: string
  live: boolean
  applies_from: string
  allowed_declaration_types: readonly string[]
  milestones: readonly { declaration_type: string; milestone_date: string | null; payment_date: string | null }[]
}>

export type Milestone = Readonly<{ milestone: string; date: string; declarationType: string; paymentDate: string }>

const facts: readonly Fact[] = JSON.parse(readFileSync(new URL('../../reference/schedules.json', import.meta.url), 'utf8'))

/** The milestone tables from the reference facts: cohorts newest first, one intake a season. */
export function intakes() {
  const years = [...new Set(facts.map(({ cohort }) => cohort.slice(0, 4)))].sort().reverse()
  return years
    .map((year) => ({ year, intakes: [intake(year, 'autumn'), intake(year, 'spring')].filter((found) => found !== undefined) }))
    .filter(({ intakes: found }) => found.length > 0)
}

/** The schedules of every cohort that its participants can be on, with the day from which declarations are taken. */
export function schedules() {
  return facts
    .filter(({ live }) => live)
    .map(({ cohort, identifier, applies_from, allowed_declaration_types }) => ({
      cohort,
      identifier,
      from: announced(applies_from),
      types: allowed_declaration_types.join(', '),
    }))
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

function announced(date: string | null): string {
  return date === null ? 'to be announced' : longDate(Temporal.PlainDate.from(date))
}
