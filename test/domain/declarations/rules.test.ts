import { describe, expect, test } from 'vitest'
import { type ChangeDeliveryPartnerFacts, changeDeliveryPartnerRules } from '../../../src/domain/declarations/change-delivery-partner.ts'
import { readDeclarationDate } from '../../../src/domain/declarations/declaration-date.ts'
import {
  type DeclareFacts,
  declareRules,
  notOnCourse,
  participantMissing,
  participantUnknown,
  readMilestone,
  refusedBeside,
} from '../../../src/domain/declarations/declare-rules.ts'
import { type VoidFacts, voidRules } from '../../../src/domain/declarations/void.ts'
import { replacedRefusal } from '../../../src/domain/participants/replaced-id.ts'
import { judge, type Refusal } from '../../../src/domain/rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const dated = (text: string) => ({ date: readDeclarationDate(text), dateSent: true })

type Asked = Omit<DeclareFacts, 'milestone'> & Parameters<typeof readMilestone>[0]
const acceptable: Asked = {
  now: at('2026-11-02T09:00:00Z'),
  withdrawnAt: undefined,
  ...dated('2026-10-20T12:00:00Z'),
  type: 'started',
  schedule: {
    id: 1,
    cohort_id: 1,
    course_group_id: 1,
    start_year: 2026,
    applies_from: Temporal.PlainDate.from('2026-10-01'),
    allowed_declaration_types: ['started', 'retained-1', 'completed'],
  },
  contracted: true,
  fundable: true,
  match: undefined,
  statement: { id: 1 },
  course: { outcomes_permitted: true },
  hasPassed: undefined,
  live: undefined,
  primaryUnknown: false,
  secondaryUnknown: false,
  partnerNeeded: false,
  insideCatchment: true,
  primary: undefined,
  secondary: undefined,
}
const replaced = replacedRefusal('the old', 'the new')
const closed = { statement: undefined }
const partner = { id: 1, listed: true, changed: true }
const other = { ...partner, id: 2 }

/** What is refused where a participant or an enrolment is missing, or of acceptable facts with one thing changed. */
function refusalsOf({ missing, ...change }: Partial<Asked> & { missing?: Refusal }) {
  const facts = { ...acceptable, ...change }
  if (missing) return refusedBeside(facts, missing).refusals
  const milestone = readMilestone(facts)
  return 'refusals' in milestone ? milestone.refusals : judge(declareRules, { ...facts, milestone })
}
const titlesOf = (change: Parameters<typeof refusalsOf>[0]) => refusalsOf(change).map(({ title }) => title)

describe('a declaration', () => {
  test.each<[string, Parameters<typeof refusalsOf>[0], string[]]>([
    ['as it should be', {}, []],
    [
      'with nothing sent',
      { missing: participantMissing, date: readDeclarationDate(undefined), dateSent: false, type: undefined },
      ['participant_id', 'declaration_date', 'declaration_type', 'declaration_type'],
    ],
    ['without a participant', { missing: participantMissing }, ['participant_id']],
    ['for an unknown participant', { missing: participantUnknown }, ['participant_id']],
    ['for an unknown participant in the future', { missing: participantUnknown, ...dated('2027-01-01T00:00:00Z') }, ['participant_id']],
    ['for an unknown participant, completed without a result', { missing: participantUnknown, type: 'completed' }, ['participant_id', 'has_passed']],
    ['for an id that was replaced', { missing: replaced }, ['participant_id']],
    ['for another course', { missing: notOnCourse }, ['course_identifier']],
    ['on the day before a withdrawal', { withdrawnAt: at('2026-10-20T12:00:01Z') }, []],
    ['at the moment of a withdrawal', { withdrawnAt: at('2026-10-20T12:00:00Z') }, ['participant_id']],
    ['after a withdrawal and before the schedule', { withdrawnAt: at('2026-09-01T00:00:00Z'), ...dated('2026-09-30T00:00:00Z') }, ['participant_id']],
    [
      'of a withdrawn participant without a date',
      { withdrawnAt: at('2026-10-01T00:00Z'), date: readDeclarationDate(undefined), dateSent: false },
      ['declaration_date'],
    ],
    ['with an unreadable date', dated('2026-19-01T00:00:00Z'), ['declaration_date', 'declaration_date']],
    ['with a date alone', dated('2026-10-20'), ['declaration_date']],
    ['with a date alone before the schedule', dated('2026-09-30'), ['declaration_date', 'declaration_date']],
    ['with a date alone after a withdrawal', { withdrawnAt: at('2026-10-01T00:00Z'), ...dated('2026-10-20') }, ['participant_id']],
    ['on the first instant of the schedule', dated('2026-10-01T00:00:00Z'), []],
    ['a second before the schedule', dated('2026-09-30T23:59:59Z'), ['declaration_date']],
    ['now', dated('2026-11-02T09:00:00Z'), []],
    ['a second from now', dated('2026-11-02T09:00:01Z'), ['declaration_date']],
    ['a second from now, of the wrong type', { ...dated('2026-11-02T09:00:01Z'), type: 'retained-2' }, ['declaration_type']],
    ['of a type that does not exist', { type: 'started-1' }, ['declaration_type']],
    ['without a type', { type: undefined }, ['declaration_type', 'declaration_type']],
    ['of a type that the schedule lacks', { type: 'retained-2' }, ['declaration_type']],
    ['without a schedule', { schedule: null }, ['application']],
    ['without a contract', { contracted: false }, ['cohort']],
    ['without an open statement', closed, ['cohort']],
    ['without an open statement, to be paid by no one', { ...closed, fundable: false }, []],
    ['that repeats a submitted one without an open statement', { ...closed, match: 'submitted', live: 'submitted' }, ['base']],
    ['that repeats a paid one without an open statement', { ...closed, fundable: false, match: 'paid', live: 'paid' }, ['cohort']],
    ['of a milestone that stands', { live: 'payable' }, ['base']],
    ['of a milestone that stands, completed without a result', { live: 'payable', type: 'completed' }, ['has_passed']],
    ['of completion without a result where none is given', { type: 'completed', course: { outcomes_permitted: false } }, []],
    ['with an unknown partner', { primaryUnknown: true, partnerNeeded: true }, ['delivery_partner_id']],
    ['with two unknown partners', { primaryUnknown: true, secondaryUnknown: true }, ['delivery_partner_id', 'secondary_delivery_partner_id']],
    [
      'with an unknown partner and for an unknown participant',
      { missing: participantUnknown, primaryUnknown: true },
      ['participant_id', 'delivery_partner_id'],
    ],
    ['without a partner where one is needed', { partnerNeeded: true }, ['delivery_partner_id']],
    [
      'in the future without a partner where one is needed',
      { partnerNeeded: true, ...dated('2027-01-01T00:00:00Z') },
      ['declaration_date', 'delivery_partner_id'],
    ],
    ['with a partner', { partnerNeeded: true, primary: partner }, []],
    ['with two partners', { partnerNeeded: true, primary: partner, secondary: other }, []],
    ['with a partner of another list', { primary: { ...partner, listed: false } }, ['delivery_partner_id']],
    ['with a second partner of another list', { primary: partner, secondary: { ...other, listed: false } }, ['secondary_delivery_partner_id']],
    ['with a second partner alone', { secondary: other }, ['secondary_delivery_partner_id']],
    [
      'with a second partner alone where one is needed',
      { partnerNeeded: true, secondary: other },
      ['delivery_partner_id', 'secondary_delivery_partner_id'],
    ],
    ['with the same partner twice', { primary: partner, secondary: partner }, ['secondary_delivery_partner_id']],
    ['outside catchment with a partner', { insideCatchment: false, primary: partner }, ['delivery_partner_id']],
    [
      'outside catchment with one of another list',
      { insideCatchment: false, primary: { ...partner, listed: false } },
      ['delivery_partner_id', 'delivery_partner_id'],
    ],
    [
      'outside catchment with both',
      { insideCatchment: false, primary: partner, secondary: other },
      ['delivery_partner_id', 'secondary_delivery_partner_id'],
    ],
  ])('%s', (_, change, titles) => {
    expect(titlesOf(change)).toEqual(titles)
  })

  test.each<[unknown, boolean]>([
    [true, true],
    [false, true],
    ['true', true],
    ['false', true],
    ['TRUE', false],
    ['yes', false],
    [null, false],
    [1, false],
    ['', false],
    ['true\n', false],
    [undefined, false],
  ])('of completion with has_passed %o', (hasPassed, accepted) => {
    expect(titlesOf({ type: 'completed', hasPassed })).toEqual(accepted ? [] : ['has_passed'])
  })

  test('names both ids where the id was replaced, and the moment of a withdrawal', () => {
    expect(refusalsOf({ missing: replaced })[0]?.detail).toMatch(/the old.*the new/)
    const [withdrawn] = refusalsOf({ withdrawnAt: at('2026-10-20T09:00:00.9Z') })
    expect(withdrawn?.detail).toContain('2026-10-20T09:00:00Z')
    expect(refusalsOf(closed)[0]?.detail).toContain('2026')
  })
})

describe('a declaration date', () => {
  test.each([
    ['2026-02-03T09:15:00Z', '2026-02-03T09:15:00Z'],
    ['2026-02-03T09:15:00', '2026-02-03T09:15:00Z'],
    ['2026-02-03t09:15:00z', '2026-02-03T09:15:00Z'],
    ['2026-02-03T09:15:00+0100', '2026-02-03T08:15:00Z'],
    ['2026-02-03T09:15:00+01:00', '2026-02-03T08:15:00Z'],
    ['2026-02-03T09:15:00-01', '2026-02-03T10:15:00Z'],
    ['2026-02-03T09:15:00,5Z', '2026-02-03T09:15:00.5Z'],
    ['2026-02-03T09:15:00.1234567899Z', '2026-02-03T09:15:00.123456Z'],
  ])('%s has the form', (text, moment) => {
    const read = readDeclarationDate(text)
    expect([read.wellFormed, read.moment?.toString()]).toEqual([true, moment])
  })

  test.each([
    ['2026-02-03', '2026-02-03T00:00:00Z'],
    ['2026-02-03 09:15:00', '2026-02-03T09:15:00Z'],
    ['2026-02-03T09:15Z', '2026-02-03T09:15:00Z'],
  ])('%s can be read, but does not have the form', (text, moment) => {
    const read = readDeclarationDate(text)
    expect([read.wellFormed, read.moment?.toString()]).toEqual([false, moment])
  })

  test.each([
    '',
    'soon',
    '2026-19-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-02-03T29:00:00Z',
    '2026-02-03T09:60:00Z',
    '0000-02-03T09:15:00Z',
    '9999-12-31T23:59:59-10:00',
    '20260203',
    '2026-02-03T09:15:00Zx',
    ' 2026-02-03T09:15:00Z',
  ])('%j cannot be read', (text) => {
    expect(readDeclarationDate(text)).toEqual({ moment: undefined, wellFormed: false })
  })
})

describe('a void', () => {
  const open: VoidFacts = { state: 'eligible', refunded: false, statementOpen: true, startYear: 2026, paidFor: false }
  test.each<[Partial<VoidFacts>, number]>([
    [{ state: 'submitted', statementOpen: false }, 0],
    [{ state: 'eligible', statementOpen: false }, 0],
    [{ state: 'payable', statementOpen: false }, 0],
    [{ state: 'ineligible', statementOpen: false }, 0],
    [{ state: 'voided' }, 1],
    [{ state: 'paid' }, 0],
    [{ state: 'paid', refunded: true }, 1],
    [{ state: 'paid', statementOpen: false }, 1],
    [{ state: 'paid', refunded: true, statementOpen: false }, 2],
    [{ state: 'awaiting_clawback', refunded: true }, 1],
    [{ state: 'awaiting_clawback' }, 1],
    [{ state: 'clawed_back' }, 1],
    [{ state: 'clawed_back', refunded: true, statementOpen: false }, 2],
    [{ state: 'payable', paidFor: true }, 1],
    [{ state: 'voided', paidFor: true }, 1],
    [{ state: 'paid', paidFor: true }, 0],
  ])('of %o has so many refusals: %i', (change, count) => {
    const refusals = judge(voidRules, { ...open, ...change })
    expect(refusals.map(({ title }) => title)).toEqual(Array.from({ length: count }, () => 'declaration'))
  })

  test('of what was not paid says so only where nothing else is wrong', () => {
    const details = (change: Partial<VoidFacts>) => judge(voidRules, { ...open, ...change }).map(({ detail }) => detail)
    expect(details({ state: 'clawed_back' })[0]).toMatch(/paid/)
    expect(details({ state: 'clawed_back', refunded: true })).toEqual(details({ state: 'paid', refunded: true }))
  })
})

describe('a change of delivery partners', () => {
  const named: ChangeDeliveryPartnerFacts = {
    partnerNeeded: false,
    insideCatchment: true,
    primary: partner,
    secondary: undefined,
    primarySent: true,
    secondarySent: false,
  }
  const none = { primary: undefined, primarySent: false }
  test.each<[string, Partial<ChangeDeliveryPartnerFacts>, string[]]>([
    ['to one', {}, []],
    ['to both', { secondary: other, secondarySent: true }, []],
    ['to an unknown one', { primary: undefined }, ['delivery_partner']],
    ['to an unknown one, from one that is needed', { primary: undefined, partnerNeeded: true }, ['delivery_partner', 'delivery_partner_id']],
    [
      'to an unknown one and another',
      { primary: undefined, secondary: other, secondarySent: true },
      ['delivery_partner', 'secondary_delivery_partner_id'],
    ],
    ['to an unknown second one', { secondarySent: true }, ['secondary_delivery_partner']],
    ['to none', none, ['delivery_partner', 'delivery_partner_id']],
    ['to none, from one that is needed', { ...none, partnerNeeded: true }, ['delivery_partner', 'delivery_partner_id']],
    [
      'to a second one alone',
      { ...none, secondary: other, secondarySent: true },
      ['delivery_partner', 'secondary_delivery_partner_id', 'delivery_partner_id'],
    ],
    ['to one of another list', { primary: { ...partner, listed: false } }, ['delivery_partner_id']],
    ['to the one that it had, of no list any more', { primary: { ...partner, listed: false, changed: false } }, []],
    ['to a second one of another list', { secondary: { ...other, listed: false }, secondarySent: true }, ['secondary_delivery_partner_id']],
    ['to the same twice', { secondary: partner, secondarySent: true }, ['secondary_delivery_partner_id']],
    ['outside catchment', { insideCatchment: false }, ['delivery_partner_id']],
  ])('%s', (_, change, titles) => {
    expect(judge(changeDeliveryPartnerRules, { ...named, ...change }).map(({ title }) => title)).toEqual(titles)
  })
})
