import { randomUUID } from 'node:crypto'
import { fastify } from 'fastify'
import { makeLimiter } from '../../src/api/rate-limit/hook.ts'
import { memoryWindows } from '../../src/api/rate-limit/memory-windows.ts'
import { redisWindows } from '../../src/api/rate-limit/redis-windows.ts'
import { readConfig } from '../../src/config.ts'

// A server that does nothing but hold requests to the limits, on the store that its argument names, or not at all.

const [store] = process.argv.slice(2)
// full windows at their real size, without refusals
const { limits } = readConfig({
  RATE_LIMIT_TOKEN: '1000000',
  RATE_LIMIT_TOKEN_SECONDS: '1',
  RATE_LIMIT_EVERYTHING: '1000000',
  RATE_LIMIT_EVERYTHING_SECONDS: '1',
})
const windows =
  store === 'redis'
    ? redisWindows({ url: process.env['REDIS_URL'] ?? '', prefix: `npq:bench:${randomUUID()}:`, patience: 5000 })
    : store === 'memory'
      ? memoryWindows()
      : undefined
const app = fastify()
app.decorateRequest('token', null)
app.addHook('onRequest', async (request) => {
  request.token = { id: 1, scope: 'lead_provider', provider: { id: 1, name: 'A provider' }, useIsNoted: true }
})
if (windows) app.addHook('onRequest', makeLimiter({ limits, windows }).hold)
app.get('/api/v3/npq-applications', async () => ({ data: [] }))
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
