import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { PatientClient } from './patient-client.ts'

/**
 * Ends a statement whose best plan depends on its values, so that it is planned anew each time: a page's keys above all, for which a
 * plan that knows neither limit nor offset sorts the whole list.
 */
export const plannedForItsValues = sql`/* planned for its values */`

/** Texts that have names at most: with their plans each takes some memory of each connection. */
const most = 500
const names = new Map<string, string>()
/** texts that were sent once: one that is never sent again needs no name */
let once = new Set<string>()
/** how often what statements answer with was seen to have changed */
let changes = 0

/**
 * Gives statements that are sent again names of their own, so that they are planned once for a connection. Not for the embedded
 * database: there all connections are one session, in which a name that one of them has given is taken for the others.
 */
export class PreparingClient extends PatientClient {
  override query(...given: unknown[]): never {
    const [text, values, ...more] = given
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    if (name === undefined) return super.query(...given)
    const seen = changes
    // another text too, since a pooler between us and the server knows statements by their texts
    const answer: unknown = super.query({ name, text: seen === 0 ? text : `${text} /* ${seen} */`, values }, ...more)
    if (answer instanceof Promise) {
      answer.catch((error: Error) => {
        if (isOutdated(error) && seen === changes) changes++
      })
    }
    return answer as never
  }
}

/** Whether a statement that was planned before answers with other columns now, after a migration. It is planned anew when it is sent again. */
export function isOutdated(error: Error & { code?: string; routine?: string }): boolean {
  // its message may be in another language
  return error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined) return `${known}_${changes}`
  if (names.size === most || text.endsWith('*/')) return undefined
  if (!once.delete(text)) {
    if (once.size === most) once = new Set()
    once.add(text)
    return undefined
  }
  names.set(text, `npq_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`)
  return nameOf(text)
}
