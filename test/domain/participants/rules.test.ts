import { describe, expect, test } from 'vitest'
import { fundedPlaceAfter } from '../../../src/domain/participants/change-schedule.ts'
import * as changeSchedule from '../../../src/domain/participants/change-schedule-rules.ts'
import * as changeTrns from '../../../src/domain/participants/change-trns.ts'
import * as defer from '../../../src/domain/participants/defer.ts'
import * as resume from '../../../src/domain/participants/resume.ts'
import type { TrainingFacts } from '../../../src/domain/participants/training.ts'
import * as withdraw from '../../../src/domain/participants/withdraw.ts'
import { judge, type Rules } from '../../../src/domain/rules.ts'
import { earlierWithdrawalReasons, withdrawalReasons } from '../../../src/words.ts'

// Acceptable facts, one thing changed, the titles of what is refused.
function titles<Facts>(rules: Rules<Facts>, acceptable: Facts, changes: Partial<Facts>) {
  return judge(rules, { ...acceptable, ...changes }).map(({ title }) => title)
}
const active = { application: { training_status: 'active' } } as const
const deferred = { application: { training_status: 'deferred' } } as const
const withdrawn = { application: { training_status: 'withdrawn' } } as const
const statusless = { application: { training_status: null } } as const
const training: TrainingFacts = { participantId: 'old', idChange: undefined, courseIdentifier: 'npq-headship', visible: true, ...active }

const common: [string, Partial<TrainingFacts>, string[]][] = [
  ['nothing to object to', {}, []],
  ['a replaced id', { idChange: { to_participant_id: 'new' } }, ['participant_id']],
  ['an unknown course', { courseIdentifier: 'npq-wizardry', application: undefined }, ['course_identifier']],
  ['no course', { courseIdentifier: undefined, application: undefined }, ['course_identifier']],
  ['a course that the participant is not on', { application: undefined }, ['participant_id']],
  ['a stranger', { visible: false, application: undefined }, ['participant_id']],
  ['a stranger and no course', { visible: false, application: undefined, courseIdentifier: undefined }, ['course_identifier', 'participant_id']],
]

test('a replaced id is named with the one that replaced it', () => {
  const [refusal] = judge(resume.resumeRules, { ...training, ...deferred, idChange: { to_participant_id: 'new' }, acceptedElsewhere: false })
  expect(refusal?.detail).toMatch(/#\/participant_id old .* new\b/)
})

describe('deferring', () => {
  const acceptable: defer.DeferFacts = { ...training, reason: 'bereavement', declared: true }
  test.each<[string, Partial<defer.DeferFacts>, string[]]>([
    ...common,
    ['no reason', { reason: undefined }, ['reason']],
    ['an unknown reason', { reason: 'weather' }, ['reason']],
    ['training without a status', statusless, []],
    ['deferred training', deferred, ['participant_id']],
    ['withdrawn training', withdrawn, ['participant_id']],
    ['no declarations', { declared: false }, ['participant_id']],
    ['no declarations and a bad reason', { declared: false, reason: 'x' }, ['reason', 'participant_id']],
    ['no declarations for withdrawn training', { declared: false, ...withdrawn }, ['participant_id', 'participant_id']],
    ['a bad reason and no application', { reason: 'x', application: undefined, declared: false }, ['participant_id', 'reason']],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(defer.deferRules, acceptable, changes)).toEqual(expected)
  })

  test.each(['bereavement', 'long-term-sickness', 'parental-leave', 'career-break', 'other'])('takes the reason %s', (reason) => {
    expect(titles(defer.deferRules, acceptable, { reason })).toEqual([])
  })
})

describe('resuming', () => {
  const acceptable: resume.ResumeFacts = { ...training, ...deferred, acceptedElsewhere: false }
  test.each<[string, Partial<resume.ResumeFacts>, string[]]>([
    ...common.map(([name, changes, expected]): [string, Partial<resume.ResumeFacts>, string[]] => [name, { ...deferred, ...changes }, expected]),
    ['withdrawn training', withdrawn, []],
    ['training without a status', statusless, []],
    ['active training', active, ['participant_id']],
    ['withdrawn training of someone who was accepted anew', { ...withdrawn, acceptedElsewhere: true }, ['participant_id']],
    ['deferred training beside a merged one', { acceptedElsewhere: true }, []],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(resume.resumeRules, acceptable, changes)).toEqual(expected)
  })
})

describe('withdrawing', () => {
  const acceptable: withdraw.WithdrawFacts = { ...training, reason: 'other', reasons: withdrawalReasons, started: true }
  test.each<[string, Partial<withdraw.WithdrawFacts>, string[]]>([
    ...common,
    ['no reason', { reason: undefined }, ['reason']],
    ['deferred training', deferred, []],
    ['withdrawn training', withdrawn, ['participant_id']],
    ['no start', { started: false }, ['participant_id']],
    ['no start and a bad reason', { started: false, reason: 'x' }, ['reason']],
    ['withdrawn training and a bad reason', { ...withdrawn, reason: 'x' }, ['reason', 'participant_id']],
    ['a reason without its full stop', { reason: 'quality-of-programme-structure-not-suitable' }, ['reason']],
    ['the reason with its full stop', { reason: 'quality-of-programme-structure-not-suitable.' }, []],
    ['a newer reason', { reason: 'change-in-career' }, []],
    ['a newer reason where only the earlier ones are known', { reason: 'change-in-career', reasons: earlierWithdrawalReasons }, ['reason']],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(withdraw.withdrawRules, acceptable, changes)).toEqual(expected)
  })

  test('knows 21 reasons, 17 of them from before', () => {
    expect([withdrawalReasons.length, earlierWithdrawalReasons.length]).toEqual([21, 17])
    expect(earlierWithdrawalReasons.every((reason) => withdrawalReasons.includes(reason))).toBe(true)
  })
})

describe('changing the schedule', () => {
  const capped = { id: 1, funding: 'capped' } as const
  const elsewhere = { id: 2, funding: 'capped' } as const
  const move: changeSchedule.MoveFacts = {
    course: { course_group_id: 1 },
    cohort: capped,
    schedule: { id: 10, cohort_id: 1 },
    contracted: true,
    live: [],
    acceptedThere: false,
  }
  const schedule = {
    id: 11,
    applies_from: Temporal.PlainDate.from('2026-01-01'),
    allowed_declaration_types: ['started', 'completed'] as ('started' | 'completed')[],
    course_group_id: 1,
  }
  const acceptable: changeSchedule.ChangeScheduleFacts = {
    ...training,
    scheduleIdentifier: 'npq-leadership-spring',
    target: { schedule, cohort: capped },
    move,
  }
  const live = (date: string, declaration_type: 'started' | 'retained-1' = 'started') => ({
    declaration_type,
    declaration_date: Temporal.Instant.from(date),
  })
  const to = (cohort: { id: number; funding: 'zero' | 'capped' | 'full' }, changes: Partial<changeSchedule.MoveFacts> = {}) => ({
    target: { schedule, cohort },
    move: { ...move, ...changes },
  })
  const none = { target: undefined }

  test.each<[string, Partial<changeSchedule.ChangeScheduleFacts>, string[]]>([
    ...common.map(([name, changes, expected]): [string, Partial<changeSchedule.ChangeScheduleFacts>, string[]] => [
      name,
      'application' in changes ? { ...changes, move: undefined } : changes,
      expected,
    ]),
    ['another cohort with limited places', to(elsewhere), []],
    ['no schedule', { scheduleIdentifier: undefined, ...none }, ['schedule_identifier']],
    ['an unknown schedule', none, ['schedule_identifier']],
    ['an unknown schedule for withdrawn training', { ...none, ...withdrawn }, ['schedule_identifier', 'participant_id']],
    ['no contract', to(elsewhere, { contracted: false }), ['cohort']],
    [
      'no contract and everything that is silent then',
      to(elsewhere, { contracted: false, live: [live('2026-02-01T00:00Z')], acceptedThere: true }),
      ['cohort'],
    ],
    ['withdrawn training', withdrawn, ['participant_id']],
    ['a declaration of a type that is not allowed', { move: { ...move, live: [live('2026-02-01T00:00Z', 'retained-1')] } }, ['schedule_identifier']],
    ['a declaration before the first day', { move: { ...move, live: [live('2025-12-31T23:59:59Z')] } }, ['schedule_identifier']],
    ['a declaration at the first midnight', { move: { ...move, live: [live('2026-01-01T00:00:00Z')] } }, ['schedule_identifier']],
    ['a declaration after the first midnight', { move: { ...move, live: [live('2026-01-01T00:00:00.000001Z')] } }, []],
    [
      'several declarations that would not be valid',
      { move: { ...move, live: [live('2025-01-01T00:00Z'), live('2026-02-01T00:00Z', 'retained-1')] } },
      ['schedule_identifier'],
    ],
    ['the schedule it is on', { move: { ...move, schedule: { id: 11, cohort_id: 1 } } }, ['schedule_identifier']],
    ['a schedule of another group', { move: { ...move, course: { course_group_id: 2 } } }, ['schedule_identifier']],
    ['a declaration on the way to another cohort', to(elsewhere, { live: [live('2026-02-01T00:00Z')] }), ['cohort']],
    ['a declaration without a schedule so far', { move: { ...move, schedule: null, live: [live('2026-02-01T00:00Z')] } }, ['cohort']],
    ['the way to a cohort without a limit', to({ id: 2, funding: 'full' }), ['cohort']],
    ['the way to an unfunded cohort', to({ id: 2, funding: 'zero' }), []],
    ['the way from an unfunded cohort to limited places', to(elsewhere, { cohort: { id: 1, funding: 'zero' } }), ['cohort']],
    ['the way from an unfunded cohort to one without a limit', to({ id: 2, funding: 'full' }, { cohort: { id: 1, funding: 'zero' } }), ['cohort']],
    ['the way between unfunded cohorts', to({ id: 2, funding: 'zero' }, { cohort: { id: 1, funding: 'zero' } }), []],
    ['the way without a cohort so far', to(elsewhere, { cohort: null, schedule: null }), []],
    ['an accepted application in the other cohort', to(elsewhere, { acceptedThere: true }), ['cohort']],
    ['another accepted application in the same cohort', { move: { ...move, acceptedThere: true } }, []],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(changeSchedule.changeScheduleRules, acceptable, changes)).toEqual(expected)
  })

  test.each([
    ['capped', 'capped', true, false, true],
    ['capped', 'capped', false, true, false],
    ['full', 'capped', null, true, true],
    ['full', 'capped', null, false, false],
    ['full', 'full', null, true, null],
    ['capped', 'zero', true, true, false],
    ['full', 'zero', null, true, false],
    ['zero', 'zero', false, true, false],
  ] as const)('from %s to %s funding turns the place %s of an eligible (%s) person into %s', (from, target, place, eligible, expected) => {
    expect(fundedPlaceAfter({ funded_place: place, eligible_for_funding: eligible }, { funding: from }, { funding: target })).toBe(expected)
  })
})

describe('changing a TRN', () => {
  test.each<[string, Partial<changeTrns.ChangeTrnFacts>, string[]]>([
    ['seven digits', {}, []],
    ['nobody', { known: false }, ['user']],
    ['0000000', { trn: '0000000' }, ['trn']],
    ['nothing', { trn: '' }, ['trn']],
    ['letters', { trn: 'AA99/12345' }, ['trn']],
    ['6 digits', { trn: '234567' }, ['trn']],
    ['8 digits', { trn: '23456789' }, ['trn']],
    ['nothing for nobody', { known: false, trn: '' }, ['user', 'trn']],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(changeTrns.changeTrnRules, { known: true, trn: '2345678' }, changes)).toEqual(expected)
  })
})
