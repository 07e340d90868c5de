/** One reason why a request was refused: `code` stays the same where the words change. */
export type Reason<Code extends string = string> = Readonly<{ title: string; detail: string; code: Code | (string & {}) }>

type Answered = Readonly<{
  status: number
  /** names the request when you ask us about it */
  requestId: string | undefined
}>

/** Why there is no success, told apart by `kind`. `Code` is what the API may name as the reason of a refusal. */
export type Failure<Code extends string = string> =
  /** 422: the request breaks a rule. Nothing was changed. */
  | (Answered & Readonly<{ kind: 'refused'; reasons: readonly Reason<Code>[] }>)
  /** 400, 406 or 413: the request does not have the documented form */
  | (Answered & Readonly<{ kind: 'malformed'; reasons: readonly Reason[] }>)
  /** 401: the token is missing, revoked or of another environment */
  | (Answered & Readonly<{ kind: 'unauthorised' }>)
  /** 403: the record is another provider's to change */
  | (Answered & Readonly<{ kind: 'forbidden'; reasons: readonly Reason[] }>)
  /** 404: there is no such record, or it is not yours */
  | (Answered & Readonly<{ kind: 'not-found' }>)
  /** 409: an earlier request with the same key is still being carried out, after every repeat */
  | (Answered & Readonly<{ kind: 'in-progress'; reasons: readonly Reason[] }>)
  /** 410: the participant has another id now */
  | (Answered & Readonly<{ kind: 'replaced'; reasons: readonly Reason[]; newId: string }>)
  /** 410: the cursor is older than what is kept: read the lists anew */
  | (Answered & Readonly<{ kind: 'expired'; reasons: readonly Reason[] }>)
  /** 429, after every repeat: `wait` is in milliseconds */
  | (Answered & Readonly<{ kind: 'too-many-requests'; reasons: readonly Reason[]; wait: number | undefined }>)
  /** 500 or more, after every repeat */
  | (Answered & Readonly<{ kind: 'unavailable' }>)
  /** no answer came, after every repeat: the connection broke or took too long */
  | Readonly<{ kind: 'unreachable'; cause: unknown }>
  /** an answer that is not of this API: look at the address */
  | (Answered & Readonly<{ kind: 'unexpected'; text: string }>)

/** A failure where only an exception can tell it: while a list is read, and from `orThrow`. */
export class NpqError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(wordsOf(failure), failure.kind === 'unreachable' ? { cause: failure.cause } : undefined)
    this.name = 'NpqError'
    this.failure = failure
  }
}

/** One line for a log or a report. */
export function wordsOf(failure: Failure): string {
  if (failure.kind === 'unreachable') return `No answer came: ${failure.cause instanceof Error ? failure.cause.message : String(failure.cause)}`
  const reasons = 'reasons' in failure ? failure.reasons.map(({ title, detail }) => `${title}: ${detail}`) : []
  const request = failure.requestId === undefined ? '' : ` (x-request-id ${failure.requestId})`
  return `${failure.status} ${[failure.kind, ...reasons].join(' – ')}${request}`
}

/** The failure that an answer tells. */
export function failureOf({ status, headers }: Response, text: string): Failure {
  const answered = { status, requestId: headers.get('x-request-id') ?? undefined }
  const body = readJson(text)
  const reasons = (body?.['errors'] ?? []) as Reason[]
  if (status === 422) return { kind: 'refused', ...answered, reasons }
  if (status === 400 || status === 406 || status === 413) return { kind: 'malformed', ...answered, reasons }
  if (status === 401) return { kind: 'unauthorised', ...answered }
  if (status === 403) return { kind: 'forbidden', ...answered, reasons }
  if (status === 404 && body) return { kind: 'not-found', ...answered }
  if (status === 409) return { kind: 'in-progress', ...answered, reasons }
  if (status === 410) {
    const newId = newIdIn(reasons)
    return newId === undefined ? { kind: 'expired', ...answered, reasons } : { kind: 'replaced', ...answered, reasons, newId }
  }
  if (status === 429) return { kind: 'too-many-requests', ...answered, reasons, wait: statedWait(headers) }
  if (status >= 500) return { kind: 'unavailable', ...answered }
  return { kind: 'unexpected', ...answered, text }
}

/** The wait in milliseconds that an answer asks for: `retry-after`, or what `ratelimit` says where nothing remains. */
export function statedWait(headers: Headers): number | undefined {
  const after = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(after) ? 1000 * after : waitInWindow(headers)
}

/** Milliseconds until the window lets another request through; undefined where it does so now. */
export function waitInWindow(headers: Headers): number | undefined {
  const [, seconds] = /;r=0;t=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? []
  return seconds === undefined ? undefined : 1000 * Number(seconds)
}

function newIdIn(reasons: readonly Reason[]): string | undefined {
  const [change] = (reasons[0] as { participant_id_changes?: { to_participant_id: string }[] } | undefined)?.participant_id_changes ?? []
  return change?.to_participant_id
}

/** An object of JSON; undefined for any other text. */
export function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
