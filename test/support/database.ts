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
type Opened = { connection: Connection; highestIds: Record<string, number>; whatIsUsed: string }

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
  return { connection, highestIds, whatIsUsed: await queryForUsedTables(connection.db, highestIds) }
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
  const {
    connection: { db },
    highestIds,
    whatIsUsed,
  } = await opened()
  const { rows } = await sql<{ tables: string; added: boolean }>`${sql.raw(whatIsUsed)}`.execute(db)
  if (rows[0]?.tables) await sql.raw(`truncate ${rows[0].tables} restart identity cascade`).execute(db)
  if (rows[0]?.added) for (const table of added) await sql`delete from ${sql.table(table)} where id > ${highestIds[table]}`.execute(db)
}

/** A query for the tables that hold a row or have given an id, mostly few, and for whether there are more reference facts than at first. */
async function queryForUsedTables(db: Database, highestIds: Record<string, number>): Promise<string> {
  const { rows } = await sql<{ name: string; sequence: string | null }>`
    select quote_ident(tablename) as name, pg_get_serial_sequence(quote_ident(tablename), 'id') as sequence from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' and tablename <> all(${reference})
      and exists (select from information_schema.columns where table_schema = 'public' and table_name = tablename and column_name = 'id')
    union all select 'participations', null`.execute(db)
  const used = rows.map(({ name, sequence }) => {
    const numbered = sequence === null ? '' : `pg_sequence_last_value('${sequence}') is not null or `
    return `case when ${numbered}exists (select from ${name}) then '${name}' end`
  })
  const more = added.map((table) => `exists (select from ${table} where id > ${highestIds[table]})`)
  return `select array_to_string(array[${used.join(', ')}], ', ') as tables, ${more.join(' or ')} as added`
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
  await client.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return connect({ databaseUrl: url.href, dataDirectory: '', poolSize: 20 })
}
