import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import pg from 'pg'

// What two workers answer in the place of one: lists of 100 of a sandbox, a second, in turns, medians over rounds. Run: npm run bench:workers
// On the PostgreSQL server of TEST_DATABASE_URL, in a database of its own, with the Redis of TEST_REDIS_URL.

const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const rounds = Number(process.env['ROUNDS'] ?? 3)
const duration = Number(process.env['SECONDS'] ?? 8)
const port = 23_987
const name = `npq_workers_${process.pid}`

const admin = new pg.Client({ connectionString: server })
await admin.connect()
await admin.query(`create database ${name}`)
const folder = await mkdtemp(join(tmpdir(), 'npq-workers-'))
try {
  const rates: Record<number, number[]> = { 1: [], 2: [] }
  for (let round = 1; round <= rounds; round++) {
    for (const workers of [1, 2]) {
      const rate = await measure(workers)
      rates[workers]?.push(rate)
      process.stdout.write(`round ${round}, ${workers} workers: ${rate} a second (load ${loadavg()[0]?.toFixed(1)})\n`)
    }
  }
  const [one = 0, two = 0] = [1, 2].map((workers) => median(rates[workers] ?? []))
  process.stdout.write(`medians ${one} and ${two} a second: ${(two / one).toFixed(2)}\n`)
} finally {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
  await rm(folder, { recursive: true })
}

async function measure(workers: number): Promise<number> {
  const database = new URL(server)
  database.pathname = `/${name}`
  const child = spawn(process.execPath, [new URL('../../src/main.ts', import.meta.url).pathname, 'serve', '--workers', String(workers)], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: database.href,
      DATA_DIR: folder,
      REDIS_URL: process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379',
      LOG_LEVEL: 'fatal',
      STOP_GRACE_MS: '100',
      RATE_LIMIT_TOKEN: '1000000',
      RATE_LIMIT_EVERYTHING: '1000000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const token = await new Promise<string>((resolve) => {
    let printed = ''
    child.stdout.on('data', (text) => {
      printed += text
      const found = /^token: (\S+)\n/m.exec(printed)?.[1]
      if (found) resolve(found)
    })
  })
  const load = (seconds: number) =>
    autocannon({
      url: `http://127.0.0.1:${port}/api/v3/npq-applications?page[per_page]=100`,
      headers: { authorization: `Bearer ${token}` },
      connections: 16,
      duration: seconds,
    })
  await load(2)
  const { requests, non2xx, errors } = await load(duration)
  if (non2xx + errors > 0) throw new Error(`${non2xx} refusals and ${errors} errors`)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  return Math.round(requests.average)
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
