import { Redis, type Result } from 'ioredis'
import type { Count } from './rules.ts'
import type { Standing, Windows } from './windows.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeFromWindows(keyCount: number, ...keysAndNumbers: (string | number)[]): Result<[number, number, number][], Context>
  }
}

/**
 * Decides and counts, or only decides, in one step on the store, whose own clock is the only one that is asked, so the nodes' clocks may differ.
 * Each window is a list of the instants in it. A list outlives its newest instant by its span and a second.
 */
const takeFromWindows = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local standings = {}
local passes = true
for place, key in ipairs(KEYS) do
  local limit = tonumber(ARGV[2 * place - 1])
  local span = tonumber(ARGV[2 * place])
  local oldest = redis.call('LINDEX', key, 0)
  while oldest and tonumber(oldest) <= now - span do
    redis.call('LPOP', key)
    oldest = redis.call('LINDEX', key, 0)
  end
  local length = redis.call('LLEN', key)
  local full = length >= limit
  if full then
    passes = false
    oldest = redis.call('LINDEX', key, length - limit)
  end
  standings[place] = { limit - length, oldest and tonumber(oldest) + span - now or span, full and 1 or 0 }
end
if passes and ARGV[#ARGV] == 'count' then
  for place, key in ipairs(KEYS) do
    redis.call('RPUSH', key, string.format('%.0f', now))
    redis.call('PEXPIRE', key, math.ceil(tonumber(ARGV[2 * place]) / 1000) + 1000)
    standings[place][1] = standings[place][1] - 1
  end
end
return standings`

export type RedisOptions = Readonly<{
  url: string
  /** stands before the name of every key */
  prefix?: string
  /** how long a request waits for the store, in milliseconds, before it passes uncounted */
  patience?: number
}>

/** Windows that all nodes share, in Redis or Valkey. A store that is down or slow makes `take` fail, at once or after its patience. */
export function redisWindows({ url, prefix = 'npq:limit:', patience = 250 }: RedisOptions): Windows {
  const redis = new Redis(url, {
    keyPrefix: prefix,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: patience,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  })
  // every failure shows at the request that meets it
  redis.on('error', () => {})
  redis.defineCommand('takeFromWindows', { lua: takeFromWindows })
  async function ask(counts: readonly Count[], purpose: 'count' | 'look'): Promise<Standing[]> {
    const keys = counts.map(({ rule, whose }) => `${rule}:${whose}`)
    const numbers = counts.flatMap(({ limit }) => [limit.requests, limit.seconds * 1_000_000])
    const standings = await redis.takeFromWindows(counts.length, ...keys, ...numbers, purpose)
    return counts.map((count, place): Standing => {
      const [remaining = 0, freesIn = 0, full = 0] = standings[place] ?? []
      return { count, remaining: Math.max(0, remaining), freesIn, full: full === 1 }
    })
  }

  return {
    take: (counts) => ask(counts, 'count'),
    look: (counts) => ask(counts, 'look'),
    answers: async () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  }
}
