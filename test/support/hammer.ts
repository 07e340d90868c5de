import { setTimeout as pause } from 'node:timers/promises'
import { redisWindows } from '../../src/api/rate-limit/redis-windows.ts'

// Started by hammer() of redis.ts in a process of its own; prints how many requests passed.
const { url, prefix, limit, requests } = JSON.parse(process.argv[2] ?? '{}')
const windows = redisWindows({ url, prefix, patience: 30_000 })
while (!(await windows.answers())) await pause(10)
const standings = await Promise.all(Array.from({ length: requests }, () => windows.take([{ rule: 'token', whose: '1', limit }])))
process.stdout.write(String(standings.flat().filter(({ full }) => !full).length))
await windows.close()
