import { type ApiDocument, operationsOf } from './document.ts'

/** What is said of a code whose words depend on the case, where nothing more is known. */
export const inTheAnswer = 'The detail of the answer says what is wrong, and how to put it right.'

/** A code as the page of errors explains it. */
export type CodeRow = Readonly<{
  code: string
  titles: readonly string[]
  details: readonly string[]
  requests: readonly { summary: string; page: string }[]
}>

/**
 * Every code with which requests of these parts of the API are refused, where no other part was the first to have it. `notes` has the words for
 * codes whose own depend on the case.
 */
export function errorsOf(documents: readonly ApiDocument[], tags: readonly string[], notes: Readonly<Record<string, string>> = {}): CodeRow[] {
  const known = documents
    .flatMap(operationsOf)
    .flatMap(({ tag, page, operation }) => (operation['x-refusals'] ?? []).map((refusal) => ({ ...refusal, tag, page, summary: operation.summary })))
  const rows = Map.groupBy(known, ({ code }) => code)
  return [...rows]
    .filter(([, alike]) => tags.includes(alike[0]?.tag ?? ''))
    .map(([code, alike]) => {
      const fixed = alike.flatMap(({ detail }) => detail ?? [])
      const note = notes[code] ?? (fixed.length === alike.length ? undefined : inTheAnswer)
      return {
        code,
        titles: [...new Set(alike.map(({ title }) => title))],
        details: [...new Set([...fixed, ...(note === undefined ? [] : [note])])].map(withNames),
        requests: [...new Map(alike.map(({ page, summary }) => [page, { page, summary }])).values()],
      }
    })
}

/** `#/funded_place`, as details name an attribute, in the Markdown of a page. */
function withNames(detail: string): string {
  return detail.replace(/#\/(\w+)/g, '`$1`')
}
