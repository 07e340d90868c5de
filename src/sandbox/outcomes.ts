import { utcDate } from '../clock.ts'
import type { OutcomeState } from '../words.ts'
import { isAfter } from './moments.ts'
import type { Made, Store } from './store.ts'

/** Adds a result to a completed declaration; one that lies in the future has not happened. */
export function giveOutcome(
  store: Store,
  declaration: Made<'declarations'>,
  state: OutcomeState,
  date: Temporal.Instant,
  at: Temporal.Instant,
): void {
  if (isAfter(at, store.facts.now)) return
  store.add('outcomes', {
    public_id: store.random.uuid(),
    declaration_id: declaration.id,
    state,
    completion_date: utcDate(date),
    created_at: at,
    updated_at: at,
  })
}

/** Takes the assessment again, and passes. */
export function passAtLast(store: Store, declaration: Made<'declarations'>, at: Temporal.Instant): void {
  const latest = store.rows.outcomes.findLast(({ declaration_id }) => declaration_id === declaration.id)
  if (latest?.state !== 'failed' || isAfter(at, store.facts.now)) return
  giveOutcome(store, declaration, 'passed', at, at)
  if (isAfter(at, declaration.updated_at as Temporal.Instant)) declaration.updated_at = at
}
