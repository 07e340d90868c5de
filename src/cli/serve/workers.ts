import cluster, { type Worker } from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../../config.ts'
import { serveMetrics } from '../../http/metrics.ts'
import { gatherMetrics } from './worker-metrics.ts'

/** Milliseconds that a worker must last, so that its end counts for itself and not with those before it. */
const steady = 60_000
/** So many ends in a row, and nobody left who answers, mean that workers cannot run here. */
const mostEnds = 5

/** Milliseconds until a worker is replaced, after so many in a row that did not last. */
export function pauseAfter(ends: number): number {
  return Math.min(250 * 2 ** ends, 30_000)
}

/**
 * So many processes that share the port, each of which answers and carries out jobs. One that ends is replaced. A signal tells all to
 * stop, each as a process of its own does. `ready` comes once all listen, `ended` once all have ended; both fail where workers cannot run.
 */
export async function startWorkers(config: Config, count: number, log: Logger) {
  const metrics = gatherMetrics()
  const { metricsPort, metricsHost } = config
  const metricsServer = metricsPort === undefined ? undefined : await serveMetrics(metrics, metricsHost, metricsPort)
  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  // whoever waits for the one alone is told of the other's failure by it
  for (const { promise } of [ready, ended]) promise.catch(() => {})
  const answering = new Set<number>()
  let started = false
  let ends = 0
  let stopping = false
  let failure: Error | undefined

  const start = () => {
    const worker = cluster.fork()
    const began = performance.now()
    worker.once('listening', () => {
      answering.add(worker.id)
      if (answering.size < count) return
      started = true
      ready.resolve()
    })
    worker.once('exit', (code, signal) => {
      answering.delete(worker.id)
      metrics.forget(worker)
      if (stopping) return endOnceAlone()
      ends = performance.now() - began < steady ? ends + 1 : 0
      const wait = pauseAfter(ends)
      if (!started || (ends >= mostEnds && answering.size === 0)) return fail(ends)
      log.error({ worker: worker.process.pid, code, signal, wait }, 'a worker ended: another takes its place')
      void replaceAfter(wait)
    })
  }
  const replaceAfter = async (wait: number) => {
    await pause(wait)
    if (!stopping) start()
  }
  const fail = (times: number) => {
    failure = new Error(started ? `Workers cannot run: ${times} in a row ended soon after their start.` : 'A worker could not start.')
    stop()
    endOnceAlone()
  }
  const stop = () => {
    stopping = true
    for (const worker of workers()) worker.process.kill('SIGTERM')
  }
  const endOnceAlone = () => {
    if (workers().some((worker) => !worker.isDead())) return
    metricsServer?.close()
    metricsServer?.closeAllConnections()
    process.off('SIGTERM', stop).off('SIGINT', stop)
    if (failure) ready.reject(failure)
    if (failure) ended.reject(failure)
    ready.resolve()
    ended.resolve()
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  for (let place = 0; place < count; place++) start()
  return { ready: ready.promise, ended: ended.promise }
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
}
