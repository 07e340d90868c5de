import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../db/connect.ts'
import { prepared } from '../db/prepared.ts'
import type { NewRowOf } from '../db/schema.ts'
import { bodyLimit } from './bodies.ts'
import { bodyShown, textSafe } from './body-shown.ts'
import { type Caller, type CallerOf, headersOf, parsed, queryOf, responseHeaders } from './log.ts'
import { isUnavailable } from './overload.ts'
import { redact, redactAnswer, redactPath, redactQuery } from './redact.ts'
import { decodedPath } from './urls.ts'

type Row = NewRowOf<'api_request_audits'>

export type AuditSettings = Readonly<{
  db: Database
  /** rows that wait at most; more are lost */
  room: number
  /** told how many rows were lost */
  lost?: (rows: number) => void
}>

const batch = 100
/** milliseconds in which the rows of a batch come together */
const gathering = 100
/** characters of JSON that wait at most, whatever the number of their rows */
export const mostHeld = 32 * 1024 * 1024
const betweenAttempts = 500
const kept = ['host', 'user-agent', 'accept', 'accept-encoding', 'connection', 'cache-control']

/** Keeps what lead providers asked and how they were answered (01 section 15.2): after the answer, and never at its cost. */
export function auditRequests(app: FastifyInstance, { callerOf, ...settings }: AuditSettings & { callerOf: CallerOf }): void {
  const writer = backgroundWriter(settings, app.log)
  app.addHook('onResponse', async (request, reply) => {
    const caller = callerOf(request)
    if (caller && isAudited(request)) writer.add(rowOf(caller, request, reply))
  })
  app.addHook('onClose', () => writer.finish())
}

/** Writes rows in batches, one batch at a time. */
export function backgroundWriter({ db, room, lost = () => {} }: AuditSettings, log: FastifyBaseLogger) {
  let waiting: Row[] = []
  let held = 0
  let writing: Promise<void> | undefined
  const finishing = new AbortController()

  async function write() {
    while (waiting.length > 0) {
      if (waiting.length < batch) await pause(gathering, undefined, { signal: finishing.signal }).catch(() => {})
      const rows = waiting.slice(0, batch)
      const error = await insert(rows).then(
        () => undefined,
        (error: Error) => error,
      )
      if (error && isUnavailable(error) && !finishing.signal.aborted) {
        // a database that is down for a moment takes no rows with it, as far as there is room
        await pause(betweenAttempts, undefined, { signal: finishing.signal }).catch(() => {})
        continue
      }
      if (error) await insertEach(rows)
      waiting = waiting.slice(rows.length)
      held -= rows.reduce((sum, row) => sum + sizeOf(row), 0)
    }
    writing = undefined
  }

  const insert = async (rows: Row[]) => insertRows(db, { rows: JSON.stringify(rows) })

  /** One row that the database refuses takes no other with it. */
  async function insertEach(rows: Row[]) {
    for (const row of rows) {
      await insert([row]).catch((error: unknown) => {
        lost(1)
        log.error({ err: error, lost: 1 }, 'a request audit could not be written')
      })
    }
  }

  return {
    add(row: Row): void {
      if (waiting.length < room && held + sizeOf(row) <= mostHeld) {
        waiting.push(row)
        held += sizeOf(row)
        writing ??= write()
      } else lost(1)
    },
    /** waits for what was added so far; what the database does not take now is lost */
    async finish(): Promise<void> {
      finishing.abort()
      await writing
    },
  }
}

const columns = [
  ...(['lead_provider_id', 'lead_provider', 'request_id', 'request_method', 'request_path', 'request_headers', 'request_body'] as const),
  ...(['status_code', 'response_headers', 'response_body', 'duration_ms', 'created_at'] as const),
]

/** The rows as one value, so that any number of them is one text. */
const insertRows = prepared((db, { rows }: { rows: string }) =>
  db
    .insertInto('api_request_audits')
    .columns(columns)
    .expression(
      sql`select lead_provider_id, lead_provider, request_id, request_method, request_path, request_headers::jsonb, request_body::jsonb,
        status_code, response_headers::jsonb, response_body::jsonb, duration_ms, created_at
      from jsonb_to_recordset(${rows}::jsonb) as given (lead_provider_id bigint, lead_provider text, request_id text, request_method text,
        request_path text, request_headers text, request_body text, status_code integer, response_headers text, response_body text,
        duration_ms integer, created_at timestamptz)`,
    ),
)

function sizeOf(row: Row): number {
  return row.request_headers.length + (row.request_body?.length ?? 0) + row.response_headers.length + row.response_body.length
}

function isAudited({ originalUrl, headers }: FastifyRequest): boolean {
  const unread = /^\s*(multipart\/form-data|application\/octet-stream)/i.test(headers['content-type'] ?? '')
  return /^\/api\/v\d+\//.test(decodedPath(originalUrl)) && !unread
}

function rowOf(caller: Caller, request: FastifyRequest, reply: FastifyReply): Row {
  const query = textSafe(redactQuery(queryOf(request)))
  return {
    lead_provider_id: caller.id,
    lead_provider: caller.name,
    request_id: request.id,
    request_method: request.method,
    request_path: redactPath(request.originalUrl),
    request_headers: JSON.stringify({ 'http-version': request.raw.httpVersion, ...headersOf(request, kept), 'query-string': query }),
    request_body: bodyOf(request, reply) ?? JSON.stringify(query),
    status_code: reply.statusCode,
    response_headers: JSON.stringify(responseHeaders(reply)),
    response_body: JSON.stringify(answerOf(request, reply)),
    duration_ms: Math.round(reply.elapsedTime),
    // the real clock, whatever moment the request was judged at
    created_at: Temporal.Now.instant().subtract({ milliseconds: Math.round(reply.elapsedTime) }),
  }
}

/** The JSON body as text; undefined where none was sent. */
function bodyOf(request: FastifyRequest, { statusCode }: FastifyReply): string | undefined {
  const { body, headers } = request
  if (statusCode === 413) return JSON.stringify({ error: `The body was cut off: it is larger than ${bodyLimit} bytes.` })
  if (body !== undefined) return bodyShown(request)
  const sent = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
  return sent ? JSON.stringify({ error: 'The body was not JSON, or had too many members.' }) : undefined
}

function answerOf({ refusal }: FastifyRequest, { statusCode }: FastifyReply): unknown {
  if (statusCode < 300) return {}
  const body = parsed(refusal ?? '')
  return typeof body === 'string' ? { body: redact(body), status: statusCode } : textSafe(redactAnswer(body))
}
