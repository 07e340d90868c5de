import { createConnection } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, type LogEvent, PostgresDialect, PostgresQueryCompiler, type Transaction } from 'kysely'
import pg from 'pg'
import { boundLog } from './bounded-log.ts'
import { copyEmbedded } from './copy-embedded.ts'
import { ownEmbedded, socketDirectory, socketPath } from './embedded.ts'
import { PatientClient } from './patient-client.ts'
import { PreparingClient } from './preparing-client.ts'
import type { Tables } from './schema.ts'

export type Database = Kysely<Tables>
/** A database inside a transaction: what every verb writes with. */
export type Transacting = Transaction<Tables>

export type Connection = {
  db: Database
  pool: pg.Pool
  /** false where the database belongs to another process or is a PostgreSQL server */
  owner: boolean
  /** ends statements of the embedded database, once it is brought up to date, that run longer than so many milliseconds */
  limitStatements?(milliseconds: number): Promise<void>
  /** where another process owns the embedded database: opens a copy of it, which goes when it is closed */
  openCopy?(): Promise<Connection>
  close(): Promise<void>
}

export type ConnectOptions = {
  databaseUrl: string | undefined
  dataDirectory: string
  poolSize: number
  /** how long to wait for the embedded database to come free or to answer, in milliseconds */
  patience?: number
  /** told once what is waited for, where it does not come at once */
  onWait?: (line: string) => void
  /** refuse to share the embedded database with a process that owns it already */
  own?: boolean
  /** milliseconds after which the server ends a statement, and that a query waits for a connection */
  statementTimeout?: number
  connectionTimeout?: number
  /** told of every query: its text, never its values */
  onQuery?: (text: string, milliseconds: number) => void
}

/** Opens PostgreSQL, or the embedded database: as its owner, or through the process that owns it. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  if (options.databaseUrl)
    return fromPool(new pg.Pool({ ...settingsOf(options), connectionString: options.databaseUrl, max: options.poolSize }), options)

  const { patience = options.own ? 5000 : 30_000, onWait = () => {} } = options
  const deadline = performance.now() + patience
  for (let attempt = 1; ; attempt++) {
    const embedded = await ownEmbedded(options.dataDirectory)
    if (embedded) {
      const connection = fromPool(socketPool(embedded.directory, options.poolSize), options)
      const leaveLog = boundLog(connection.pool)
      return {
        ...connection,
        owner: true,
        limitStatements: embedded.limitStatements,
        async close() {
          leaveLog()
          await connection.close()
          await embedded.close()
        },
      }
    }
    const directory = socketDirectory(options.dataDirectory)
    if (!options.own && (await answers(socketPath(directory)))) {
      const connection = fromPool(socketPool(directory, Math.min(options.poolSize, 4)))
      return { ...connection, openCopy: () => openCopy(connection.pool, options.dataDirectory) }
    }
    if (performance.now() > deadline) {
      throw new Error(
        `The embedded database in ${options.dataDirectory} is in use by another process. Stop that process, or set DATA_DIR to another folder.`,
      )
    }
    if (attempt === 1) {
      onWait(`Another process has the embedded database in ${options.dataDirectory} open: waiting up to ${patience / 1000} seconds for it.`)
    }
    await pause(100)
  }
}

async function openCopy(pool: pg.Pool, dataDirectory: string): Promise<Connection> {
  const copy = await copyEmbedded(pool, dataDirectory)
  if (!copy) {
    throw new Error(`Another command works on a copy of the embedded database in ${dataDirectory}. Give this one again when that has ended.`)
  }
  const connection = fromPool(socketPool(copy.directory, 1))
  return {
    ...connection,
    async close() {
      await connection.close()
      await copy.close()
    },
  }
}

/** A connection to whatever listens on the socket in this folder. */
export function fromSocket(directory: string, poolSize: number): Connection {
  return fromPool(socketPool(directory, poolSize))
}

/** Milliseconds after the end of a statement's time from which on a server that said nothing is taken for frozen. */
const silence = 1000

function settingsOf({ statementTimeout, connectionTimeout }: ConnectOptions): pg.PoolConfig {
  return {
    ...poolSettings,
    Client: PreparingClient,
    ...(statementTimeout && { statement_timeout: statementTimeout, query_timeout: statementTimeout + silence }),
    ...(connectionTimeout && { connectionTimeoutMillis: connectionTimeout }),
  }
}

function fromPool(pool: pg.Pool, { onQuery }: Pick<ConnectOptions, 'onQuery'> = {}): Connection {
  // A broken connection fails the query that uses it and is replaced at the next; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({
    dialect: new TemporalDialect({ pool }),
    ...(onQuery && { log: ({ query, queryDurationMillis }: LogEvent) => onQuery(query.sql, queryDurationMillis) }),
  })
  return { db, pool, owner: false, close: () => db.destroy() }
}

function socketPool(directory: string, max: number): pg.Pool {
  return new pg.Pool({ ...poolSettings, host: directory, user: 'postgres', database: 'postgres', max })
}

/** Writes Temporal values as PostgreSQL reads them. */
class TemporalDialect extends PostgresDialect {
  override createQueryCompiler() {
    return new TemporalQueryCompiler()
  }
}

class TemporalQueryCompiler extends PostgresQueryCompiler {
  protected override addParameter(value: unknown) {
    super.addParameter(value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value)
  }
}

const readers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.TIMESTAMPTZ]: (text) => Temporal.Instant.from(text),
  [pg.types.builtins.DATE]: (text) => Temporal.PlainDate.from(text),
}

const poolSettings: pg.PoolConfig = {
  Client: PatientClient,
  // a server that went away without a word is noticed on idle connections too
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  // so that after a failover or a change of address no connection stays with the old server for ever
  maxLifetimeSeconds: 1800,
  // an instant is read from its text, which must carry an offset that Temporal knows
  options: '-c timezone=UTC',
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') => readers[oid] ?? pg.types.getTypeParser(oid, format as 'text'),
  } as pg.CustomTypesConfig,
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
