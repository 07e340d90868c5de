import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import { fastify } from 'fastify'
import { makeLimiter } from '../src/api/rate-limit/hook.ts'
import { memoryWindows } from '../src/api/rate-limit/memory-windows.ts'
import { redisWindows } from '../src/api/rate-limit/redis-windows.ts'
import { countsOf } from '../src/api/rate-limit/rules.ts'
import type { Windows } from '../src/api/rate-limit/windows.ts'
import { readConfig } from '../src/config.ts'
import { heapInUse } from '../test/support/heap.ts'

// What the limiter costs: requests a second of a bare server without it and with it, on each store, in one run,
// the three taking turns so that a slow spell of the machine meets all alike. Run: npx node bench/limiter.ts

const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const rounds = Number(process.env['ROUNDS'] ?? 5)
const token = { id: 1, scope: 'lead_provider' as const, provider: { id: 1, name: 'A provider' } }
const { limits } = readConfig({ RATE_LIMIT_TOKEN: '1000', RATE_LIMIT_EVERYTHING: '1000000' })
// full windows at their real size, without refusals in the figures
const open = { ...limits, token: { requests: 1_000_000, seconds: 1 }, everything: { requests: 1_000_000, seconds: 1 } }

async function server(windows?: Windows) {
  const app = fastify()
  app.decorateRequest('token', null)
  app.addHook('onRequest', async (request) => {
    request.token = token
  })
  if (windows) app.addHook('onRequest', makeLimiter({ limits: open, windows }).hold)
  app.get('/api/v3/npq-applications', async () => ({ data: [] }))
  return { app, address: await app.listen({ port: 0, host: '127.0.0.1' }) }
}

async function rate(address: string): Promise<number> {
  const result = await autocannon({ url: `${address}/api/v3/npq-applications`, headers: { authorization: 'Bearer t' }, connections: 50, duration: 3 })
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return result.requests.average
}

const redis = redisWindows({ url, prefix: `npq:bench:${randomUUID()}:`, patience: 5000 })
const patience = performance.now() + 2000
while (!(await redis.answers()) && performance.now() < patience) await pause(20)
const stores = [['without', undefined], ['memory', memoryWindows()], ...((await redis.answers()) ? [['redis', redis] as const] : [])] as const
const servers = await Promise.all(stores.map(async ([name, windows]) => ({ name, ...(await server(windows)), rates: [] as number[] })))
for (let round = 0; round < rounds; round++) for (const each of servers) each.rates.push(await rate(each.address))

const median = (rates: number[]) => rates.toSorted((one, other) => one - other)[Math.floor(rates.length / 2)] ?? 0
const bare = median(servers[0]?.rates ?? [])
for (const { name, rates } of servers) {
  process.stdout.write(
    `${name.padEnd(8)} ${Math.round(median(rates))} requests/s, ${(median(rates) / bare).toFixed(2)} of the server without a limiter\n`,
  )
}
await Promise.all(servers.map(({ app }) => app.close()))
await redis.close()

const windows = memoryWindows()
const made = async (howMany: number, client: (request: number) => string) => {
  for (let request = 0; request < howMany; request++) {
    await windows.take(countsOf({ path: '/api/v3/npq-applications', client: client(request), token: undefined, presented: true }, limits))
  }
}
const before = heapInUse()
await made(100_000, () => '203.0.113.7')
const oneClient = heapInUse()
await made(100_000, (request) => `client ${request}`)
const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`
process.stdout.write(
  `100,000 made-up tokens of one client: ${mebibytes(oneClient - before)}; of as many clients: ${mebibytes(heapInUse() - oneClient)}\n`,
)
