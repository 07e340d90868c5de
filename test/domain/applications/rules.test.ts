import { describe, expect, test } from 'vitest'
import * as accept from '../../../src/domain/applications/accept.ts'
import * as changeFundedPlace from '../../../src/domain/applications/change-funded-place.ts'
import { brokenInvariants, type InvariantFacts } from '../../../src/domain/applications/invariants.ts'
import * as reject from '../../../src/domain/applications/reject.ts'
import { judge, type Rules } from '../../../src/domain/rules.ts'

// Acceptable facts, one thing changed, the titles of what is refused.
function titles<Facts>(rules: Rules<Facts>, acceptable: Facts, changes: Partial<Facts>) {
  return judge(rules, { ...acceptable, ...changes }).map(({ title }) => title)
}
const capped = { funding: 'capped' } as const
const full = { funding: 'full' } as const
const zero = { funding: 'zero' } as const
const pending = { lead_provider_approval_status: 'pending', eligible_for_funding: true } as const
const accepted = { lead_provider_approval_status: 'accepted', eligible_for_funding: true } as const
const rejected = { lead_provider_approval_status: 'rejected', eligible_for_funding: true } as const
const notEligible = { ...pending, eligible_for_funding: false }

describe('accepting', () => {
  const acceptable: accept.AcceptFacts = {
    application: pending,
    cohort: capped,
    fundedPlace: true,
    scheduleIdentifier: undefined,
    schedule: { course_group_id: 1 },
    course: { course_group_id: 1 },
    acceptedElsewhere: false,
  }
  const named = 'npq-leadership-autumn'

  test.each<[string, Partial<accept.AcceptFacts>, string[]]>([
    ['nothing to object to', {}, []],
    ['an absent place in a cohort with limited places', { fundedPlace: undefined }, ['funded_place']],
    ['a null place there', { fundedPlace: null }, ['funded_place']],
    ['the text true there', { fundedPlace: 'true' }, ['funded_place']],
    ['the text false there', { fundedPlace: 'false' }, ['funded_place']],
    ['the text null there', { fundedPlace: 'null' }, ['funded_place']],
    ['an empty text there', { fundedPlace: '' }, ['funded_place']],
    ['a number there', { fundedPlace: 1 }, ['funded_place']],
    ['false there', { fundedPlace: false }, []],
    ['true there for someone who is not eligible', { application: notEligible }, ['application']],
    ['false there for someone who is not eligible', { application: notEligible, fundedPlace: false }, []],
    ['nothing in a cohort without a limit', { cohort: full, fundedPlace: undefined }, []],
    ['any place in a cohort without a limit', { cohort: full, fundedPlace: 'x', application: notEligible }, []],
    ['true in an unfunded cohort', { cohort: zero }, ['funded_place']],
    ['nothing in an unfunded cohort', { cohort: zero, fundedPlace: undefined }, ['funded_place']],
    ['null in an unfunded cohort', { cohort: zero, fundedPlace: null }, ['funded_place']],
    ['false in an unfunded cohort', { cohort: zero, fundedPlace: false }, []],
    ['nothing without a cohort', { cohort: null, fundedPlace: undefined }, []],
    ['an accepted application', { application: accepted }, ['application']],
    ['a rejected application', { application: rejected }, ['application']],
    ['another accepted application', { acceptedElsewhere: true }, ['application']],
    ['two reasons under one title', { application: accepted, acceptedElsewhere: true }, ['application', 'application']],
    ['an unknown schedule', { scheduleIdentifier: named, schedule: undefined }, ['schedule_identifier']],
    ['no default schedule', { schedule: undefined }, ['schedule']],
    ['a schedule of another group', { scheduleIdentifier: named, schedule: { course_group_id: 2 } }, ['schedule_identifier']],
    ['a schedule of the group', { scheduleIdentifier: named }, []],
    ['everything at once', { application: accepted, fundedPlace: null, schedule: undefined }, ['funded_place', 'application', 'schedule']],
    [
      'a schedule of another group beside another fault',
      { application: accepted, scheduleIdentifier: named, schedule: { course_group_id: 2 } },
      ['application'],
    ],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(accept.acceptRules, acceptable, changes)).toEqual(expected)
  })
})

describe('rejecting', () => {
  test.each<[string, Partial<reject.RejectFacts>, string[]]>([
    ['a pending application', {}, []],
    ['an accepted application', { application: accepted }, []],
    ['a rejected application', { application: rejected }, ['application']],
    ['declarations', { application: accepted, declared: true }, ['application']],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(reject.rejectRules, { application: pending, declared: false }, changes)).toEqual(expected)
  })
})

describe('changing the funded place', () => {
  const acceptable: changeFundedPlace.ChangeFundedPlaceFacts = { application: accepted, cohort: capped, fundedPlace: true, declared: false }
  const ineligible = { ...accepted, eligible_for_funding: false }

  test.each<[string, Partial<changeFundedPlace.ChangeFundedPlaceFacts>, string[]]>([
    ['true', {}, []],
    ['false', { fundedPlace: false }, []],
    ['nothing', { fundedPlace: undefined }, ['funded_place']],
    ['null', { fundedPlace: null }, ['funded_place']],
    ['a text', { fundedPlace: 'true' }, ['funded_place']],
    ['an empty text', { fundedPlace: '' }, ['funded_place']],
    ['a pending application', { application: pending }, ['application']],
    ['true for someone who is not eligible', { application: ineligible }, ['application']],
    ['false for someone who is not eligible', { application: ineligible, fundedPlace: false }, []],
    ['a text for someone who is not eligible', { application: ineligible, fundedPlace: 'false' }, ['funded_place', 'application']],
    ['false in a cohort without a limit', { cohort: full, fundedPlace: false }, ['application']],
    ['false in an unfunded cohort', { cohort: zero, fundedPlace: false }, ['application']],
    ['false without a cohort', { cohort: null, fundedPlace: false }, ['application']],
    ['nothing in a cohort without a limit', { cohort: full, fundedPlace: undefined }, ['funded_place']],
    ['declarations', { declared: true }, ['application']],
    ['declarations beside another fault', { declared: true, fundedPlace: null }, ['funded_place', 'application']],
  ])('judges %s', (_, changes, expected) => {
    expect(titles(changeFundedPlace.changeFundedPlaceRules, acceptable, changes)).toEqual(expected)
  })
})

describe('a stored application', () => {
  const group = { course_group_id: 1 }
  const at = (status: 'pending' | 'accepted', place: boolean | null, eligible = true): InvariantFacts['application'] => ({
    lead_provider_approval_status: status,
    funded_place: place,
    eligible_for_funding: eligible,
    cohort_id: 5,
    schedule_id: null,
  })
  const broken = (facts: Partial<InvariantFacts> & Pick<InvariantFacts, 'application'>) =>
    brokenInvariants({ cohort: full, schedule: null, course: group, ...facts }).map(({ title }) => title)

  // rows: null, true, false, true and eligible; columns: what 02 section 4 allows
  test.each([
    ['pending', 'full', [true, true, true, true]],
    ['pending', 'capped', [true, false, true, true]],
    ['pending', 'zero', [false, false, true, false]],
    ['accepted', 'full', [true, false, false, false]],
    ['accepted', 'capped', [false, false, true, true]],
    ['accepted', 'zero', [false, false, true, false]],
  ] as const)('that is %s in a cohort with %s funding may hold certain places only', (status, funding, allowed) => {
    const places = [at(status, null, false), at(status, true, false), at(status, false, false), at(status, true)]
    expect(places.map((application) => broken({ application, cohort: { funding } }).length === 0)).toEqual(allowed)
  })

  test('has a schedule of its cohort, and once accepted of its course’s group', () => {
    const application = at('accepted', null)
    expect(broken({ application, schedule: { cohort_id: 5, ...group } })).toEqual([])
    expect(broken({ application, schedule: { cohort_id: 6, ...group } })).toEqual(['schedule'])
    expect(broken({ application, schedule: { cohort_id: 5, course_group_id: 2 } })).toEqual(['schedule'])
    expect(broken({ application: at('pending', null), schedule: { cohort_id: 5, course_group_id: 2 } })).toEqual([])
  })

  test('without a cohort is bound by no rule about places', () => {
    for (const place of [null, true, false]) expect(broken({ application: at('accepted', place, false), cohort: null })).toEqual([])
  })
})
