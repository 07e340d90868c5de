import { type Failure, failureOf, readJson, statedWait, waitInWindow } from './failure.ts'

export type Connection = Readonly<{
  /** where the API is, such as https://sandbox.register-npq.education.gov.uk */
  url: string
  token: string
  /** how often one request is sent at most: 5 unless you say */
  attempts?: number
  /** milliseconds that one attempt may take: 30,000 unless you say */
  timeout?: number
  /** milliseconds that one request may wait between its attempts altogether: 300,000, the window of the rate limit, unless you say */
  patience?: number
  /** sent with every request */
  headers?: Readonly<Record<string, string>>
  /** sends, in the place of the global `fetch` */
  fetch?: typeof fetch
  /** waits for so many milliseconds, in the place of a timer */
  pause?: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>
}>

/** What may be said with any call. */
export type CallOptions = Readonly<{
  /** gives up the call: it then rejects with the signal's reason */
  signal?: AbortSignal
  headers?: Readonly<Record<string, string>>
}>

export type WriteOptions = CallOptions &
  Readonly<{
    /**
     * Names this one write, so that repeats of it are carried out once. A fresh UUID unless you say; give one of your own where the
     * write may be repeated after a restart. `false` sends none, and then nothing is repeated but what 429 refused.
     */
    key?: string | false
    /** tries the write out: the answer is what would come, with what is foreseen in `meta`, and nothing is changed */
    dryRun?: boolean
  }>

/** What a call gives: the data, or why there is none. `Meta` stands beside the data of a dry run. */
export type Result<Data, Code extends string = never, Meta = undefined> =
  | Readonly<{ ok: true; data: Data; meta: Meta | undefined; requestId: string | undefined; replayed: boolean }>
  | Readonly<{ ok: false; failure: Failure<Code> }>

export type Request = Readonly<{
  method: string
  /** with its query */
  path: string
  body?: unknown
  /** whether sending it again changes nothing more */
  repeatable: boolean
  headers?: Readonly<Record<string, string | undefined>>
  signal?: AbortSignal | undefined
  /** milliseconds for which the API holds the answer */
  held?: number
}>

export type Answer = Readonly<{ ok: true; text: string; headers: Headers }> | Readonly<{ ok: false; failure: Failure }>

export type Send = (request: Request) => Promise<Answer>

/** Sends requests, and again by the rules of the API: never before the wait that it states is over, and ever later. */
export function makeSend(connection: Connection): Send {
  const { attempts = 5, patience = 300_000, pause = sleep } = connection
  // where nothing of the rate limit's window remains, the next request waits its turn
  let turn = 0

  return async (request) => {
    let waited = 0
    for (let attempt = 1; ; attempt++) {
      const early = turn - Date.now()
      if (early > 0) await pause(early, request.signal)
      const { answer, headers } = await once(connection, request)
      const window = headers && waitInWindow(headers)
      turn = window === undefined ? turn : Date.now() + window
      if (answer.ok || attempt >= attempts || !mayRepeat(request, answer.failure)) return answer
      const wait = Math.max((headers && statedWait(headers)) ?? 0, growing(attempt))
      if (waited + wait > patience) return answer
      waited += wait
      await pause(wait, request.signal)
      turn = 0
    }
  }
}

async function once(connection: Connection, request: Request): Promise<{ answer: Answer; headers?: Headers }> {
  const { url, token, timeout = 30_000, headers = {}, fetch: send = fetch } = connection
  const { method, path, body, signal, held = 0 } = request
  signal?.throwIfAborted()
  const limit = AbortSignal.timeout(timeout + held)
  try {
    const response = await send(url.replace(/\/+$/, '') + path, {
      method,
      headers: stated({
        accept: 'application/json, text/csv',
        ...headers,
        ...request.headers,
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    const text = await response.text()
    if (!response.ok) return { answer: { ok: false, failure: failureOf(response, text) }, headers: response.headers }
    return { answer: { ok: true, text, headers: response.headers }, headers: response.headers }
  } catch (cause) {
    signal?.throwIfAborted()
    return { answer: { ok: false, failure: { kind: 'unreachable', cause } } }
  }
}

function stated(headers: Readonly<Record<string, string | undefined>>): [string, string][] {
  return Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
}

function mayRepeat({ repeatable }: Request, { kind }: Failure): boolean {
  // what 429 refused was not looked at
  if (kind === 'too-many-requests') return true
  return repeatable && (kind === 'unavailable' || kind === 'unreachable' || kind === 'in-progress')
}

/** Half a second, doubled with each attempt, and somewhere in its upper half so that many clients do not come back at once. */
function growing(attempt: number): number {
  return 500 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
}

/** The data of a JSON answer as a result; an answer that is none of the API's is a failure. */
export function resultOf<Data, Meta = undefined>(answer: Answer): Result<Data, string, Meta> {
  if (!answer.ok) return answer
  const requestId = answer.headers.get('x-request-id') ?? undefined
  const body = readJson(answer.text)
  if (!body || !('data' in body)) return { ok: false, failure: { kind: 'unexpected', status: 200, requestId, text: answer.text } }
  const replayed = answer.headers.get('idempotency-replayed') === 'true'
  return { ok: true, data: body['data'] as Data, meta: body['meta'] as Meta | undefined, requestId, replayed }
}

/** The text of an answer as a result. */
export function textOf(answer: Answer): Result<string, string> {
  if (!answer.ok) return answer
  return { ok: true, data: answer.text, meta: undefined, requestId: answer.headers.get('x-request-id') ?? undefined, replayed: false }
}

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((done) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      done()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end, { once: true })
  })
  signal?.throwIfAborted()
}
