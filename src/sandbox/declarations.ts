import { utcDate } from '../clock.ts'
import { eligibleForFunding } from '../domain/applications/application.ts'
import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import type { DeclarationType } from '../words.ts'
import type { Accepted } from './applications.ts'
import { daysAfter, isAfter, latest } from './moments.ts'
import { paidAt, stateAt } from './statements.ts'
import type { World } from './world.ts'

type Columns = DatasetRecord<'declaration'>
type Outcome = NonNullable<Columns['outcomes']>[number]

export type Declaring = {
  type: DeclarationType
  /** when it was reached, and when that was declared */
  date: Temporal.Instant
  at: Temporal.Instant
  /** when it was taken back, if ever */
  takenBackAt?: Temporal.Instant | undefined
  /** what came of a completion; a toss where not given */
  result?: 'passed' | 'failed'
  /** the same was declared before, for another record of the teacher */
  duplicateOf?: Columns
}

export type Declared = { record: Columns; at: Temporal.Instant; takenBack: boolean }

/** What a provider declared, as it stands today. Undefined where it has not come to that, or the cohort's last payment run was over. */
export function declared(world: World, application: Accepted, declaring: Declaring): Declared | undefined {
  const { now } = world.facts
  if (isAfter(declaring.at, now)) return undefined
  const takenBackAt = declaring.takenBackAt && !isAfter(declaring.takenBackAt, now) ? declaring.takenBackAt : undefined
  const standing = standingOf(world, application, { ...declaring, takenBackAt })
  if (!standing) return undefined
  const { type, date, at } = declaring
  const { since, ...stands } = standing
  const takenBack = takenBackAt !== undefined && stands.state !== 'paid'
  const outcomes = type === 'completed' && application.course.outcomes_permitted ? outcomesOf(world, declaring, takenBack) : []
  const record = world.tell('declaration', {
    id: world.random.uuid(),
    application_id: application.record.id,
    lead_provider: application.provider.name,
    cohort: application.cohort.identifier,
    declaration_type: type,
    declaration_date: date,
    ...partnersFor(world, application),
    ...stands,
    outcomes,
    created_at: at,
    updated_at: latest(since, ...outcomes.map(({ created_at }) => created_at)),
  })
  return { record, at, takenBack }
}

type Standing = Pick<Columns, 'state' | 'state_reason' | 'superseded_by_id' | 'items'> & { since: Temporal.Instant }

/**
 * How a declaration and its items stand: where they are paid for, both went the way of the payment run to its present state. What was
 * paid when it was taken back is refunded on the next run, and stays paid where there is none.
 */
function standingOf({ calendar }: World, { record, provider, cohort }: Accepted, { at, takenBackAt, duplicateOf }: Declaring): Standing | undefined {
  if (!isFunded(record)) return { state: takenBackAt ? 'voided' : 'submitted', since: takenBackAt ?? at }
  const run = calendar.nextRun(provider, cohort, at)
  if (!run) return undefined
  const item = { statement_id: run.id, created_at: at }
  if (duplicateOf) {
    return { state: 'ineligible', state_reason: 'duplicate', superseded_by_id: duplicateOf.id, items: [{ ...item, state: 'ineligible' }], since: at }
  }
  if (takenBackAt && stateAt(run, takenBackAt) !== 'paid') {
    return { state: 'voided', items: [{ ...item, state: 'voided' }], since: takenBackAt }
  }
  const refunding = takenBackAt && calendar.nextRun(provider, cohort, takenBackAt)
  if (takenBackAt && refunding) {
    const state = refunding.state === 'paid' ? 'clawed_back' : 'awaiting_clawback'
    const refund = { statement_id: refunding.id, state, created_at: takenBackAt } as const
    return { state, items: [{ ...item, state: 'paid' }, refund], since: state === 'clawed_back' ? paidAt(refunding) : takenBackAt }
  }
  const state = run.state === 'open' ? 'eligible' : run.state
  return { state, items: [{ ...item, state }], since: state === 'eligible' ? at : run.updated_at }
}

/** Nobody is made up who was funded for the course before. */
function isFunded({ eligible_for_funding, funding_eligibility_status_code: code, funded_place }: Accepted['record']): boolean {
  const funding = { eligible_for_funding: eligible_for_funding === true, funding_eligibility_status_code: code ?? null, previously_funded: false }
  return eligibleForFunding(funding) && funded_place !== false
}

/** Most pass, some at the second attempt; what is taken back is no result any more. */
function outcomesOf({ random, facts }: World, { date, at, takenBackAt, result }: Declaring, takenBack: boolean): Outcome[] {
  const outcome = (state: Outcome['state'], day: Temporal.Instant, created_at: Temporal.Instant) => ({
    id: random.uuid(),
    state,
    completion_date: utcDate(day),
    created_at,
  })
  const first = outcome(result ?? (random.chance(0.85) ? 'passed' : 'failed'), date, at)
  if (takenBack && takenBackAt) return [first, outcome('voided', date, takenBackAt)]
  const again = daysAfter(at, random.whole(30, 70))
  return first.state === 'failed' && !isAfter(again, facts.now) ? [first, outcome('passed', again, again)] : [first]
}

/** Needed in England from 2024 on, named now and then before, and never outside England. */
function partnersFor({ partners, random }: World, { record, provider, cohort }: Accepted) {
  const known = partners(provider, cohort)
  const named = record.teacher_catchment === 'england' && known.length > 0 && (cohort.start_year >= 2024 || random.chance(0.5))
  const primary = named ? random.pick(known) : undefined
  const others = known.filter((partner) => partner !== primary)
  const secondary = primary && others.length > 0 && random.chance(0.15) ? random.pick(others) : undefined
  return { delivery_partner_id: primary?.id, secondary_delivery_partner_id: secondary?.id }
}
