/** Why a change is refused: the attribute it is about, and what is wrong and how to put it right. */
export type Refusal = Readonly<{ title: string; detail: string }>

export type Rule<Facts> = Readonly<{
  /** asked only when every rule above it has passed */
  whenAllAbovePassed: boolean
  fails: (facts: Facts) => boolean
  title: string
  detail: string | ((facts: Facts) => string)
}>

/** A rule that is always asked; `fails` states the condition that refuses. */
export function refuse<Facts>(fails: (facts: Facts) => boolean, title: string, detail: Rule<Facts>['detail']): Rule<Facts> {
  return { whenAllAbovePassed: false, fails, title, detail }
}

/** A rule that is asked only when every rule above it has passed. */
export function thenRefuse<Facts>(fails: (facts: Facts) => boolean, title: string, detail: Rule<Facts>['detail']): Rule<Facts> {
  return { whenAllAbovePassed: true, fails, title, detail }
}

/**
 * Every refusal of the facts: grouped by title in the order in which the titles first failed,
 * each distinct detail once.
 */
export function judge<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Refusal[] {
  const refusals: Refusal[] = []
  for (const { whenAllAbovePassed, fails, title, detail } of rules) {
    if (whenAllAbovePassed && refusals.length > 0) continue
    if (fails(facts)) refusals.push({ title, detail: typeof detail === 'function' ? detail(facts) : detail })
  }
  return distinct(refusals)
}

/** The same refusals grouped by title in order of first appearance, each distinct detail once. */
export function distinct(refusals: readonly Refusal[]): Refusal[] {
  const details = new Map<string, Set<string>>()
  for (const { title, detail } of refusals) details.set(title, (details.get(title) ?? new Set()).add(detail))
  return [...details].flatMap(([title, texts]) => [...texts].map((detail) => ({ title, detail })))
}

/** What a verb answers: nothing to object to, or the refusals; then nothing was written. */
export type Verdict = Readonly<{ refusals: readonly Refusal[] }>
export const done: Verdict = { refusals: [] }
