import { Redis, type Result } from 'ioredis'
import type { LogPlace } from '../../db/replica.ts'

/** Where each provider's newest change lies, for as long as a replica that may be read can be without it. */
export type OwnWrites = Readonly<{
  note(provider: number, place: LogPlace): Promise<void>
  /** the place of the newest change; the lowest of all where a replica that may be read has it already */
  newest(provider: number): Promise<LogPlace>
  close(): void
}>

/** What one process knows: enough where it alone serves. */
export function memoryWrites(): OwnWrites {
  const places = new Map<number, LogPlace>()
  const known = (provider: number) => places.get(provider) ?? 0n
  return {
    async note(provider, place) {
      if (place > known(provider)) places.set(provider, place)
    },
    newest: async (provider) => known(provider),
    close() {},
  }
}

declare module 'ioredis' {
  interface RedisCommander<Context> {
    noteHigher(key: string, place: string, milliseconds: number): Result<null, Context>
  }
}

/** Of two changes at once the later may be noted first. Places have leading zeros, so that they compare as texts. */
const noteHigher = `
local known = redis.call('GET', KEYS[1])
local place = ARGV[1]
if known and known > place then place = known end
redis.call('SET', KEYS[1], place, 'PX', ARGV[2])`

export type SharedWrites = Readonly<{
  url: string
  /** milliseconds for which a change is remembered */
  kept: number
  /** told whenever the store is there anew, perhaps without what it held */
  onNew: () => void
  prefix?: string
}>

/** What all nodes know, in Redis or Valkey; a store that is down or slow makes both fail. */
export function redisWrites({ url, kept, onNew, prefix = 'npq:written:' }: SharedWrites): OwnWrites {
  const redis = new Redis(url, {
    keyPrefix: prefix,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 250,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  })
  // every failure shows at the request that meets it
  redis.on('error', () => {}).on('ready', onNew)
  redis.defineCommand('noteHigher', { numberOfKeys: 1, lua: noteHigher })
  // what this process did it knows although the store may not have taken it
  const own = memoryWrites()
  return {
    async note(provider, place) {
      await own.note(provider, place)
      await redis.noteHigher(String(provider), place.toString().padStart(20, '0'), kept)
    },
    async newest(provider) {
      const [mine, shared] = await Promise.all([own.newest(provider), redis.get(String(provider))])
      const place = BigInt(shared ?? 0)
      return place > mine ? place : mine
    },
    close: () => redis.disconnect(),
  }
}
