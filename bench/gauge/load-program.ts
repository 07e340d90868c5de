import autocannon from 'autocannon'
import type { Load, Loaded } from './load.ts'

// Sends requests in a process of its own, so that its work is in nobody's processor time. Told what to send by its parent.

process.on('message', async (load: Load) => process.send?.(await send(load)))

function send({ origin, headers, calls, connections, amount, once }: Load): Promise<Loaded> {
  const requests = calls.map(({ method, path, body }) => ({
    method,
    path,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }))
  const times: number[] = []
  const statuses: Record<number, number> = {}
  let bytes = 0
  let next = 0
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let last = start
    const instance = autocannon(
      {
        url: origin,
        connections,
        amount,
        timeout: 120,
        // it notices its end at the next sample
        sampleInt: 10,
        // each connection has requests of its own where each is sent once; else each begins at another
        setupClient: (client) => {
          const share = once ? requests.slice(next, next + amount / connections) : rotated(requests, next)
          next += once ? amount / connections : 1
          client.setRequests(share)
        },
      },
      (error) => {
        if (error) reject(error)
        else resolve({ requests: times.length, seconds: (last - start) / 1000, p50: at(times, 0.5), p99: at(times, 0.99), bytes, statuses })
      },
    )
    instance.on('response', (_client, status, size, time) => {
      last = performance.now()
      times.push(time)
      statuses[status] = (statuses[status] ?? 0) + 1
      bytes += size
    })
  })
}

function rotated<T>(all: T[], by: number): T[] {
  const from = by % all.length
  return [...all.slice(from), ...all.slice(0, from)]
}

function at(times: number[], quantile: number): number {
  return times.sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * quantile))] ?? 0
}
