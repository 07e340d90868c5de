import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { utcDate } from '../../src/clock.ts'
import type { Database } from '../../src/db/connect.ts'
import { eligibleForFunding } from '../../src/domain/applications/application.ts'
import { previouslyFunded } from '../../src/domain/applications/records.ts'
import { seed } from '../../src/sandbox/seed.ts'
import { now } from '../support/app.ts'
import { clean, database } from '../support/database.ts'

const compare = Temporal.PlainDate.compare

describe.each(['2024-12-02T10:00:00Z', now.toString(), '2027-03-10T23:00:00Z'])('the declarations of a sandbox made at %s', (text) => {
  const then = Temporal.Instant.from(text)
  let seeded: Awaited<ReturnType<typeof money>>
  beforeAll(async () => {
    seeded = await seededAt(then)
  })

  test('are each billed as their state says, by one item on the payment run that was next', () => {
    const { declarations, itemsOf, statements } = seeded
    expect(declarations.length).toBeGreaterThan(200)
    for (const declaration of declarations) {
      const items = itemsOf.get(declaration.id) ?? []
      expect(items.map(({ state }) => state)).toEqual(expectedItems[declaration.state] ?? items.slice(0, 1).map(() => 'voided'))
      for (const { state, statement_id, created_at } of items) {
        const statement = statements.find(({ id }) => id === statement_id)
        const next = statements.find(
          (each) =>
            each.output_fee &&
            each.lead_provider_id === declaration.lead_provider_id &&
            each.cohort_id === declaration.cohort_id &&
            each.deadline_date !== null &&
            compare(each.deadline_date, utcDate(created_at)) >= 0,
        )
        expect(statement).toBe(next)
        if (statementStates[state]) expect(statementStates[state]).toContain(statement?.state)
      }
    }
  })

  test('were allowed when they were made', () => {
    const { declarations, partnerships, contracts } = seeded
    for (const declaration of declarations) {
      const { declaration_type, declaration_date, created_at, updated_at, state, cohort_id, lead_provider_id } = declaration
      expect(declaration.allowed_declaration_types).toContain(declaration_type)
      expect(cohort_id).toBe(declaration.schedule_cohort_id)
      const order = [declaration.accepted_at ?? then, created_at, updated_at, then]
      expect(order.toSorted(Temporal.Instant.compare)).toEqual(order)
      expect(compare(declaration.applies_from, utcDate(declaration_date))).toBeLessThanOrEqual(0)
      expect(Temporal.Instant.compare(declaration_date, created_at)).toBeLessThanOrEqual(0)
      expect(contracts).toContain(`${lead_provider_id} ${cohort_id} ${declaration.course_id}`)

      const fundable = eligibleForFunding(declaration) && declaration.funded_place !== false
      if (['eligible', 'payable', 'paid', 'awaiting_clawback', 'clawed_back'].includes(state)) expect(fundable).toBe(true)
      if (state === 'submitted') expect(fundable).toBe(false)

      const inEngland = declaration.teacher_catchment === 'england'
      if (inEngland && declaration.start_year >= 2024) expect(declaration.delivery_partner_id).not.toBeNull()
      if (!inEngland) expect(declaration.delivery_partner_id).toBeNull()
      for (const partner of [declaration.delivery_partner_id, declaration.secondary_delivery_partner_id]) {
        if (partner !== null) expect(partnerships).toContain(`${lead_provider_id} ${cohort_id} ${partner}`)
      }
    }
  })

  test('stand beside statements that their dates have brought to their states', () => {
    for (const { state, deadline_date, payment_date, output_fee, marked_as_paid_at } of seeded.statements) {
      const over = deadline_date !== null && compare(deadline_date, utcDate(then)) < 0
      expect(state === 'open').toBe(!over)
      expect(marked_as_paid_at === null).toBe(state !== 'paid')
      if (state === 'paid') expect(output_fee).toBe(true)
      if (marked_as_paid_at) expect(utcDate(marked_as_paid_at).until(payment_date ?? utcDate(then)).days).toBe(8)
    }
  })

  test('go before every break of a training', () => {
    const { declarations, breaks } = seeded
    expect(breaks.length).toBeGreaterThan(20)
    const declared = Map.groupBy(declarations, ({ application_id }) => application_id)
    for (const { application_id, state, created_at } of breaks) {
      const own = declared.get(application_id) ?? []
      expect(own.some((each) => Temporal.Instant.compare(each.created_at, created_at) <= 0)).toBe(true)
      if (state === 'withdrawn') {
        expect(own.some(({ declaration_type }) => declaration_type === 'started')).toBe(true)
        expect(own.every(({ declaration_date }) => Temporal.Instant.compare(declaration_date, created_at) < 0)).toBe(true)
      }
    }
  })

  test('have outcomes where they are completed, voided with them', () => {
    const { declarations, outcomes } = seeded
    for (const { id, declaration_type, outcomes_permitted, state } of declarations) {
      const own = (outcomes.get(id) ?? []).map((outcome) => outcome.state)
      const latest = declaration_type !== 'completed' || !outcomes_permitted ? [undefined] : retracted.has(state) ? ['voided'] : ['passed', 'failed']
      expect(latest).toContain(own.at(-1))
    }
    expect([...outcomes.values()].some((own) => own.map(({ state }) => state).join() === 'failed,passed')).toBe(true)
  })

  test('tell nothing of the time to come', () => {
    for (const { last } of seeded.lastTimes) expect(Temporal.Instant.compare(last, then)).toBeLessThanOrEqual(0)
  })
})

describe('the money of a sandbox', () => {
  let seeded: Awaited<ReturnType<typeof money>>
  beforeAll(async () => {
    seeded = await seededAt(now)
  })

  test('is in every state for every provider', () => {
    const providers = Map.groupBy(seeded.declarations, ({ lead_provider_id }) => lead_provider_id)
    expect(providers.size).toBe(8)
    const states = [...Object.keys(expectedItems), 'voided'].sort()
    for (const own of providers.values()) expect([...new Set(own.map(({ state }) => state))].sort()).toEqual(states)
  })

  test('can be declared for every cohort from 2023 on, a year ahead, with a partner from 2024 on', () => {
    const cohorts = ['2023a', '2024a', '2025a', '2025b', '2026a', '2026b']
    const pairs = (from: number) => seeded.providers.flatMap(({ id }) => cohorts.slice(from).map((cohort) => `${id} ${cohort}`)).sort()
    const distinct = (rows: typeof seeded.partnered) => [...new Set(rows.map((row) => `${row.lead_provider_id} ${row.identifier}`))].sort()
    expect(distinct(seeded.open)).toEqual(pairs(0))
    expect(distinct(seeded.partnered)).toEqual(pairs(1))
  })

  test('is agreed with few templates, whose numbers are those of the course groups', () => {
    expect(seeded.agreed.map((row) => Object.values(row).join(' ')).sort()).toEqual([
      'ehco 4 0 100 false',
      'leadership 4 40 60 false',
      'specialist 3 40 60 false',
      'specialist 3 40 60 true',
      'support 4 0 100 false',
    ])
    // headship coaching and the support offer are agreed alike
    expect(seeded.templates).toHaveLength(4)
  })
})

const retracted = new Set(['voided', 'awaiting_clawback', 'clawed_back'])

/** A voided declaration has at most the item that was voided with it. */
const expectedItems: Record<string, string[]> = {
  submitted: [],
  eligible: ['eligible'],
  payable: ['payable'],
  paid: ['paid'],
  ineligible: ['ineligible'],
  awaiting_clawback: ['paid', 'awaiting_clawback'],
  clawed_back: ['paid', 'clawed_back'],
}
const statementStates: Record<string, string[]> = {
  eligible: ['open'],
  payable: ['payable'],
  paid: ['paid'],
  awaiting_clawback: ['open', 'payable'],
  clawed_back: ['paid'],
}

/** What each moment makes, read once: seeding is the slow part. */
const read = new Map<string, ReturnType<typeof money>>()
function seededAt(then: Temporal.Instant) {
  return read.getOrInsertComputed(then.toString(), () => money(then))
}

async function money(then: Temporal.Instant) {
  await clean()
  const db = await database()
  await seed(db, then)
  const declarations = await db
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'application_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .innerJoin('schedules', 'schedules.id', 'applications.schedule_id')
    .innerJoin('cohorts', 'cohorts.id', 'declarations.cohort_id')
    .selectAll('declarations')
    .select(['applications.course_id', 'accepted_at', 'teacher_catchment', 'eligible_for_funding', 'funded_place', 'funding_eligibility_status_code'])
    .select(['schedules.cohort_id as schedule_cohort_id', 'allowed_declaration_types', 'applies_from', 'start_year', 'outcomes_permitted'])
    .select(previouslyFunded.as('previously_funded'))
    .execute()
  const items = await db.selectFrom('statement_items').selectAll().orderBy('id').execute()
  const contracts = await db
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'statement_id')
    .select(['lead_provider_id', 'cohort_id', 'course_id'])
    .distinct()
    .execute()
  const partnerships = await db.selectFrom('delivery_partnerships').selectAll().execute()
  const outcomes = await db.selectFrom('outcomes').selectAll().orderBy('created_at').orderBy('id').execute()
  return {
    lastTimes: await lastTimes(db),
    providers: await db.selectFrom('lead_providers').select('id').execute(),
    templates: await db.selectFrom('contract_templates').select('id').execute(),
    open: await db
      .selectFrom('statements')
      .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
      .select(['identifier', 'lead_provider_id'])
      .where('output_fee', '=', true)
      .where('state', '=', 'open')
      .where('deadline_date', '>=', utcDate(then.add({ hours: 24 * 365 })))
      .execute(),
    partnered: await db
      .selectFrom('delivery_partnerships')
      .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
      .select(['identifier', 'lead_provider_id'])
      .where('start_year', '>=', 2024)
      .execute(),
    agreed: await db
      .selectFrom('contracts')
      .innerJoin('courses', 'courses.id', 'course_id')
      .innerJoin('course_groups', 'course_groups.id', 'course_group_id')
      .innerJoin('contract_templates', 'contract_templates.id', 'contract_template_id')
      .select(['course_groups.name', 'number_of_payment_periods', 'service_fee_percentage', 'output_payment_percentage', 'special_course'])
      .distinct()
      .execute(),
    declarations,
    breaks: await db.selectFrom('application_states').selectAll().where('state', '<>', 'active').execute(),
    outcomes: Map.groupBy(outcomes, ({ declaration_id }) => declaration_id),
    itemsOf: Map.groupBy(items, ({ declaration_id }) => declaration_id),
    statements: await db.selectFrom('statements').selectAll().orderBy('deadline_date').orderBy('id').execute(),
    contracts: new Set(contracts.map((each) => `${each.lead_provider_id} ${each.cohort_id} ${each.course_id}`)),
    partnerships: new Set(partnerships.map((each) => `${each.lead_provider_id} ${each.cohort_id} ${each.delivery_partner_id}`)),
  }
}

async function lastTimes(db: Database): Promise<{ last: Temporal.Instant }[]> {
  const tables = [
    'users',
    'applications',
    'application_states',
    'participant_id_changes',
    'statements',
    'declarations',
    'outcomes',
    'statement_items',
  ]
  const times = tables.map((table) => sql`select greatest(max(created_at), max(updated_at)) as last from ${sql.table(table)}`)
  return (await sql<{ last: Temporal.Instant }>`${sql.join(times, sql` union all `)}`.execute(db)).rows
}
