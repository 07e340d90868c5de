import { createHash } from 'node:crypto'
import { PatientClient } from './patient-client.ts'

const names = new Map<string, string>()

/** Has a text sent as a statement of its own name from now on: for texts of which the code has a certain number. */
export function nameStatement(text: string): void {
  names.set(text, `npq_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`)
}

/**
 * Sends statements under the names that they have. Not for the embedded database: there all connections are one session, in which a
 * name that one of them has given is taken for the others.
 */
export class PreparingClient extends PatientClient {
  override query(...given: unknown[]): never {
    const [text, values] = given
    const name = typeof text === 'string' ? names.get(text) : undefined
    return super.query(...(name ? [{ name, text, values }] : given))
  }
}
