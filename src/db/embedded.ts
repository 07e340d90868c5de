import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

/** How many clients the embedded database takes at once; their transactions run one after the other. */
const maxConnections = 100
// Unix sockets have a path limit of about 104 bytes.
const longestSocketDirectory = 80

export type EmbeddedDatabase = { directory: string; close(): Promise<void> }

/** The folder of the embedded database's Unix socket; `psql -h <folder> -U postgres` opens it too. */
export function socketDirectory(dataDirectory: string): string {
  if (Buffer.byteLength(dataDirectory) <= longestSocketDirectory) return dataDirectory
  return join(tmpdir(), `npq-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)}`)
}

export function socketPath(directory: string): string {
  return join(directory, '.s.PGSQL.5432')
}

/**
 * Opens the embedded database as its one owner and offers it on a Unix socket.
 * Returns undefined where another process owns it. `loadFrom` is a dumped data directory to start from.
 */
export async function ownEmbedded(dataDirectory: string, loadFrom?: Blob): Promise<EmbeddedDatabase | undefined> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const lock = lockFile(join(dataDirectory, 'owner.lock'))
  if (!lock) return undefined
  const database = await PGlite.create({ dataDir: join(dataDirectory, 'postgres'), ...(loadFrom && { loadDataDir: loadFrom }) })
  const offered = await offer(database, socketDirectory(dataDirectory))
  return {
    directory: offered.directory,
    async close() {
      await offered.close()
      lock.close()
    },
  }
}

/** Offers a database to many clients at once on the Unix socket in this folder. */
export async function offer(database: PGlite, directory: string): Promise<EmbeddedDatabase> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await rm(socketPath(directory), { force: true })
  keepPipelinesWhole(database)
  const server = new PGLiteSocketServer({ db: database, path: socketPath(directory), maxConnections })
  await server.start()
  return {
    directory,
    async close() {
      await server.stop()
      await database.close()
      await rm(socketPath(directory), { force: true })
    },
  }
}

/** The messages of the extended query protocol that a Sync or a simple Query ends: Parse, Bind, Describe, Execute, Close, Flush. */
const pipelined = new Set([...'PBDECH'].map((type) => type.charCodeAt(0)))

/**
 * The socket server takes the clients' messages in turn and holds to one client only inside a transaction. A client's Parse and Bind
 * could so have another client's between them, and its values would go to the other's statement. A pipeline that has begun
 * therefore counts as a transaction until its Sync.
 */
function keepPipelinesWhole(database: PGlite): void {
  let open = false
  const run = database.execProtocolRawStream.bind(database)
  const inTransaction = database.isInTransaction.bind(database)
  const exec = database.exec.bind(database)
  database.execProtocolRawStream = (message, options) => {
    open = pipelined.has(message[0] ?? 0)
    return run(message, options)
  }
  database.isInTransaction = () => open || inTransaction()
  // how the server clears up after a client that went away
  database.exec = (query, options) => {
    open = false
    return exec(query, options)
  }
}

/** An SQLite file is locked by the operating system, which lets go of it when the process ends, however it ends. */
function lockFile(path: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(path)
  try {
    lock.exec('begin exclusive')
    return lock
  } catch {
    lock.close()
    return undefined
  }
}
