import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client'
import type { Metrics } from '../../http/metrics.ts'

type Told = MetricObjectWithValues<MetricValue<string>>[]

const question = 'metrics'
/** Milliseconds that a worker has to tell; what it told before stands in for what it does not. */
const patience = 2000

/** Tells the process that supervises the workers what this one counts, whenever it asks. */
export function tellMetrics({ registry }: Metrics): void {
  process.on('message', async (message) => {
    if (message === question) process.send?.({ metrics: await registry.getMetricsAsJSON() })
  })
}

/**
 * What all workers count, as one process would show it. What an ended one has counted stays in the sums, as it was last told, so that
 * no sum ever falls.
 */
export function gatherMetrics() {
  const told = new Map<number, Told>()
  let past: Promise<Told> = Promise.resolve([])

  async function ask(worker: Worker): Promise<void> {
    const answer = once(worker, 'message', { signal: AbortSignal.timeout(patience) })
    worker.send(question, () => {})
    const [{ metrics }] = await answer
    if (!worker.isDead()) told.set(worker.id, metrics)
  }

  async function metrics(): Promise<string> {
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected() === true) as Worker[]
    await Promise.all(workers.map((worker) => ask(worker).catch(() => {})))
    return AggregatorRegistry.aggregate([await past, ...told.values()]).metrics()
  }

  return {
    registry: { contentType: Registry.PROMETHEUS_CONTENT_TYPE, metrics },
    forget({ id }: Worker): void {
      const counted = (told.get(id) ?? []).filter(({ type }) => ['counter', 'histogram'].includes(String(type)))
      told.delete(id)
      past = past.then((before) => AggregatorRegistry.aggregate([before, counted]).getMetricsAsJSON() as Promise<Told>)
    },
  }
}
