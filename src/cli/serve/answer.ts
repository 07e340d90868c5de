import { setTimeout as pause } from 'node:timers/promises'
import { buildApp } from '../../app.ts'
import type { Config } from '../../config.ts'
import type { Connection } from '../../db/connect.ts'
import { openReplica } from '../../db/replica.ts'
import { type Metrics, makeMetrics } from '../../http/metrics.ts'
import { workUntil } from '../../jobs/worker.ts'
import { drain } from '../drain.ts'
import { open } from '../run.ts'
import { mailSender } from '../send-mail.ts'

export type Answering = Readonly<{
  /** the key of the token hashes */
  key: string
  /** told of the connection before it answers anything */
  prepare?: (connection: Connection) => Promise<void>
  /** shows what the process counts; gives what takes that away again */
  showMetrics: (metrics: Metrics) => Promise<() => void>
}>

/** One process that answers requests and carries out jobs, until a signal tells it to stop; resolves once it listens. */
export async function answerUntilStopped(config: Config, { key, prepare, showMetrics }: Answering): Promise<Connection> {
  const { statementTimeout, connectionTimeout } = config
  let slow = (_text: string, _milliseconds: number) => {}
  const onQuery = (text: string, milliseconds: number) => {
    if (milliseconds >= config.slowQuery) slow(text, milliseconds)
  }
  const connection = await open(config, { own: true, statementTimeout, connectionTimeout, onQuery })
  const { db, pool } = connection
  await prepare?.(connection)
  await connection.limitStatements?.(statementTimeout)
  let stopping = false
  const { databaseReplicaUrl, replicaLag, databasePoolSize: poolSize } = config
  const replicaOptions = { poolSize, statementTimeout, connectionTimeout, onQuery, mostLag: replicaLag }
  const replica = databaseReplicaUrl === undefined ? undefined : await openReplica(db, { ...replicaOptions, url: databaseReplicaUrl })
  const metrics = makeMetrics(pool)
  const app = await buildApp({ config, db, pool, ...(replica && { replica }), tokenKey: key, metrics, stopping: () => stopping })
  // that a connection could not be taken, for want of file descriptors say
  app.server.on('error', (error) => app.log.error({ err: error }, 'the port reports an error'))
  slow = (query, duration) => app.log.warn({ query, duration }, 'slow query')

  const noMoreWork = new AbortController()
  const working = workUntil({ db, log: app.log, config, send: mailSender(config, app.log) }, noMoreWork.signal)
  let hideMetrics = () => {}
  const close = async () => {
    noMoreWork.abort()
    await Promise.all([drain(app.server, { grace: config.stopGrace, longest: config.requestTimeout }).then(() => app.close()), working])
    hideMetrics()
    await replica?.close()
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
    hideMetrics = await showMetrics(metrics)
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await close()
    throw error
  }
  return connection
}
