import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, connect, type Database, fromSocket } from '../../src/db/connect.ts'
import { offer } from '../../src/db/embedded.ts'

/** Whether this run is on a PostgreSQL server; the tests of concurrency need one. */
export const onPostgres = inject('server') !== ''

// Files of one worker share its database.
const worker = globalThis as typeof globalThis & { npqDatabase?: Promise<Opened> }
type Table = { name: string; sequence: string | null }
type Opened = { connection: Connection; highestIds: Record<string, number>; tables: Table[]; whatIsUsed: string }

/** The worker's database, filled with the reference facts alone at the start of every test. */
export async function database(): Promise<Database> {
  return (await opened()).connection.db
}

function opened(): Promise<Opened> {
  worker.npqDatabase ??= open()
  return worker.npqDatabase
}

/** Notes the highest ids of the reference facts before any test adds to them. */
async function open(): Promise<Opened> {
  const connection = onPostgres ? await copyOnServer() : await loadDump()
  const { rows } = await sql<Record<string, number>>`select ${sql.join(
    added.map((table) => sql`(select max(id) from ${sql.table(table)}) as ${sql.ref(table)}`),
  )}`.execute(connection.db)
  const highestIds = rows[0] ?? {}
  const tables = await tablesToEmpty(connection.db)
  return { connection, highestIds, tables, whatIsUsed: queryForUse(tables, highestIds) }
}

/** Whether any test of this worker opened the database yet. */
export function used(): boolean {
  return worker.npqDatabase !== undefined
}

/** Reference facts that tests add to, those that refer to others first. */
const added = ['offerings', 'schedules', 'cohorts', 'lead_providers']
const reference = ['lead_providers', 'course_groups', 'courses', 'cohorts', 'schedules', 'offerings']

/** Empties every table but those of the reference facts, and takes away what tests added to these. */
export async function clean(): Promise<void> {
  const { connection, highestIds, tables, whatIsUsed } = await opened()
  const { db } = connection
  const { rows } = await sql<{ used: number[]; long: boolean; added: boolean }>`${sql.raw(whatIsUsed)}`.execute(db)
  const { used = [], long, added: more } = rows[0] ?? {}
  const emptied = tables.filter((_, index) => used.includes(index))
  if (emptied.length > 0) await sql.raw(long ? truncation(emptied) : deletion(emptied)).execute(db)
  if (more) for (const table of added) await sql`delete from ${sql.table(table)} where id > ${highestIds[table]}`.execute(db)
}

function truncation(tables: readonly Table[]): string {
  return `truncate ${tables.map(({ name }) => name).join(', ')} restart identity cascade`
}

/** On a server many times as fast as new files for every table and index, but it leaves room behind. Nothing is asked of foreign keys and triggers. */
function deletion(tables: readonly Table[]): string {
  const deletions = tables.map(({ name, sequence }) => `delete from ${name};${sequence ? `perform setval('${sequence}', 1, false);` : ''}`)
  // whoever still writes is waited for, as a truncation waits
  const locked = `lock table ${tables.map(({ name }) => name).join(', ')} in access exclusive mode`
  return `do $$ begin set local session_replication_role = replica; ${locked}; ${deletions.join(' ')} end $$`
}

/** Rows, those deleted before among them, from which on a table is made anew: so few fit on its first page, and lie there in their order. */
const mostRows = 16

async function tablesToEmpty(db: Database): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select quote_ident(tablename) as name, pg_get_serial_sequence(quote_ident(tablename), column_name) as sequence
    from pg_tables left join information_schema.columns on table_schema = schemaname and table_name = tablename and column_name = 'id'
    where schemaname = 'public' and tablename not like 'kysely%' and tablename <> all(${reference})`.execute(db)
  return rows
}

/** A query for the tables, by their place, that hold a row or have given an id, mostly few, and for whether there are more reference facts. */
function queryForUse(tables: readonly Table[], highestIds: Record<string, number>): string {
  const used = tables.map(({ name, sequence }, index) => {
    const numbered = sequence ? `pg_sequence_last_value('${sequence}') is not null or ` : ''
    return `case when ${numbered}exists (select from ${name}) then ${index} end`
  })
  const long = tables.map(({ name }) => `exists (select from ${name} where ctid > '(0,${mostRows})')`)
  const more = added.map((table) => `exists (select from ${table} where id > ${highestIds[table]})`)
  return `select array_remove(array[${used.join(', ')}], null) as used, ${long.join(' or ')} as long, ${more.join(' or ')} as added`
}

/** Where another process reaches the worker's database on the server. */
export async function databaseUrl(): Promise<string> {
  await opened()
  const url = new URL(inject('server'))
  url.pathname = `/${copyName()}`
  return url.href
}

function copyName(): string {
  return `${inject('template')}${process.pid}`
}

async function loadDump(): Promise<Connection> {
  const directory = await mkdtemp(join(inject('folder'), 'database-'))
  const dump = await readFile(inject('dump'))
  const embedded = await PGlite.create({ loadDataDir: new Blob([dump]) })
  await offer(embedded, directory)
  return fromSocket(directory, 10)
}

async function copyOnServer(): Promise<Connection> {
  const server = inject('server')
  const name = copyName()
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`drop database if exists ${name} with (force)`)
  // Only one session may copy the template at a time.
  await client.query('select pg_advisory_lock(815)')
  await client.query(`create database ${name} template ${inject('template')}`)
  await client.query('select pg_advisory_unlock(815)')
  // what a test loses with its server nobody misses, so that no commit waits for the disk
  await client.query(`alter database ${name} set synchronous_commit = off`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return connect({ databaseUrl: url.href, dataDirectory: '', poolSize: 20 })
}
