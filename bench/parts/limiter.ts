import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../test/support/free-port.ts'
import { get } from '../asked/asked.ts'
import { type Gauge, repeatedly } from '../gauge/measure.ts'
import { median } from '../gauge/measured.ts'
import type { Plan } from '../plan.ts'
import type { Limiter } from '../results.ts'
import { say } from '../say.ts'
import { serve } from '../sides/process.ts'
import type { Side } from '../sides/service.ts'

const program = new URL('limiter-program.ts', import.meta.url).pathname

/** What the limiter adds to the processor time of a request: servers with it, on each store, beside one without. */
export async function limiter(plan: Plan, gauge: Gauge): Promise<Limiter> {
  const redis = await startRedis()
  say(`the limiter${redis ? '' : ', without Redis, which is not installed here'}`)
  const stores = ['none', 'memory', ...(redis ? ['redis'] : [])]
  const servers = await Promise.all(stores.map((store) => startServer(store, redis)))
  try {
    const calls = [get('/api/v3/npq-applications')]
    const subjects = servers.map((server) => ({ store: server.name, again: repeatedly(gauge, server, calls, plan.milliseconds) }))
    const times = new Map<string, number[]>()
    for (let round = 0; round <= plan.rounds; round++) {
      for (const { store, again } of subjects) {
        const { node } = await again()
        // the first round warms up
        if (round > 0) times.set(store, [...(times.get(store) ?? []), node])
      }
    }
    const added = (store: string) => median(times.get(store) ?? []) - median(times.get('none') ?? [])
    return { memory: added('memory'), ...(redis && { redis: added('redis') }) }
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()))
    await redis?.stop()
  }
}

async function startServer(name: string, redis: { url: string; pid: number } | undefined): Promise<Side & { name: string }> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const running = await serve([program, name], { PORT: String(port), REDIS_URL: redis?.url }, origin)
  const store = name === 'redis' && redis ? { store: redis.pid } : {}
  return { ...running, name, origin, headers: { authorization: 'Bearer t' }, application: '', ...store }
}

/** A Redis of the bench's own, so that its work can be counted; undefined where there is none. */
async function startRedis() {
  const port = await freePort()
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
  const failed = await Promise.race([once(child, 'error').then(() => true), answers(port).then(() => false)])
  if (failed) return undefined
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { url: `redis://127.0.0.1:${port}`, pid: child.pid ?? 0, stop }
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1')
    const open = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)))
    socket.destroy()
    if (open) return
    await pause(50)
  }
}
