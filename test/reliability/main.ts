import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type pg from 'pg'
import { freePort } from '../support/free-port.ts'
import { firstSuccess, load, type Tally } from '../support/load.ts'
import { type Cluster, programs, startCluster } from './cluster.ts'

/**
 * Does to a PostgreSQL server of its own what may happen to one, under load, and shows what clients saw:
 * `npm run test:reliability`, or with the seconds that connections are cut for: `npm run test:reliability -- 10`.
 */
const seconds = Number(process.argv[2] ?? 60)
const clients = 30
const main = new URL('../../src/main.ts', import.meta.url).pathname

const settings = {
  ENVIRONMENT: 'sandbox',
  TOKEN_KEY: 'a key that only this trial has, of some length',
  // nowhere that anything could be kept
  DATA_DIR: '/dev/null/none',
  LOG_LEVEL: 'fatal',
}

type Trial = {
  name: string
  /** does it, and returns the moment at which the database was back */
  trouble(cluster: Cluster): Promise<number>
}

const trials: Trial[] = [
  {
    name: `connections cut, ${seconds} s`,
    async trouble(cluster) {
      const client = await cluster.connect()
      for (const end = performance.now() + seconds * 1000; performance.now() < end; await pause(20)) {
        await client.query("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'")
      }
      await client.end()
      return performance.now()
    },
  },
  { name: 'restart, fast', trouble: (cluster) => restart(cluster, 'fast') },
  { name: 'restart, immediate', trouble: (cluster) => restart(cluster, 'immediate') },
  {
    name: 'frozen, 8 s',
    async trouble(cluster) {
      await cluster.freeze()
      await pause(8000)
      await cluster.thaw()
      return performance.now()
    },
  },
  {
    name: 'full of connections, 5 s',
    async trouble(cluster) {
      const others: pg.Client[] = []
      const cut =
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '' and backend_type = 'client backend' and pid <> all("
      const admin = await cluster.connect()
      for (const end = performance.now() + 5000; performance.now() < end; await pause(20)) {
        const other = await cluster.connect().catch(() => undefined)
        if (other) others.push(other)
        const own = [admin, ...others].map((client) => (client as unknown as { processID: number }).processID)
        await admin.query(`${cut}array[${own}])`)
      }
      await Promise.all(others.map((other) => other.end()))
      await admin.end()
      return performance.now()
    },
  },
  {
    name: 'locked table, 5 s',
    async trouble(cluster) {
      const client = await cluster.connect()
      await client.query('begin')
      await client.query('lock table applications in access exclusive mode')
      await pause(5000)
      await client.query('rollback')
      await client.end()
      return performance.now()
    },
  },
]

async function restart(cluster: Cluster, mode: 'fast' | 'immediate'): Promise<number> {
  await cluster.stop(mode)
  await pause(2000)
  await cluster.start()
  return performance.now()
}

const bin = programs()
if (bin === undefined) {
  process.stdout.write('No PostgreSQL was tried: its programs (initdb, pg_ctl) were not found. Install a PostgreSQL server.\n')
} else {
  const cluster = await startCluster(bin, { max_connections: '30' })
  try {
    process.exitCode = (await tryAll(cluster)) ? 0 : 1
  } finally {
    await cluster.close()
  }
}

async function tryAll(cluster: Cluster): Promise<boolean> {
  const served = await serve(cluster.url)
  const url = `${served.url}/api/v3/npq-applications?page[per_page]=5`
  const rows: Record<string, unknown>[] = []
  let sound = true
  for (const { name, trouble } of trials) {
    const running = await load(url, served.token, clients)
    await pause(1000)
    const back = await trouble(cluster)
    await pause(2000)
    const tally = await running.stop()
    const first = firstSuccess(tally, back)
    if (tally.faults.length > 0 || first === undefined || first > 1000) sound = false
    rows.push(rowOf(name, tally, first))
  }
  show(rows)
  const stopped = new Promise<number | null>((resolve) => served.process.once('exit', resolve))
  const alive = served.process.exitCode === null
  served.process.kill('SIGTERM')
  const code = alive ? await stopped : served.process.exitCode
  process.stdout.write(
    alive && code === 0 ? 'One process served all of it and ended when told to.\n' : `The process ended by itself, or badly: ${code}.\n`,
  )
  return sound && alive && code === 0
}

function rowOf(name: string, { answers, faults }: Tally, first: number | undefined): Record<string, unknown> {
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  return {
    trouble: name,
    requests: answers.length,
    'answers 200': count(200),
    'answers 503': count(503),
    faults: faults.length === 0 ? 0 : `${faults.length}: ${[...new Set(faults)].slice(0, 3).join(', ')}`,
    'longest (ms)': Math.round(Math.max(...answers.map(({ milliseconds }) => milliseconds))),
    'first 200 after (ms)': first === undefined ? 'none' : Math.round(first),
  }
}

function show(rows: readonly Record<string, unknown>[]) {
  const table = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(String))]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
}

async function serve(databaseUrl: string): Promise<{ url: string; token: string; process: ChildProcess }> {
  const env = { ...settings, PATH: process.env['PATH'] ?? '', DATABASE_URL: databaseUrl }
  await promisify(execFile)(process.execPath, [main, 'seed'], { env })
  const port = await freePort()
  const hurried = { STATEMENT_TIMEOUT_MS: '1000', DATABASE_CONNECTION_TIMEOUT_MS: '1000', STOP_GRACE_MS: '500' }
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { ...env, ...hurried, PORT: String(port), RATE_LIMIT_TOKEN: '1000000', RATE_LIMIT_EVERYTHING: '1000000' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const token = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.once('exit', () => reject(new Error('The service did not start.')))
    child.stdout.on('data', (text) => {
      output += text
      const found = /^token: (.*)$/m.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  return { url: `http://127.0.0.1:${port}`, token, process: child }
}
