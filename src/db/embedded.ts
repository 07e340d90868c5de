import { createHash } from 'node:crypto'
import { mkdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { DurableFiles } from './durable-files.ts'
import { limitStatements } from './statement-limit.ts'

/** How many clients the embedded database takes at once; their transactions run one after the other. */
const maxConnections = 100
// Unix sockets have a path limit of about 104 bytes.
const longestSocketDirectory = 80

export type EmbeddedDatabase = { directory: string; close(): Promise<void> }
/** What is owned besides can end statements that run longer than so many milliseconds. */
export type OwnedDatabase = EmbeddedDatabase & { limitStatements(milliseconds: number): Promise<void> }

/** The folder of the embedded database's Unix socket; `psql -h <folder> -U postgres` opens it too. */
export function socketDirectory(dataDirectory: string): string {
  if (Buffer.byteLength(dataDirectory) <= longestSocketDirectory) return dataDirectory
  return join(tmpdir(), `npq-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)}`)
}

export function socketPath(directory: string): string {
  return join(directory, '.s.PGSQL.5432')
}

/** Where the files of the embedded database are. */
export function databaseFolder(dataDirectory: string): string {
  return join(dataDirectory, 'postgres')
}

type Owning = {
  /** fills the folder of the database before it is opened */
  fill?: (folder: string) => Promise<void>
  /** false where commits need not outlive a power cut */
  durable?: boolean
}

/** Opens the embedded database as its one owner and offers it on a Unix socket. Returns undefined where another process owns it. */
export async function ownEmbedded(dataDirectory: string, { fill, durable = true }: Owning = {}): Promise<OwnedDatabase | undefined> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const lock = lockFile(join(dataDirectory, 'owner.lock'))
  if (!lock) return undefined
  const database = await start(dataDirectory, fill, durable).catch((error) => {
    lock.close()
    throw error
  })
  const offered = await offer(database, socketDirectory(dataDirectory))
  let limit: { close(): Promise<void> } | undefined
  return {
    directory: offered.directory,
    async limitStatements(milliseconds) {
      limit = await limitStatements(database, milliseconds)
    },
    async close() {
      await limit?.close()
      await offered.close()
      lock.close()
    },
  }
}

async function start(dataDirectory: string, fill: Owning['fill'], durable: boolean): Promise<PGlite> {
  const folder = databaseFolder(dataDirectory)
  await fill?.(folder)
  try {
    if (!durable) return await PGlite.create(folder)
    return await PGlite.create({
      fs: new DurableFiles(folder),
      // what keeps a commit out of the files is taken out; of the ways to write the log only `fsync` is one that reaches the disk here
      startParams: [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'],
    })
  } catch (error) {
    // it says of a full disk only that it could not start
    const { bavail, bsize } = await statfs(dataDirectory)
    if (bavail * bsize > leastSpace) throw error
    throw new Error(`The disk that holds ${dataDirectory} is full: the embedded database needs ${leastSpace / megabyte} MB to start.`, {
      cause: error,
    })
  }
}

const megabyte = 1024 * 1024
const leastSpace = 64 * megabyte

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
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode === lockedByAnother) return undefined
    throw error
  }
}

const lockedByAnother = 5
