import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { callerOf, identifyTokens } from './api/authentication.ts'
import { registerDocuments } from './api/documents.ts'
import { endpoints, type Provider, registerApi, registerSurface } from './api/index.ts'
import { documentOf, openApiDocument } from './api/openapi.ts'
import { makeLimiter } from './api/rate-limit/hook.ts'
import { memoryWindows } from './api/rate-limit/memory-windows.ts'
import { redisWindows } from './api/rate-limit/redis-windows.ts'
import { takesTokens } from './api/rate-limit/rules.ts'
import type { Windows } from './api/rate-limit/windows.ts'
import { makeReads } from './api/reads/make-reads.ts'
import { routedUrl } from './api/routed-url.ts'
import { versionsServed } from './api/versions.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/connect.ts'
import type { Replica } from './db/replica.ts'
import { tokenBook } from './domain/tokens/book.ts'
import { makeErrorPages } from './guidance/error-page.ts'
import { registerGuidance } from './guidance/index.ts'
import { auditRequests } from './http/audit.ts'
import { registerHealth } from './http/health.ts'
import { logRequests } from './http/log.ts'
import { type Metrics, makeMetrics, measureRequests } from './http/metrics.ts'
import { refuseWhenFull } from './http/overload.ts'
import { makeServer, refuseUnroutable } from './http/server.ts'
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
  /** what reads may go to instead of the database */
  replica?: Replica
  metrics?: Metrics
  /** whether the process is about to end */
  stopping?: () => boolean
  /** where the log goes; false for silence */
  log?: { write(line: string): void } | false
  /** where the guidance pages are, if not in `content/guidance` */
  guidanceFolder?: string
}

/** Builds the server from its parts; it does not listen yet. What is added first to a request is asked first. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const { config, db, tokenKey, replica, now, clock = systemClock, metrics = makeMetrics(parts.pool), stopping = () => false } = parts
  const { environment, publicUrl, limits, redisUrl, replicaLag } = config
  const site = siteOf(config)
  const app = await makeServer({ config, log: parts.log, routed: routedUrl, errorPage: makeErrorPages(site), stopping })
  logRequests(app, { slow: config.slowRequest, everything: ['debug', 'trace'].includes(config.logLevel), callerOf })
  measureRequests(app, metrics)
  if (config.auditRequests) auditRequests(app, { db, room: config.auditRoom, lost: (rows) => metrics.auditsLost.inc(rows), callerOf })
  if (parts.pool) refuseWhenFull(app, parts.pool, { mostWaiting: config.mostWaiting, concerns: takesTokens })

  const windows = parts.windows ?? (redisUrl ? redisWindows({ url: redisUrl }) : memoryWindows())
  const decided = (decision: string, rule: string) => metrics.decisions.inc({ decision, rule })
  const { hold, refuseStranger } = makeLimiter({ limits, windows, decided })
  const book = tokenBook(db, now)
  identifyTokens(app, { environment, tokenKey, book, refuseStranger })
  app.addHook('onRequest', hold).addHook('onClose', () => windows.close())
  refuseUnroutable(app)

  const served = versionsServed(config.v1V2Enabled)
  const documents = served.map((version) => openApiDocument(endpoints, version, publicUrl))
  const reads = makeReads(app, { db, replica, redisUrl, replicaLag, metrics })
  const writes = {
    changesKeptDays: config.retention.changes,
    stopping,
    keptDays: config.retention.keptAnswers,
    repeatWait: config.repeatWait,
    repeated: (outcome: string) => metrics.keyedWrites.inc({ outcome }),
  }
  // what only a sandbox has is loaded there alone
  const sandbox = environment === 'sandbox' ? (await import('./sandbox-api/index.ts')).makeSandbox({ environment, tokenKey, clock }) : undefined
  const settings = { db, reads, ...writes, environment, tokenKey, clockOf: (provider: Provider) => sandbox?.clockOf(db, provider) ?? clock }
  registerApi(app, settings, served)
  if (sandbox) registerSurface(app, settings, sandbox.surface)
  const beside = sandbox ? [documentOf(sandbox.surface, publicUrl)] : []
  registerDocuments(app, [...documents, ...beside])
  registerGuidance(app, {
    site,
    documents,
    beside,
    ...(sandbox && { shownBy: sandbox.shownBy }),
    ...(parts.guidanceFolder && { folder: parts.guidanceFolder }),
  })
  sandbox?.registerPages(app, { db, site, book })
  registerHealth(app, { config, db, storeAnswers: windows.answers, stopping })
  return app
}
