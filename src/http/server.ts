import compress from '@fastify/compress'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify'
import type { Config } from '../config.ts'
import { answerProblem } from './answer.ts'
import { bodyLimit, readBodies } from './bodies.ts'
import { type Failure, problemOf, refuseTwoHosts } from './errors.ts'
import { secureHeaders } from './headers.ts'
import { notFound } from './problems.ts'
import { loggedError } from './redact.ts'
import { requestId } from './request-id.ts'
import { answerUnreadable } from './unreadable.ts'

export type ServerSettings = Readonly<{
  config: Config
  /** where the log goes; false for silence */
  log: { write(line: string): void } | false | undefined
  /** the URL that the router looks for in the place of the one given */
  routed: (url: string, method: string) => string
  /** the page that is shown instead of an answer */
  errorPage: (status: number) => string
  stopping: () => boolean
}>

/** A server without routes: how it reads requests, how it answers failures, and what every answer carries. */
export async function makeServer({ config, log, routed, errorPage, stopping }: ServerSettings): Promise<FastifyInstance> {
  const answerFailure = (error: Failure, request: FastifyRequest, reply: FastifyReply) =>
    answerProblem(problemOf(error, request), errorPage, request, reply)
  const app = fastify({
    logger: log === false ? false : { level: config.logLevel, serializers: { err: loggedError }, ...(log && { stream: log }) },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: config.requestTimeout,
    keepAliveTimeout: config.keepAliveTimeout,
    http: { headersTimeout: config.headersTimeout, connectionsCheckingInterval: Math.min(1000, config.headersTimeout) },
    // while it closes it still answers what it has accepted
    return503OnClosing: false,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    trustProxy: [...config.trustedProxies],
    rewriteUrl: ({ url = '/', method = 'GET' }) => routed(url, method),
    // more than the server reads of a request line
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 65_536, querystringParser: () => ({}) },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void answerFailure(error, request, reply),
  })
  readBodies(app)
  await app.register(compress, { global: true, encodings: ['gzip'] })
  await secureHeaders(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-request-id': request.id })
  })
  app.addHook('onSend', async (_request, reply) => {
    if (stopping()) reply.header('connection', 'close')
    const type = reply.getHeader('content-type')
    if (typeof type === 'string' && /^(application\/json|text\/csv|text\/plain)/.test(type)) reply.header('content-type', type.split(';')[0])
  })
  app.setErrorHandler<Error>(answerFailure)
  app.setNotFoundHandler((request, reply) => answerProblem(notFound(), errorPage, request, reply))
  return app
}

/** Answers what no route takes before its body is read; added after what counts requests, so that these count too. */
export function refuseUnroutable(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    refuseTwoHosts(request)
    if (request.is404) throw notFound()
  })
}
