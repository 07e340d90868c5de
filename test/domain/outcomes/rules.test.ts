import { describe, expect, test } from 'vitest'
import { readCompletionDate } from '../../../src/domain/outcomes/completion-date.ts'
import { type ReportOutcomeFacts, reportOutcomeRules } from '../../../src/domain/outcomes/report-outcome-rules.ts'
import { judge } from '../../../src/domain/rules.ts'

const today = Temporal.PlainDate.from('2026-11-02')
const acceptable: ReportOutcomeFacts = {
  participantId: 'old',
  idChange: undefined,
  courseIdentifier: 'npq-senco',
  state: 'passed',
  dateSent: true,
  date: today,
  today,
  completed: true,
  visible: true,
}

describe('reporting an outcome', () => {
  test.each<[string, Partial<ReportOutcomeFacts>, string[]]>([
    ['a pass today', {}, []],
    ['a fail', { state: 'failed' }, []],
    ['a replaced id', { idChange: { to_participant_id: 'new' } }, ['participant_id']],
    ['the coaching offer', { courseIdentifier: 'npq-early-headship-coaching-offer' }, ['course_identifier']],
    ['the additional support offer', { courseIdentifier: 'npq-additional-support-offer' }, ['course_identifier']],
    ['no course', { courseIdentifier: undefined, completed: false }, ['course_identifier', 'course_identifier', 'base']],
    ['a voided outcome', { state: 'voided' }, ['state']],
    ['no state', { state: undefined }, ['state', 'state']],
    ['no date', { dateSent: false, date: undefined }, ['completion_date', 'completion_date']],
    ['an unreadable date', { date: undefined }, ['completion_date']],
    ['tomorrow', { date: today.add({ days: 1 }) }, ['completion_date']],
    ['no completed declaration', { completed: false }, ['base']],
    ['a stranger', { visible: false, completed: false }, ['base', 'participant_id']],
  ])('judges %s', (_, changes, expected) => {
    expect(judge(reportOutcomeRules, { ...acceptable, ...changes }).map(({ title }) => title)).toEqual(expected)
  })
})

test.each([
  ['2026-02-10', '2026-02-10'],
  ['2026-02-10T00:00:00+00:00', '2026-02-10'],
  ['2026-02-10T23:30:00-05:00', '2026-02-10'],
  ['2026-02-10t09:15:00.123z', '2026-02-10'],
  ['2026-13-01', undefined],
  ['2026-02-30', undefined],
  ['10-02-2026', undefined],
  ['0000-01-01', undefined],
  ['20260210', undefined],
  ['on 2026-02-10', undefined],
  ['2026-02-10 soon', undefined],
  ['2026-02-10T25:00:00Z', undefined],
  ['', undefined],
  [undefined, undefined],
])('the date of %s is %s', (text, expected) => {
  expect(readCompletionDate(text)?.toString()).toBe(expected)
})
