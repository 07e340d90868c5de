import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { defaultSchedule, type ScheduleRule } from '../../../src/domain/applications/default-schedule.ts'

type Group = { name: string; schedule_rules: ScheduleRule[] }
const groups: Group[] = JSON.parse(await readFile(new URL('../../../reference/course-groups.json', import.meta.url), 'utf8'))

const seasons = {
  leadership: ['autumn', 'spring'],
  specialist: ['autumn', 'spring'],
  ehco: ['november', 'december', 'march', 'june'],
  support: ['december', 'june'],
}
type GroupName = keyof typeof seasons
const prefix: Record<GroupName, string> = { leadership: 'npq-leadership', specialist: 'npq-specialist', ehco: 'npq-ehco', support: 'npq-aso' }

function choose(group: GroupName, cohort: string, today: string, available: readonly string[] = seasons[group]) {
  const rules = groups.find(({ name }) => name === group)?.schedule_rules ?? []
  const schedules = available.map((season, place) => ({
    id: place,
    identifier: `${prefix[group]}-${season}`,
    applies_from: Temporal.PlainDate.from(`2026-0${5 - place}-01`),
  }))
  const chosen = defaultSchedule(rules, { identifier: cohort, start_year: Number(cohort.slice(0, 4)) }, Temporal.PlainDate.from(today), schedules)
  return chosen?.identifier.slice(prefix[group].length + 1)
}

describe('the default schedule', () => {
  describe.each(['leadership', 'specialist'] as const)('of a %s course', (group) => {
    test.each([
      ['2023a', '2025-01-01', 'spring'],
      ['2023a', '2025-04-02', 'spring'],
      ['2023a', '2025-04-03', 'autumn'],
      ['2023a', '2025-12-25', 'autumn'],
      ['2023a', '2025-12-26', 'spring'],
      ['2023a', '2025-12-31', 'spring'],
      ['2025a', '2025-06-01', 'spring'],
      ['2025a', '2025-06-06', 'spring'],
      ['2025a', '2025-06-07', 'autumn'],
      ['2025a', '2025-07-31', 'autumn'],
      ['2025b', '2025-08-01', 'autumn'],
      ['2025a', '2025-09-08', 'autumn'],
      ['2025a', '2026-01-31', 'autumn'],
      ['2025a', '2026-04-30', 'autumn'],
      ['2025a', '2026-12-26', 'spring'],
      ['2024a', '2024-06-28', 'autumn'],
      ['2024a', '2025-02-01', 'autumn'],
      ['2024a', '2025-06-06', 'autumn'],
      ['2024a', '2026-02-01', 'spring'],
      ['2026a', '2026-07-01', 'spring'],
      ['2026a', '2027-02-01', 'spring'],
      ['2026b', '2026-07-01', 'autumn'],
      ['2026b', '2027-02-01', 'autumn'],
    ])('in cohort %s on %s is the %s one', (cohort, today, season) => {
      expect(choose(group, cohort, today)).toBe(season)
    })
  })

  test.each([
    ['2023a', '2023-08-31', 'june'],
    ['2023a', '2023-09-01', 'november'],
    ['2023a', '2023-11-30', 'november'],
    ['2023a', '2023-12-01', 'december'],
    ['2023a', '2024-02-28', 'december'],
    ['2023a', '2024-02-29', 'december'],
    ['2022a', '2023-02-28', 'december'],
    ['2023a', '2024-03-01', 'march'],
    ['2023a', '2024-05-31', 'march'],
    ['2023a', '2024-06-01', 'june'],
    ['2023a', '2024-09-30', 'june'],
    ['2023a', '2024-10-01', 'june'],
    ['2023a', '2030-01-01', 'june'],
  ])('of the coaching offer in cohort %s on %s is the %s one', (cohort, today, season) => {
    expect(choose('ehco', cohort, today)).toBe(season)
  })

  test('of the coaching offer in cohorts 2021a and 2026a is the one that applies first', () => {
    for (const cohort of ['2021a', '2026a']) {
      expect(choose('ehco', cohort, '2026-10-01')).toBe('june')
      expect(choose('ehco', cohort, '2026-10-01', ['march'])).toBe('march')
      expect(choose('ehco', cohort, '2026-10-01', [])).toBeUndefined()
    }
  })

  test('of the additional support offer is the December one, in June too', () => {
    expect(choose('support', '2021a', '2022-06-15')).toBe('december')
  })

  test('is none where the cohort lacks the one that the rules name', () => {
    expect(choose('leadership', '2024a', '2026-02-01', ['autumn'])).toBeUndefined()
  })
})
