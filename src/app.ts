import { createHash, randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify'
import type pg from 'pg'
import { identifyTokens } from './api/authentication.ts'
import { bodyLimit, readBodies } from './api/body.ts'
import { endpoints, registerApi } from './api/index.ts'
import { openApiDocument, openApiJson, openApiYaml } from './api/openapi.ts'
import { decodedPath, isDecodable, withoutOrigin } from './api/path.ts'
import { badRequest, internalError, notFound, Problem, settled, structureDetail, tooLarge, unavailable } from './api/problems.ts'
import { makeLimiter } from './api/rate-limit/hook.ts'
import { memoryWindows } from './api/rate-limit/memory-windows.ts'
import { redisWindows } from './api/rate-limit/redis-windows.ts'
import type { Windows } from './api/rate-limit/windows.ts'
import { withoutSuffix } from './api/suffix.ts'
import { type Version, versions } from './api/versions.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/connect.ts'
import { tokenBook } from './domain/tokens/book.ts'
import { makeErrorPages } from './guidance/error-page.ts'
import { registerGuidance } from './guidance/index.ts'
import { auditRequests } from './observe/audit.ts'
import { secureHeaders } from './observe/headers.ts'
import { registerHealth } from './observe/health.ts'
import { logRequests } from './observe/log.ts'
import { type Metrics, makeMetrics, measureRequests } from './observe/metrics.ts'
import { isUnavailable, refuseWhenFull } from './observe/overload.ts'
import { loggedError, redactText } from './observe/redact.ts'
import { answerUnreadable } from './observe/unreadable.ts'
import { siteOf } from './web/site.ts'

export type Parts = {
  config: Config
  db: Database
  /** the key of the token hashes */
  tokenKey: string
  clock?: Clock
  /** milliseconds on a clock that only moves forward; the machine's unless given */
  now?: () => number
  /** what counts requests; made as the configuration says where it is not given */
  windows?: Windows
  /** the pool behind the database, to see whether it is full */
  pool?: pg.Pool
  metrics?: Metrics
  /** whether the process is about to end */
  stopping?: () => boolean
  /** where the log goes; false for silence */
  log?: { write(line: string): void } | false
  /** where the guidance pages are, if not in `content/guidance` */
  guidanceFolder?: string
}

const csvPaths = new Set(
  endpoints.filter(({ format }) => format === 'csv').flatMap((endpoint) => endpoint.versions.map((version) => `/api/${version}${endpoint.path}`)),
)

/** Builds the server from its parts; it does not listen yet. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const { config, db, tokenKey, now, clock = systemClock, metrics = makeMetrics(parts.pool), stopping = () => false } = parts
  const site = siteOf(config)
  const errorPage = makeErrorPages(site)
  const answer = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    reply.code(problem.status).header('cache-control', 'no-store').header('x-request-id', request.id)
    if (problem.status === 503) reply.header('retry-after', 1)
    const asPage = isPage(decodedPath(request.originalUrl)) && problem.status !== 429 && !wantsCsv(request)
    return asPage ? reply.type('text/html; charset=utf-8').send(errorPage(problem.status)) : answerAsData(problem, request, reply)
  }
  const answerError = (error: Failure, request: FastifyRequest, reply: FastifyReply) => answer(problemOf(error, request), request, reply)
  const app = fastify({
    logger: parts.log === false ? false : { level: config.logLevel, serializers: { err: loggedError }, ...(parts.log && { stream: parts.log }) },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: config.requestTimeout,
    keepAliveTimeout: config.keepAliveTimeout,
    http: { headersTimeout: config.headersTimeout, connectionsCheckingInterval: Math.min(1000, config.headersTimeout) },
    // while it closes it still answers what it has accepted
    return503OnClosing: false,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    trustProxy: [...config.trustedProxies],
    rewriteUrl: ({ url = '/', method }) => routedUrl(url, method === 'GET' || method === 'HEAD'),
    // more than the server reads of a request line
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 65_536, querystringParser: () => ({}) },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  })
  readBodies(app)
  await app.register(compress, { global: true, encodings: ['gzip'] })
  await secureHeaders(app)
  app.decorateRequest('clock')

  app.addHook('onRequest', async (request, reply) => {
    request.clock = clock
    reply.header('cache-control', 'no-store').header('x-request-id', request.id)
  })
  logRequests(app, config.slowRequest)
  measureRequests(app, metrics)
  if (config.auditRequests) auditRequests(app, { db, room: config.auditRoom, lost: (rows) => metrics.auditsLost.inc(rows) })
  if (parts.pool) refuseWhenFull(app, parts.pool, config.mostWaiting)
  const windows = parts.windows ?? (config.redisUrl ? redisWindows({ url: config.redisUrl }) : memoryWindows())
  const decided = (decision: string, rule: string) => metrics.decisions.inc({ decision, rule })
  const { hold, refuseStranger } = makeLimiter({ limits: config.limits, windows, decided })
  identifyTokens(app, { environment: config.environment, tokenKey, book: tokenBook(db, now), refuseStranger })
  app.addHook('onRequest', hold)
  app.addHook('onRequest', async (request) => {
    if (hostsOf(request) > 1) throw badRequest('The request has more than one Host header. Send exactly one.')
  })
  // a path that there is not is told so before its body is read
  app.addHook('onRequest', async (request) => {
    if (request.is404) throw notFound()
  })
  app.addHook('onClose', () => windows.close())
  app.addHook('onSend', async (_request, reply) => {
    if (stopping()) reply.header('connection', 'close')
    const type = reply.getHeader('content-type')
    if (typeof type === 'string' && /^(application\/json|text\/csv|text\/plain)/.test(type)) reply.header('content-type', type.split(';')[0])
  })
  app.setErrorHandler<Error>(answerError)
  app.setNotFoundHandler((request, reply) => answer(notFound(), request, reply))

  const served = versions.filter((version) => version === 'v3' || config.v1V2Enabled)
  registerApi(app, { db, environment: config.environment, tokenKey, clock }, served)
  registerDocuments(app, config.publicUrl, served)
  registerGuidance(app, {
    site,
    documents: served.map((version) => openApiDocument(endpoints, version, config.publicUrl)),
    ...(parts.guidanceFolder && { folder: parts.guidanceFolder }),
  })
  registerHealth(app, { config, db, storeAnswers: windows.answers, stopping })
  return app
}

/** What the router looks for: a URL that cannot be read is no one's, and meets the limits and the log of every unknown path. */
function routedUrl(given: string, reads: boolean): string {
  const url = withoutOrigin(given)
  const [path = ''] = url.split('?', 1)
  return isDecodable(path) ? withoutSuffix(url, (path) => reads && csvPaths.has(path)) : '/unreadable'
}

/** The OpenAPI documents, which any site may read. */
function registerDocuments(app: FastifyInstance, publicUrl: string, served: readonly Version[]) {
  for (const version of served) {
    for (const [name, type, text] of [
      ['swagger.yaml', 'application/yaml', openApiYaml(endpoints, version, publicUrl)],
      ['openapi.json', 'application/json', openApiJson(endpoints, version, publicUrl)],
    ] as const) {
      const tag = `"${createHash('sha256').update(text).digest('base64url')}"`
      app.get(`/api/docs/${version}/${name}`, async (request, reply) => {
        reply.header('access-control-allow-origin', '*').header('etag', tag)
        return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.type(type).send(text)
      })
    }
  }
}

/** What people read in a browser: everything but the API's own paths. */
function isPage(path: string): boolean {
  return !/^\/api(\/|$)/.test(path) || /^\/api\/(guidance|docs)(\/|$)/.test(path)
}

type Failure = Error & { code?: string; constraint?: string; statusCode?: number }

function problemOf(error: Failure, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge()
  if (error.code === 'FST_ERR_BAD_URL') return notFound()
  if (error.code?.startsWith('FST_ERR_CTP') || (error.statusCode !== undefined && error.statusCode < 500)) return badRequest(structureDetail)
  // a check that no constraint stands for is a trigger's
  const forbidden = error.code === '23514' && error.constraint === undefined
  // class 23: the database refused a row that no rule had refused, so a rule is missing
  const alert = !forbidden && error.code?.startsWith('23') === true
  request.log.error({ err: error, ...(alert && { alert }) }, 'the request failed')
  if (isUnavailable(error)) return unavailable()
  return forbidden ? settled() : internalError()
}

function answerAsData(problem: Problem, request: FastifyRequest, reply: FastifyReply) {
  if (problem.body === undefined) return reply.removeHeader('content-type').send()
  if (wantsCsv(request) && [404, 422, 500].includes(problem.status)) return reply.type('text/plain').send('')
  return reply.type('application/json').send(JSON.stringify(problem.body))
}

/** Of several Host headers the server keeps the first; something between us and the caller may have gone by another. */
function hostsOf({ raw: { rawHeaders } }: FastifyRequest): number {
  return rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host').length
}

/** Whether a path names a CSV file: one that there is, or one that there is not. Where the answer is JSON alone the suffix means nothing. */
function wantsCsv({ is404, originalUrl, routeOptions }: FastifyRequest): boolean {
  return /\.csv\/?$/i.test(is404 ? decodedPath(originalUrl) : (routeOptions.url ?? ''))
}

/** A caller's own request id where it is harmless, else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9_.:-]{1,128}$/.test(given) && redactText(given) === given ? given : randomUUID()
}
