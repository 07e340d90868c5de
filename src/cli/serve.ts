import cluster from 'node:cluster'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { pino } from 'pino'
import { momentOf, systemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import type { Connection, Database } from '../db/connect.ts'
import { listProviders } from '../domain/reference/providers.ts'
import { issue } from '../domain/tokens/issue.ts'
import { findToken } from '../domain/tokens/records.ts'
import { hashToken, makeToken } from '../domain/tokens/token.ts'
import { serveMetrics } from '../http/metrics.ts'
import { loggedError } from '../http/redact.ts'
import { runs } from './kinds.ts'
import { errorText, note, open, prepare, print } from './run.ts'
import { answerUntilStopped } from './serve/answer.ts'
import { tellMetrics } from './serve/worker-metrics.ts'
import { startWorkers } from './serve/workers.ts'
import { tokenKey } from './token-key.ts'
import { orRefuse } from './verdict.ts'

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('serve the API')
    .option('--workers <number>', 'processes that share the port, on a database server', readWorkers, 1)
  runs(command, serve)
}

function readWorkers(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= mostWorkers) return number
  throw new InvalidArgumentError(`Give a whole number from 1 to ${mostWorkers}.`)
}

const mostWorkers = 64

async function serve({ workers }: { workers: number }) {
  const config = readConfig(process.env)
  // whoever reads what is printed may go away: the service goes on
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  if (cluster.isWorker) await serveAsWorker(config)
  else if (workers > 1) await serveWith(workers, config)
  else await serveAlone(config)
}

async function serveAlone(config: Config) {
  if (config.databaseUrl) await onOwnConnection(config, (connection) => bringUpToDate(connection, config))
  const key = await tokenKey(config)
  const { db } = await answerUntilStopped(config, {
    key,
    async prepare(connection) {
      if (!config.databaseUrl) await bringUpToDate(connection, config)
    },
    async showMetrics(metrics) {
      if (config.metricsPort === undefined) return () => {}
      const server = await serveMetrics(metrics, config.metricsHost, config.metricsPort)
      return () => server.close()
    },
  })
  if (config.environment === 'sandbox') await showToken(db, config, key)
}

/** Brings the database up to date once, and then starts the workers, which find all that they need. */
async function serveWith(count: number, config: Config) {
  refuseWorkers(config)
  await onOwnConnection(config, (connection) => bringUpToDate(connection, config))
  const key = await tokenKey(config)
  const log = pino({ level: config.logLevel, serializers: { err: loggedError } })
  const { ready, ended } = await startWorkers(config, count, log)
  await ready
  if (config.environment === 'sandbox') await onOwnConnection(config, ({ db }) => showToken(db, config, key))
  await ended
}

async function serveAsWorker(config: Config) {
  try {
    await answerUntilStopped(config, {
      key: await tokenKey(config),
      async showMetrics(metrics) {
        tellMetrics(metrics)
        return () => {}
      },
    })
  } catch (error) {
    note(`npq: ${errorText(error)}`)
    // the channel to the process that started it would keep it
    process.exit(1)
  }
}

function refuseWorkers({ databaseUrl, redisUrl }: Config) {
  if (!databaseUrl) {
    throw new Error(
      'The embedded database belongs to one process, so one worker alone can serve it. For more, set DATABASE_URL to a PostgreSQL server.',
    )
  }
  if (!redisUrl) {
    throw new Error(
      'Several workers count requests together in Redis, or each would let a whole limit through. Set REDIS_URL, or serve with one worker.',
    )
  }
}

async function bringUpToDate(connection: Connection, config: Config) {
  await prepare(connection, config)
  if (config.environment !== 'sandbox') return
  const { seed } = await import('../sandbox/seed.ts')
  await seed(connection.db, systemClock.now())
}

/** Works beside what serves, on a connection whose statements take the time that they need. */
async function onOwnConnection(config: Config, work: (connection: Connection) => Promise<void>) {
  const connection = await open(config)
  try {
    await work(connection)
  } finally {
    await connection.close()
  }
}

/** A sandbox starts with a token in hand: made once, kept beside the data, shown on the terminal. */
async function showToken(db: Database, config: Config, key: string) {
  const path = join(config.dataDirectory, 'sandbox-token')
  const kept = await readFile(path, 'utf8').catch(() => undefined)
  const token = kept !== undefined && (await findToken(db, hashToken(kept, key))) ? kept : await makeSandboxToken(db, config, key, path)
  print(`token: ${token}`)
  print(`curl -g -H 'Authorization: Bearer ${token}' '${config.publicUrl}/api/v3/npq-applications?page[per_page]=2'`)
}

async function makeSandboxToken(db: Database, config: Config, key: string, path: string): Promise<string> {
  const token = makeToken(config.environment)
  const [provider] = await listProviders(db)
  const issued = await issue(db, {
    ...momentOf(systemClock),
    author: 'Command serve',
    token,
    key,
    label: 'made at the first start of this sandbox',
    scope: 'lead_provider',
    provider: provider?.name,
  })
  orRefuse(issued)
  try {
    await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
    await writeFile(path, token, { mode: 0o600 })
  } catch (error) {
    note(`The token of this sandbox could not be kept, so the next start makes another one. ${errorText(error)}`)
  }
  return token
}
