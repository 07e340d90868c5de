import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { isOutdated } from '../db/preparing-client.ts'
import { unavailable } from './problems.ts'
import { pathOf } from './urls.ts'

export type Overload = Readonly<{
  /** requests that may wait for a connection */
  mostWaiting: number
  /** whether a path needs one */
  concerns: (path: string) => boolean
}>

/** Answers 503 at once where so many requests wait for a connection already that one more would wait in vain. */
export function refuseWhenFull(app: FastifyInstance, pool: pg.Pool, { mostWaiting, concerns }: Overload): void {
  app.addHook('onRequest', async (request) => {
    if (pool.waitingCount >= mostWaiting && concerns(pathOf(request))) throw unavailable()
  })
}

const network = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'ENOENT'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'ERR_STREAM_DESTROYED'],
])
/**
 * Classes of SQLSTATE that are about the server and not about what it was asked: connection, transaction given up, resources (full
 * server, disk, memory), intervention (shutting down, starting, cancelled), the system around it.
 */
const classes = new Set(['08', '40', '53', '57', '58'])
const states = new Set([
  // no such database, no entry
  ...['3D000', '28P01', '28000'],
  // a lock that was waited for too long; read-only after a failover; a transaction that idled or lasted too long
  ...['55P03', '25006', '25P03', '25P04'],
])
/** What the driver and the query builder say without a code of a connection that broke, did not come or did not answer. */
const broken =
  /^(timeout e|Connection terminated|Query read timeout|Client (was closed|has encountered a connection error)|Postgres connection has been discarded)/

/** Whether an error says that the database cannot be reached now, did not answer in time, or was migrated just now. */
export function isUnavailable(error: Error & { code?: string }): boolean {
  if (isOutdated(error)) return true
  if (error.code === undefined) return broken.test(error.message)
  return network.has(error.code) || states.has(error.code) || (error.code.length === 5 && classes.has(error.code.slice(0, 2)))
}
