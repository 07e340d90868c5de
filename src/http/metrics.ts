import { createServer, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof makeMetrics>

/** What the service counts for Prometheus; each server has its own registry. */
export function makeMetrics(pool?: pg.Pool) {
  const registry = new Registry()
  const registers = [registry]
  // brings the delay of the event loop, memory and garbage collection
  collectDefaultMetrics({ register: registry })
  if (pool) {
    new Gauge({
      name: 'npq_database_connections',
      help: 'Connections of the database pool by what they do, and requests that wait for one',
      labelNames: ['state'],
      registers,
      collect() {
        this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
        this.set({ state: 'idle' }, pool.idleCount)
        this.set({ state: 'waiting' }, pool.waitingCount)
      },
    })
  }
  return {
    registry,
    durations: new Histogram({
      name: 'npq_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    decisions: new Counter({
      name: 'npq_rate_limit_decisions_total',
      help: 'Decisions of the rate limiter',
      labelNames: ['decision', 'rule'],
      registers,
    }),
    reads: new Counter({ name: 'npq_reads_total', help: 'Reads by the database that answered them', labelNames: ['database'], registers }),
    keyedWrites: new Counter({
      name: 'npq_keyed_writes_total',
      help: 'Writes with an Idempotency-Key by what became of them',
      labelNames: ['outcome'],
      registers,
    }),
    auditsLost: new Counter({ name: 'npq_request_audits_lost_total', help: 'Request audits that were lost', registers }),
  }
}

/** Notes how long each answer took, by its route's pattern: paths that no route has share one series. */
export function measureRequests(app: FastifyInstance, { durations }: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }
    durations.observe(labels, reply.elapsedTime / 1000)
  })
}

type Shown = Pick<Registry, 'contentType' | 'metrics'>

/** Serves `/metrics` on a port of its own, which providers never reach. */
export async function serveMetrics({ registry }: { registry: Shown }, host: string, port: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end()
    const text = await registry.metrics().catch(() => undefined)
    response.writeHead(text === undefined ? 500 : 200, { 'content-type': registry.contentType }).end(text)
  })
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(port, host, resolve))
  return server
}
