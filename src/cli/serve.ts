import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { buildApp } from '../app.ts'
import { momentOf, systemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import type { Database } from '../db/connect.ts'
import { issue } from '../domain/tokens/issue.ts'
import { tokenKey } from '../domain/tokens/key.ts'
import { findToken } from '../domain/tokens/queries.ts'
import { hashToken, makeToken } from '../domain/tokens/token.ts'
import { makeMetrics, serveMetrics } from '../http/metrics.ts'
import { workUntil } from '../jobs/worker.ts'
import { drain } from './drain.ts'
import { runs } from './kinds.ts'
import { errorText, note, open, prepare, print } from './run.ts'
import { mailSender } from './send-mail.ts'

export function addServe(program: Command): void {
  runs(program.command('serve').description('serve the API'), serve)
}

async function serve() {
  const config = readConfig(process.env)
  // whoever reads what is printed may go away: the service goes on
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  if (config.databaseUrl) await prepareServer(config)
  const { statementTimeout, connectionTimeout } = config
  let slow = (_text: string, _milliseconds: number) => {}
  const onQuery = (text: string, milliseconds: number) => {
    if (milliseconds >= config.slowQuery) slow(text, milliseconds)
  }
  const connection = await open(config, { own: true, statementTimeout, connectionTimeout, onQuery })
  const { db, pool } = connection
  if (!config.databaseUrl) await prepare(connection, config)
  const key = await tokenKey(config)
  if (config.environment === 'sandbox') {
    const { seed } = await import('../sandbox/seed.ts')
    await seed(db, systemClock.now())
  }
  await connection.limitStatements?.(statementTimeout)
  let stopping = false
  const metrics = makeMetrics(pool)
  const app = await buildApp({ config, db, pool, tokenKey: key, metrics, stopping: () => stopping })
  // that a connection could not be taken, for want of file descriptors say
  app.server.on('error', (error) => app.log.error({ err: error }, 'the port reports an error'))
  slow = (query, duration) => app.log.warn({ query, duration }, 'slow query')

  const noMoreWork = new AbortController()
  const working = workUntil({ db, log: app.log, config, send: mailSender(config, app.log) }, noMoreWork.signal)
  let metricsServer: Server | undefined
  const close = async () => {
    noMoreWork.abort()
    await Promise.all([drain(app.server, { grace: config.stopGrace, longest: config.requestTimeout }).then(() => app.close()), working])
    metricsServer?.close()
    await connection.close()
  }
  const stop = async () => {
    if (stopping) return
    // the health check fails first, so that the proxy sends no more; then what was accepted is answered
    stopping = true
    await pause(config.stopDelay)
    await close()
    process.exit(0)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)

  try {
    if (config.metricsPort !== undefined) metricsServer = await serveMetrics(metrics, config.metricsHost, config.metricsPort)
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await close()
    throw error
  }
  if (config.environment === 'sandbox') await showToken(db, config, key)
}

/** Brings a database server up to date on a connection of its own: migrations take the time that they need. */
async function prepareServer(config: Config) {
  const connection = await open(config)
  try {
    await prepare(connection, config)
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
  const provider = (await db.selectFrom('lead_providers').select('name').orderBy('name').executeTakeFirstOrThrow()).name
  await issue(db, {
    ...momentOf(systemClock),
    author: 'Command serve',
    token,
    key,
    label: 'made at the first start of this sandbox',
    scope: 'lead_provider',
    provider,
  })
  try {
    await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
    await writeFile(path, token, { mode: 0o600 })
  } catch (error) {
    note(`The token of this sandbox could not be kept, so the next start makes another one. ${errorText(error)}`)
  }
  return token
}
