import { randomUUID } from 'node:crypto'
import { redactText } from './redact.ts'

/** A caller's own request id where it is harmless, else a new one. */
export function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9_.:-]{1,128}$/.test(given) && redactText(given) === given ? given : randomUUID()
}
