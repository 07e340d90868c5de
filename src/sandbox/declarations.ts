import { liveDeclarationStates } from '../domain/declarations/states.ts'
import type { DeclarationType } from '../words.ts'
import type { Application } from './applications.ts'
import { isAfter, startOf } from './moments.ts'
import { giveOutcome } from './outcomes.ts'
import { changedAt, paidAt, type Statement, stateAt } from './statements.ts'
import type { Made } from './store.ts'
import type { World } from './world.ts'

export type Declaration = Made<'declarations'>

/**
 * The provider declares at a moment that something was reached on a date.
 * Returns undefined, and declares nothing, where the API would refuse it or where it has not happened yet.
 */
export function declare(
  world: World,
  application: Application,
  type: DeclarationType,
  date: Temporal.Instant,
  at: Temporal.Instant,
): Declaration | undefined {
  const { random, facts, calendar } = world
  const { row, provider, cohort, course } = application
  const schedule = facts.schedules.get(row.schedule_id ?? 0)
  if (!schedule?.allowed_declaration_types.includes(type) || declaredBefore(world, application, type)) return undefined
  if (isAfter(startOf(schedule.applies_from), date) || isAfter(date, at) || isAfter(at, facts.now)) return undefined
  const payable = fundable(world, application)
  const run = calendar.nextRun(provider, cohort, at)
  if (payable && !run) return undefined

  const original = duplicated(world, application, type)
  const declaration = world.add('declarations', {
    public_id: random.uuid(),
    application_id: row.id,
    lead_provider_id: provider.id,
    cohort_id: cohort.id,
    declaration_type: type,
    declaration_date: date,
    state: original ? 'ineligible' : 'submitted',
    state_reason: original ? 'duplicate' : null,
    superseded_by_id: original?.id ?? null,
    ...partnersFor(world, application),
    created_at: at,
    updated_at: at,
  })
  if (run && original) addItem(world, declaration, run, 'ineligible', at)
  if (run && payable && !original) bill(world, declaration, run, at)
  if (type === 'completed' && course.outcomes_permitted) giveOutcome(world, declaration, random.chance(0.85) ? 'passed' : 'failed', date, at)
  return declaration
}

/** Eligible for funding, on a funded place or in a cohort without a limit, and not funded for the course before. */
function fundable({ rows }: World, { row, course }: Application): boolean {
  const funded = (each: typeof row) => each.eligible_for_funding === true && each.funded_place !== false
  const before = rows.applications.some(
    (each) =>
      each.id !== row.id &&
      each.user_id === row.user_id &&
      each.course_family === course.family &&
      each.lead_provider_approval_status === 'accepted' &&
      funded(each),
  )
  return funded(row) && (!before || row.funding_eligibility_status_code === 'marked_funded_by_policy')
}

/**
 * The provider takes a declaration back. What was paid by then is refunded on the next payment run, and stays where there is none.
 */
export function voidDeclaration(world: World, application: Application, declaration: Declaration, at: Temporal.Instant): boolean {
  if (isAfter(at, world.facts.now) || !isLive(declaration)) return false
  const item = world.rows.statement_items.find(({ declaration_id }) => declaration_id === declaration.id)
  const statement = world.rows.statements.find(({ id }) => id === item?.statement_id)
  if (item && statement && stateAt(statement, at) === 'paid') {
    const run = world.calendar.nextRun(application.provider, application.cohort, at)
    if (!run) return false
    const refunded = run.state === 'paid'
    const refund = addItem(world, declaration, run, refunded ? 'clawed_back' : 'awaiting_clawback', at)
    if (refunded) refund.updated_at = paidAt(run)
    declaration.state = refunded ? 'clawed_back' : 'awaiting_clawback'
    declaration.updated_at = refund.updated_at
  } else {
    if (item) Object.assign(item, { state: 'voided', updated_at: at })
    Object.assign(declaration, { state: 'voided', updated_at: at })
  }
  if (declaration.declaration_type === 'completed' && application.course.outcomes_permitted) {
    giveOutcome(world, declaration, 'voided', declaration.declaration_date as Temporal.Instant, at)
  }
  return true
}

/** Attaches the declaration to a payment run; both then go the run's way to its present state. */
function bill(world: World, declaration: Declaration, run: Statement, at: Temporal.Instant) {
  const state = run.state === 'payable' || run.state === 'paid' ? run.state : 'eligible'
  const item = addItem(world, declaration, run, state, at)
  if (state !== 'eligible') item.updated_at = changedAt(run)
  declaration.state = state
  declaration.updated_at = item.updated_at
}

function addItem(world: World, declaration: Declaration, run: Statement, state: Made<'statement_items'>['state'], at: Temporal.Instant) {
  return world.add('statement_items', {
    public_id: world.random.uuid(),
    statement_id: run.id,
    declaration_id: declaration.id,
    state,
    created_at: at,
    updated_at: at,
  })
}

/** Needed in England from 2024 on, named now and then before, and never outside England. */
function partnersFor({ partners, random }: World, { row, provider, cohort }: Application) {
  const known = partners(provider, cohort)
  const named = row.teacher_catchment === 'england' && known.length > 0 && (cohort.start_year >= 2024 || random.chance(0.5))
  const primary = named ? random.pick(known) : undefined
  const others = known.filter((partner) => partner !== primary)
  const secondary = primary && others.length > 0 && random.chance(0.15) ? random.pick(others) : undefined
  return { delivery_partner_id: primary?.id ?? null, secondary_delivery_partner_id: secondary?.id ?? null }
}

function declaredBefore({ rows }: World, { row }: Application, type: DeclarationType): boolean {
  return rows.declarations.some((each) => each.application_id === row.id && each.declaration_type === type && isLive(each))
}

/** The same declaration for another record of the same teacher. */
function duplicated({ rows }: World, { person, course }: Application, type: DeclarationType): Declaration | undefined {
  if (person.trn === null) return undefined
  const others = new Set(rows.users.filter(({ id, trn }) => trn === person.trn && id !== person.id).map(({ id }) => id))
  if (others.size === 0) return undefined
  const theirs = new Set(
    rows.applications.filter(({ user_id, course_family }) => others.has(user_id) && course_family === course.family).map(({ id }) => id),
  )
  return rows.declarations.find(
    (each) => theirs.has(each.application_id) && each.declaration_type === type && isLive(each) && each.superseded_by_id === null,
  )
}

function isLive({ state }: Declaration): boolean {
  return (liveDeclarationStates as readonly unknown[]).includes(state)
}
