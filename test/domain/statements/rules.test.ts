import { describe, expect, test } from 'vitest'
import { judge, type Rules } from '../../../src/domain/rules.ts'
import * as adjust from '../../../src/domain/statements/adjust.ts'
import * as authorise from '../../../src/domain/statements/authorise-payment.ts'
import * as changeDate from '../../../src/domain/statements/change-date.ts'
import * as changePrice from '../../../src/domain/statements/change-price.ts'
import * as milestones from '../../../src/domain/statements/milestones.ts'

// Acceptable facts, one thing changed, the titles of what is refused.
function titles<Facts>(rules: Rules<Facts>, acceptable: Facts, changes: Partial<Facts>) {
  return judge(rules, { ...acceptable, ...changes }).map(({ title }) => title)
}
const date = (text: string) => Temporal.PlainDate.from(text)
const authorisedAt = Temporal.Instant.from('2026-12-01T09:00:00Z')

describe('authorising a payment', () => {
  const due = { output_fee: true, state: 'payable', deadline_date: date('2026-11-30') } as const
  const acceptable: authorise.AuthoriseFacts = { statement: due, items: 1, today: date('2026-12-01'), checksDone: true }
  test.each<[string, Partial<authorise.AuthoriseFacts>, (string | RegExp)[]]>([
    ['a payable payment run past its deadline', {}, []],
    ['checks that are not done', { checksDone: false }, [/checks are done/]],
    ['no payment run', { statement: { ...due, output_fee: false } }, [/not a payment run/]],
    ['an open statement', { statement: { ...due, state: 'open' }, today: date('2026-11-30') }, [/open until the end of 30 November 2026/]],
    ['a statement that is open too long', { statement: { ...due, state: 'open' } }, [/open still, though its deadline has passed/]],
    ['an open statement without a deadline', { statement: { ...due, state: 'open', deadline_date: null } }, [/no declaration deadline/]],
    ['a paid statement', { statement: { ...due, state: 'paid' } }, [/paid already/]],
    ['a deadline of today', { today: date('2026-11-30') }, [/deadline has not ended/]],
    ['no deadline', { statement: { ...due, deadline_date: null } }, [/deadline has not ended/]],
    ['no items', { items: 0 }, [/holds no declaration/]],
    ['all that is wrong', { statement: { ...due, output_fee: false, state: 'paid' }, items: 0 }, [/run/, /paid already/, /holds no/]],
  ])('judges %s, and says what is wrong', (_, changes, expected) => {
    const refusals = judge(authorise.authorisePaymentRules, { ...acceptable, ...changes })
    expect(refusals.map(({ detail }) => detail)).toEqual(expected.map((detail) => expect.stringMatching(detail)))
  })
})

describe('changing a date', () => {
  const open = { state: 'open', deadline_date: date('2026-11-30'), payment_date: date('2026-12-25') } as const
  const acceptable: changeDate.ChangeDateFacts = { statement: open, which: 'deadline_date', date: date('2026-12-01') }
  test.each<[string, Partial<changeDate.ChangeDateFacts>, string[]]>([
    ['a deadline before the payment', {}, []],
    ['a deadline on the day of payment', { date: date('2026-12-25') }, []],
    ['a deadline after the payment', { date: date('2026-12-26') }, ['deadline_date']],
    ['no deadline', { date: undefined }, ['deadline_date']],
    ['a payment on the deadline', { which: 'payment_date', date: date('2026-11-30') }, []],
    ['a payment before the deadline', { which: 'payment_date', date: date('2026-11-29') }, ['payment_date']],
    ['no payment date', { which: 'payment_date', date: undefined }, ['payment_date']],
    ['any deadline where there is no payment date', { statement: { ...open, payment_date: null }, date: date('2030-01-01') }, []],
    ['a payable statement', { statement: { ...open, state: 'payable' } }, ['base']],
    ['a paid statement', { statement: { ...open, state: 'paid' } }, ['base']],
    ['a paid statement and a wrong date', { statement: { ...open, state: 'paid' }, date: date('2027-01-01') }, ['deadline_date']],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(changeDate.changeDateRules, acceptable, changes)).toEqual(expected)
  })
})

describe('an adjustment', () => {
  const acceptable: adjust.AdjustmentFacts = { statement: { state: 'open', marked_as_paid_at: null }, description: 'Travel', amount: '100.12' }
  test.each<[string, Partial<adjust.AdjustmentFacts>, string[]]>([
    ['of an amount', {}, []],
    ['of a negative amount', { amount: '-100' }, []],
    ['of nothing at all', { description: ' ', amount: '' }, ['description', 'amount']],
    ['of zero', { amount: '0' }, ['amount']],
    ['of minus zero', { amount: '-0.00' }, ['amount']],
    ['with commas', { amount: '1,000' }, ['amount']],
    ['with a pound sign', { amount: '£100' }, ['amount']],
    ['with letters after it', { amount: '100abc' }, ['amount']],
    ['with an exponent', { amount: '1e3' }, ['amount']],
    ['with three decimals', { amount: '1.234' }, ['amount']],
    ['of a payable statement', { statement: { state: 'payable', marked_as_paid_at: null } }, []],
    ['of an authorised statement', { statement: { state: 'payable', marked_as_paid_at: authorisedAt } }, ['statement']],
    ['of a paid statement', { statement: { state: 'paid', marked_as_paid_at: null } }, ['statement']],
  ])('is judged: %s', (_, changes, expected) => {
    expect(titles(adjust.adjustmentRules, acceptable, changes)).toEqual(expected)
  })
})

describe('a price per participant', () => {
  const month = { year: 2026, month: 12, state: 'open' } as const
  const acceptable: changePrice.ChangePriceFacts = { perParticipant: '812.50', affected: [month], contracts: 1 }
  test.each<[string, Partial<changePrice.ChangePriceFacts>, string[]]>([
    ['an amount', {}, []],
    ['a blank', { perParticipant: ' ' }, ['per_participant']],
    ['no month with a contract', { contracts: 0 }, ['contract']],
    ['a pound sign', { perParticipant: '£1' }, ['per_participant']],
    ['commas', { perParticipant: '1,000' }, ['per_participant']],
    ['zero', { perParticipant: '0' }, ['per_participant']],
    ['what rounds to zero', { perParticipant: '0.004' }, ['per_participant']],
    ['less than zero', { perParticipant: '-1' }, ['per_participant']],
    ['a month that is paid', { affected: [month, { ...month, state: 'paid' }] }, ['contract']],
    ['a month that is payable', { affected: [{ ...month, state: 'payable' }, month] }, ['contract']],
  ])('is judged: %s', (_, changes, expected) => {
    expect(titles(changePrice.changePriceRules, acceptable, changes)).toEqual(expected)
  })

  test('is refused with the name of the payable month', () => {
    const [refusal] = judge(changePrice.changePriceRules, { ...acceptable, affected: [{ ...month, state: 'payable' }] })
    expect(refusal?.detail).toContain('December 2026')
  })
})

describe('a milestone', () => {
  const acceptable: milestones.MilestoneFacts = {
    schedule: { allowed_declaration_types: ['started', 'completed'] },
    type: 'started',
    taken: false,
    runs: 1,
  }
  test.each<[string, Partial<milestones.MilestoneFacts>, string[]]>([
    ['of an allowed type', {}, []],
    ['of a type that the schedule lacks', { type: 'retained-2' }, ['declaration_type']],
    ['of a type that has one', { taken: true }, ['declaration_type']],
    ['in a month without payment runs', { runs: 0 }, ['statement_date']],
  ])('is judged: %s', (_, changes, expected) => {
    expect(titles(milestones.milestoneRules, acceptable, changes)).toEqual(expected)
  })
})
