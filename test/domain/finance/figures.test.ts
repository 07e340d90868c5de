import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactJson } from '../../../src/domain/finance/figures.ts'
import { keptFigures, keptFormat } from '../../../src/domain/finance/kept-figures.ts'
import { Decimal, pounds, sum } from '../../../src/domain/finance/money.ts'
import { outputPerDeclaration } from '../../../src/domain/finance/output-fees.ts'
import { monthlyServiceFee, serviceFee } from '../../../src/domain/finance/service-fees.ts'
import { figuresOf } from '../../../src/domain/finance/totals.ts'
import { courseIdentifiers } from '../../../src/words.ts'
import { contract, facts, perType, terms } from '../../support/finance.ts'

const decimal = (text: string | number) => new Decimal(text)

describe('the base contract', () => {
  test('comes to its figures to the last digit', () => {
    expect(outputPerDeclaration(terms()).toFixed()).toBe('160')
    const fee = serviceFee(contract('npq-leading-teaching'))
    expect(fee.price.toFixed(21)).toBe('16.842105263157894736842')
    expect(fee.total.toFixed(18)).toBe('1212.631578947368421053')
    expect([pounds(fee.price), pounds(fee.total)]).toEqual(['£16.84', '£1,212.63'])
  })

  const oneStart = { billable: perType({ started: 1 }) }
  test.each<[string, Parameters<typeof facts>[0], string]>([
    ['nothing', {}, '£1,212.63'],
    ['a reconcile amount', { reconcileAmount: decimal(1234) }, '£2,446.63'],
    ['a negative reconcile amount', { reconcileAmount: decimal(-1234) }, '-£21.37'],
    ['no reconcile amount at all', { reconcileAmount: null }, '£1,212.63'],
    ['one declaration', { contracts: [contract('npq-leading-teaching', { counts: oneStart })] }, '£1,372.63'],
    [
      'ten declarations',
      { contracts: [contract('npq-leading-teaching', { counts: { billable: perType({ started: 4, 'retained-1': 3, completed: 3 }) } })] },
      '£2,812.63',
    ],
    ['adjustments', { adjustments: [100, -50].map((amount) => ({ description: 'x', amount: decimal(amount) })) }, '£1,262.63'],
    ['one targeted start', { contracts: [contract('npq-leading-teaching', { counts: { ...oneStart, targeted: 1 } })] }, '£1,472.63'],
    [
      'one targeted start and the refund of another',
      {
        contracts: [
          contract('npq-leading-teaching', { counts: { ...oneStart, targeted: 1, refundable: perType({ started: 1 }), targetedRefunds: 1 } }),
        ],
      },
      '£1,212.63',
    ],
    [
      'a targeted start where the funding has ended',
      { usesTargetedDeliveryFunding: false, contracts: [contract('npq-leading-teaching', { counts: { ...oneStart, targeted: 1 } })] },
      '£1,372.63',
    ],
    ['a fee of 0', { contracts: [contract('npq-leading-teaching', { terms: terms({ monthly_service_fee: 0 }) })] }, '£0.00'],
    ['an agreed fee', { contracts: [contract('npq-leading-teaching', { terms: terms({ monthly_service_fee: '5432.10' }) })] }, '£5,432.10'],
  ])('with %s', (_, values, payment) => {
    expect(pounds(figuresOf(facts(values)).totals.payment)).toBe(payment)
  })

  test('shares an agreed fee among the places', () => {
    const fee = serviceFee({ terms: terms({ monthly_service_fee: '5432.10', recruitment_target: 438 }) })
    expect([fee.price.toFixed(15), pounds(fee.price)]).toEqual(['12.402054794520548', '£12.40'])
  })

  test.each([
    ['no output part', () => outputPerDeclaration(terms({ output_payment_percentage: 0, number_of_payment_periods: 0 }))],
    ['no service fee', () => monthlyServiceFee(terms({ service_fee_percentage: 0, service_fee_installments: 0 }))],
  ])('with %s divides by nothing', (_, amount) => {
    expect(amount().toFixed()).toBe('0')
  })
})

test('whoever was retained twice counts twice as retained, and refunds count as nothing', () => {
  const counts = {
    billable: perType({ started: 3, 'retained-1': 2, 'retained-2': 1, completed: 1 }),
    refundable: perType({ started: 2, 'retained-1': 1, 'retained-2': 1, completed: 1 }),
    notEligible: 5,
  }
  const { totals } = figuresOf(facts({ contracts: [contract('npq-headship', { counts })] }))
  expect(totals).toMatchObject({ starts: 3, retained: 3, completed: 1, voided: 0 })
})

describe('a special course', () => {
  const free = { monthly_service_fee: 0 }
  const contracts = (special_course: boolean) => [
    contract('npq-leading-teaching', { terms: terms(free), counts: { billable: perType({ started: 3 }) } }),
    contract('npq-leading-primary-mathematics', { terms: terms({ ...free, special_course }), counts: { billable: perType({ started: 7 }) } }),
  ]
  test.each([
    [false, 10, '£1,600.00'],
    [true, 3, '£480.00'],
  ])('(%s) stands apart from the totals', (special, starts, output) => {
    const { courses, totals } = figuresOf(facts({ contracts: contracts(special) }))
    expect([totals.starts, pounds(totals.output_payment)]).toEqual([starts, output])
    const maths = courses.find(({ course }) => course.identifier === 'npq-leading-primary-mathematics')
    expect([maths?.special, pounds(maths?.total ?? decimal(0))]).toEqual([special, '£1,120.00'])
  })
})

describe('a full statement', () => {
  const free = { monthly_service_fee: 0 }
  const full = (usesTargetedDeliveryFunding: boolean) =>
    facts({
      usesTargetedDeliveryFunding,
      reconcileAmount: decimal(-20),
      adjustments: ['250.00', '-75.50'].map((amount) => ({ description: 'x', amount: decimal(amount) })),
      voided: 1,
      contracts: [
        contract('npq-headship', {
          terms: terms({ ...free, recruitment_target: 50, per_participant: 1800, number_of_payment_periods: 4 }),
          counts: { billable: perType({ started: 10, 'retained-1': 6 }), refundable: perType({ started: 2 }), targeted: 4, targetedRefunds: 1 },
        }),
        contract('npq-leading-literacy', {
          terms: terms({ recruitment_target: 30, per_participant: 1000, service_fee_installments: 12 }),
          counts: { billable: perType({ completed: 4 }), notEligible: 1 },
        }),
        contract('npq-early-headship-coaching-offer', {
          terms: terms({
            ...free,
            recruitment_target: 40,
            per_participant: 400,
            output_payment_percentage: 100,
            number_of_payment_periods: 4,
            service_fee_percentage: 0,
          }),
          counts: { billable: perType({ started: 3 }), targeted: 2 },
        }),
        contract('npq-leading-primary-mathematics', {
          terms: terms({ ...free, recruitment_target: 10, per_participant: 1000, special_course: true }),
          counts: { billable: perType({ started: 5 }) },
        }),
      ],
    })

  test('of September 2025 comes to what was worked out by hand', () => {
    const { courses, totals } = figuresOf(full(true))
    expect(courses.map(({ course, total }) => [course.identifier, total.toFixed(2)])).toEqual([
      ['npq-early-headship-coaching-offer', '300.00'],
      ['npq-headship', '4080.00'],
      ['npq-leading-literacy', '1800.00'],
      ['npq-leading-primary-mathematics', '1000.00'],
    ])
    expect(Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, typeof value === 'number' ? value : value.toFixed(2)]))).toEqual({
      output_payment: '5420.00',
      targeted_delivery_funding: '400.00',
      service_fees: '1000.00',
      clawback_payments: '540.00',
      targeted_delivery_funding_refund: '100.00',
      clawbacks: '640.00',
      adjustments: '174.50',
      reconcile_amount: '-20.00',
      payment: '6334.50',
      starts: 13,
      retained: 6,
      completed: 4,
      voided: 1,
    })
  })

  test('of November 2025 has no targeted delivery funding, and takes none back', () => {
    const { courses, totals } = figuresOf(full(false))
    expect(courses[1]?.total.toFixed(2)).toBe('3780.00')
    expect(pounds(totals.payment)).toBe('£6,034.50')
  })
})

describe('money as it is shown', () => {
  test.each([
    ['0', '£0.00'],
    ['-0.004', '£0.00'],
    ['0.005', '£0.01'],
    ['-0.005', '-£0.01'],
    ['1234567.891', '£1,234,567.89'],
    ['-21.37', '-£21.37'],
    ['999.995', '£1,000.00'],
  ])('%s is %s', (amount, shown) => {
    expect(pounds(decimal(amount))).toBe(shown)
  })
})

const amounts = fc.integer({ min: 1, max: 500_000 }).map((pence) => (pence / 100).toFixed(2))
const count = fc.nat(500)
const counts = fc.record({ started: count, 'retained-1': count, 'retained-2': count, completed: count }).chain((billable) =>
  fc.record({
    billable: fc.constant(billable),
    refundable: fc.record({ started: count, 'retained-1': count, 'retained-2': count, completed: count }),
    notEligible: count,
    targeted: fc.nat(billable.started),
    targetedRefunds: count,
  }),
)
const anyTerms = fc.record({
  recruitment_target: fc.integer({ min: 1, max: 5000 }),
  per_participant: amounts,
  number_of_payment_periods: fc.integer({ min: 1, max: 4 }),
  output_payment_percentage: fc.integer({ min: 0, max: 100 }),
  service_fee_percentage: fc.integer({ min: 0, max: 100 }),
  service_fee_installments: fc.integer({ min: 1, max: 40 }),
  monthly_service_fee: fc.option(amounts),
  targeted_delivery_funding_per_participant: amounts,
  special_course: fc.boolean(),
})
const statements = fc.record({
  usesTargetedDeliveryFunding: fc.boolean(),
  reconcileAmount: fc.option(amounts.map(decimal)),
  adjustments: fc.array(fc.record({ description: fc.constant('x'), amount: amounts.map(decimal) })),
  voided: count,
  contracts: fc
    .uniqueArray(fc.record({ course: fc.constantFrom(...courseIdentifiers), terms: anyTerms, counts }), { selector: ({ course }) => course })
    .map((drawn) => drawn.map(({ course, terms: values, counts: counted }) => contract(course, { terms: terms(values), counts: counted }))),
})

/** What a statement comes to, summed declaration by declaration in whole fractions, as its definition goes. */
function naive(statement: ReturnType<typeof facts>): Decimal {
  let total = statement.reconcileAmount ?? decimal(0)
  for (const { amount } of statement.adjustments) total = total.plus(amount)
  for (const { course, terms: t, counts: c } of statement.contracts) {
    if (t.special_course) continue
    const each =
      t.output_payment_percentage === 0 ? decimal(0) : t.per_participant.times(t.output_payment_percentage).div(100 * t.number_of_payment_periods)
    for (const type of ['started', 'retained-1', 'retained-2', 'completed'] as const) {
      for (let n = 0; n < c.billable[type]; n++) total = total.plus(each)
      for (let n = 0; n < c.refundable[type]; n++) total = total.minus(each)
    }
    const targeted = statement.usesTargetedDeliveryFunding && !/coaching|support/.test(course.identifier)
    if (targeted) total = total.plus(t.targeted_delivery_funding_per_participant.times(c.targeted - c.targetedRefunds))
    total = total.plus(
      t.monthly_service_fee ??
        t.per_participant
          .times(t.service_fee_percentage)
          .div(100 * t.service_fee_installments)
          .times(t.recruitment_target),
    )
  }
  return total
}

describe('whatever a statement holds', () => {
  test('its payment is what its declarations, fees and adjustments come to one by one', () => {
    fc.assert(
      fc.property(statements, (drawn) => {
        const statement = facts(drawn)
        const difference = figuresOf(statement).totals.payment.minus(naive(statement)).abs()
        expect(difference.lessThan('1e-25')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('each total is the sum of the lines under it', () => {
    fc.assert(
      fc.property(statements, (drawn) => {
        const { courses, totals } = figuresOf(facts(drawn))
        for (const course of courses) {
          const lines = [course.output, ...course.clawbacks, course.targeted, course.targetedRefund, course.serviceFee]
          for (const { count: n, price, total } of lines) expect(price.times(n).minus(total).abs().lessThan('1e-25')).toBe(true)
          expect(course.total.equals(sum(lines.map(({ total }) => total)))).toBe(true)
        }
        const own = courses.filter(({ special }) => !special)
        const beside = totals.adjustments.plus(totals.reconcile_amount)
        expect(
          totals.payment
            .minus(sum(own.map(({ total }) => total)))
            .minus(beside)
            .abs()
            .lessThan('1e-25'),
        ).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('it is read back to the last digit as it was kept, with the number of its format or from before there were any', () => {
    fc.assert(
      fc.property(statements, fc.constantFrom({}, { format: keptFormat }), (drawn, format) => {
        const figures = figuresOf(facts(drawn))
        expect(exactJson(keptFigures(JSON.parse(exactJson({ ...format, ...figures }))))).toBe(exactJson(figures))
      }),
      { numRuns: 200 },
    )
  })

  test('what was kept in another form is never taken for figures', () => {
    const kept = JSON.parse(exactJson(figuresOf(facts({ contracts: [contract('npq-senco')] }))))
    expect(() => keptFigures({ ...kept, format: 2 })).toThrow('The figures are kept in format 2, which a later version wrote.')
    expect(() => keptFigures({})).toThrow('totals.courses is not a list.')
    expect(() => keptFigures({ ...kept, totals: { ...kept.totals, payment: 5 } })).toThrow('totals.totals.payment is not an object.')
    expect(() => keptFigures({ ...kept, courses: [{ ...kept.courses[0], special: null }] })).toThrow(
      'totals.courses[0].special is not true or false.',
    )
  })
})
