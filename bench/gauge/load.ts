import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A request to an API; its body is sent as JSON. */
export type Call = { method: 'GET' | 'POST'; path: string; body?: unknown }

export type Load = {
  /** such as http://127.0.0.1:3000 */
  origin: string
  headers: Record<string, string>
  calls: readonly Call[]
  connections: number
  /** how many requests in all, a multiple of the connections; none is left without its answer */
  amount: number
  /** each call once, instead of round and round */
  once?: boolean
}

/** What was sent and how it was answered: times in milliseconds. */
export type Loaded = { requests: number; seconds: number; p50: number; p99: number; bytes: number; statuses: Record<number, number> }

/** A process that sends requests; one for a whole run. */
export function loadGenerator() {
  const child = fork(new URL('load-program.ts', import.meta.url).pathname)
  return {
    pid: child.pid ?? 0,
    async send(load: Load): Promise<Loaded> {
      child.send(load)
      const [loaded] = (await once(child, 'message')) as [Loaded]
      const failed = Object.keys(loaded.statuses).filter((status) => !status.startsWith('2'))
      if (failed.length > 0 || loaded.requests === 0) {
        throw new Error(`${load.origin}${load.calls[0]?.path} was answered ${JSON.stringify(loaded.statuses)}`)
      }
      return loaded
    },
    stop: () => child.kill(),
  }
}
export type LoadGenerator = ReturnType<typeof loadGenerator>
