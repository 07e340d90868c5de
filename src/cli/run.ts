import type { Command } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { type Connection, type ConnectOptions, connect } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { loadReference } from '../domain/reference/load.ts'
import { referenceFacts } from '../reference-files.ts'

/** Runs a command on the configured database, with the schema and the reference facts up to date, and closes it afterwards. */
export async function withDatabase<T>(work: (connection: Connection, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const connection = await open(config)
  try {
    await prepare(connection, config)
    return await work(connection, config)
  } finally {
    await connection.close()
  }
}

export function open(
  config: Config,
  options: Pick<ConnectOptions, 'own' | 'statementTimeout' | 'connectionTimeout' | 'onQuery'> = {},
): Promise<Connection> {
  const { databaseUrl, dataDirectory, databasePoolSize: poolSize } = config
  return connect({ databaseUrl, dataDirectory, poolSize, onWait: note, ...options })
}

/** Migrates and loads the reference facts; safe to repeat. Returns the migrations that ran. */
export async function prepare({ db }: Connection, config: Config): Promise<string[]> {
  const ran = await migrate(db)
  await loadReference(db, await referenceFacts(), { production: config.environment === 'production' })
  return ran
}

/** What a command tells its caller; never through the log. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** What a command tells about its progress, beside its result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** The group of commands with this name, made where no other file has made it. */
export function commandGroup(program: Command, name: string, description: string): Command {
  const known = program.commands.find((command) => command.name() === name || command.aliases().includes(name))
  return known ?? program.command(name).description(description)
}

/** An error as its reader needs it: what is wrong, in a line or more. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path, message, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number }
  if (code === 'EADDRINUSE') return `Another process listens at ${address}:${port} already: choose another PORT or METRICS_PORT.`
  if (code === 'ECONNREFUSED' && port !== undefined) return `Nothing answers at ${address}:${port}: is that the database, and is DATABASE_URL right?`
  if (code === '53100') return `The disk of the database server is full: make room there, then try again. It says: ${message}.`
  if (code === '57014')
    return 'The database ended a statement that ran too long. If it is the embedded one of a running server, stop that server and try again.'
  if (code === 'ENOSPC') return `The disk is full${path === undefined ? '' : `: ${path} could not be written`}. Make room there, then try again.`
  if (code === 'ERR_SQLITE_ERROR') return `DATA_DIR cannot be used: ${message}. Is the folder writable, and is there room on its disk?`
  if (path === undefined) return message
  if (code === 'ENOTDIR' || code === 'EEXIST') return `${path} is no folder, or lies in a file: name another one.`
  if (code === 'EROFS') return `${path} may not be written: its disk is read-only.`
  if (code === 'ENOENT') return `There is no file or folder ${path}.`
  if (code === 'EISDIR') return `${path} is a folder; give a file.`
  return code === 'EACCES' ? `The file ${path} may not be read or written.` : message
}
