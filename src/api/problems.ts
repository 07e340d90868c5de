import { Problem, refused } from '../http/problems.ts'

/** The caller sees the declaration, which another provider made. */
export function madeByAnother(): Problem {
  return new Problem(403, {
    errors: [
      {
        title: 'Cannot modify declaration',
        detail: 'Another provider made this declaration, so only that provider can change it.',
        code: 'declared_by_another_provider',
      },
    ],
  })
}
/** A participant that has another id now. */
export function gone(change: { from_participant_id: string; to_participant_id: string; changed_at: string }): Problem {
  const { from_participant_id: from, to_participant_id: to } = change
  const detail = `The participant id ${from} was replaced by ${to}. Use ${to} from now on.`
  return new Problem(410, {
    errors: [{ title: 'Participant ID has been changed', detail, participant_id_changes: [change], code: 'participant_id_replaced' }],
  })
}
type Stated = Readonly<{ code: string; title: string; detail: unknown }>

/** What is answered where a rule alone is broken: the first under the title whose words are always the same. */
export function broken(rules: readonly (Stated | readonly Stated[])[], title: string): Problem {
  const rule = rules.flat().find((one) => one.title === title && typeof one.detail === 'string')
  if (typeof rule?.detail !== 'string') throw new Error(`No rule of the verb refuses in fixed words under ${title}.`)
  return refused([{ ...rule, detail: rule.detail }])
}

/** A filter holds a value that the list does not know. */
export function unpermittedFilter(name: string, permitted: readonly string[]): Problem {
  return refused([
    { code: 'filter_value_unknown', title: 'Unpermitted parameters', detail: `The filter '#/${name}' must be one of ${permitted.join(', ')}.` },
  ])
}
