import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { pathOf } from '../api/path.ts'
import { unavailable } from '../api/problems.ts'
import { takesTokens } from '../api/rate-limit/rules.ts'

/** Answers 503 at once where so many requests wait for a connection already that one more would wait in vain. */
export function refuseWhenFull(app: FastifyInstance, pool: pg.Pool, mostWaiting: number): void {
  app.addHook('onRequest', async (request) => {
    if (pool.waitingCount >= mostWaiting && takesTokens(pathOf(request))) throw unavailable()
  })
}

const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'ENOENT'],
  // shutting down, starting, full, no such database, no entry
  ...['57P01', '57P02', '57P03', '53300', '3D000', '28P01', '28000'],
  // a statement that took too long, or waited too long for a lock
  ...['57014', '55P03'],
])

/** Whether an error says that the database cannot be reached now, or did not answer in time. */
export function isUnavailable(error: Error & { code?: string }): boolean {
  if (error.code !== undefined) return unreachable.has(error.code)
  return /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
}
