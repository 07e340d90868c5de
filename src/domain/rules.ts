/**
 * Why a change is refused: a code that stays, so that programs can tell it; the attribute it is about; and what is wrong and
 * how to put it right, in words that may change.
 */
export type Refusal = Readonly<{ code: string; title: string; detail: string }>

export type Rule<Facts> = Readonly<{
  code: string
  fails: (facts: Facts) => boolean
  title: string
  detail: string | ((facts: Facts) => string)
}>

/**
 * The rules of a verb in the order of their refusals. A list within the list is a stage: it is asked only when nothing above
 * it has failed, and then all of it; a rule outside a stage is always asked.
 */
export type Rules<Facts> = readonly (Rule<Facts> | readonly Rule<Facts>[])[]

/** What a verb may refuse with, whatever the facts; its words may depend on them. */
export type PossibleRefusal = Pick<Rule<never>, 'code' | 'title' | 'detail'>

/** All that rules, or refusals beside them, can refuse with: each once. */
export function possibleRefusals(...lists: readonly (readonly (PossibleRefusal | readonly PossibleRefusal[])[])[]): PossibleRefusal[] {
  return [...new Set(lists.flat(2))]
}

/** A rule; `fails` states the condition that refuses. Rules that refuse for the same reason share their code. */
export function refuse<Facts>(code: string, fails: (facts: Facts) => boolean, title: string, detail: Rule<Facts>['detail']): Rule<Facts> {
  return { code, fails, title, detail }
}

/**
 * Every refusal of the facts: grouped by title in the order in which the titles first failed,
 * each distinct detail once.
 */
export function judge<Facts>(rules: Rules<Facts>, facts: Facts): Refusal[] {
  const refusals: Refusal[] = []
  for (const entry of rules) {
    const asked = 'fails' in entry ? [entry] : refusals.length > 0 ? [] : entry
    for (const { fails, code, title, detail } of asked) {
      if (fails(facts)) refusals.push({ code, title, detail: typeof detail === 'function' ? detail(facts) : detail })
    }
  }
  return distinct(refusals)
}

/** The same refusals grouped by title in order of first appearance, each distinct detail once. */
export function distinct(refusals: readonly Refusal[]): Refusal[] {
  const titles = Map.groupBy(refusals, ({ title }) => title)
  return [...titles.values()].flatMap((alike) => alike.filter(({ detail }, place) => alike.findIndex((other) => other.detail === detail) === place))
}

/** What a verb answers: nothing to object to, or the refusals; then nothing was written. */
export type Verdict = Readonly<{ refusals: readonly Refusal[] }>
export const done: Verdict = { refusals: [] }
