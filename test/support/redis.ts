import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import type { Limit } from '../../src/config.ts'

export const redisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

/** Whether there is a Redis to test with. */
export async function redisAnswers(): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1000 })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return true
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/** A name before the keys of one test, which go with the test. */
export function keyPrefix(): string {
  const prefix = `npq:test:${randomUUID()}:`
  onTestFinished(async () => {
    const redis = new Redis(redisUrl)
    const keys = await redis.keys(`${prefix}*`)
    if (keys.length > 0) await redis.del(keys)
    redis.disconnect()
  })
  return prefix
}

/** A process of its own that sends so many requests of one token as fast as it can; how many passed. */
export function hammer(prefix: string, limit: Limit, requests: number): Promise<number> {
  const script = new URL('./hammer.ts', import.meta.url).pathname
  const input = JSON.stringify({ url: redisUrl, prefix, limit, requests })
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, input], (error, stdout) => (error ? reject(error) : resolve(Number(stdout))))
  })
}
