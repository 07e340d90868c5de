import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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
const worker = globalThis as typeof globalThis & { npqDatabase?: Promise<Connection> }

/** The worker's database, filled with the reference facts alone at the start of every test. */
export async function database(): Promise<Database> {
  return (await connection()).db
}

function connection(): Promise<Connection> {
  worker.npqDatabase ??= onPostgres ? copyOnServer() : loadDump()
  return worker.npqDatabase
}

/** Whether any test of this worker opened the database yet. */
export function used(): boolean {
  return worker.npqDatabase !== undefined
}

const reference = ['lead_providers', 'course_groups', 'courses', 'cohorts', 'schedules', 'offerings']

/** Empties every table but those of the reference facts, and takes away what tests added to these. */
export async function clean(): Promise<void> {
  const db = await database()
  const { rows } = await sql<{ tables: string }>`
    select string_agg(quote_ident(tablename), ', ') as tables from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' and tablename <> all(${reference})`.execute(db)
  await sql.raw(`truncate ${rows[0]?.tables} restart identity cascade`).execute(db)
  for (const table of ['offerings', 'schedules', 'cohorts', 'lead_providers']) {
    await sql`delete from ${sql.table(table)} where id > ${(await highest())[table]}`.execute(db)
  }
}

let highestIds: Record<string, number> | undefined
async function highest(): Promise<Record<string, number>> {
  if (highestIds) return highestIds
  const { rows } = await sql<Record<string, number>>`select ${sql.join(
    ['offerings', 'schedules', 'cohorts', 'lead_providers'].map((table) => sql`(select max(id) from ${sql.table(table)}) as ${sql.ref(table)}`),
  )}`.execute(await database())
  highestIds = rows[0] ?? {}
  return highestIds
}

/** Where another process reaches the worker's database on the server. */
export async function databaseUrl(): Promise<string> {
  await connection()
  const url = new URL(inject('server'))
  url.pathname = `/npq_test_${process.pid}`
  return url.href
}

async function loadDump(): Promise<Connection> {
  const directory = await mkdtemp(join(tmpdir(), 'npq-test-'))
  const dump = await readFile(inject('dump'))
  const embedded = await PGlite.create({ loadDataDir: new Blob([dump]) })
  await offer(embedded, directory)
  return fromSocket(directory, 10)
}

async function copyOnServer(): Promise<Connection> {
  const server = inject('server')
  const name = `npq_test_${process.pid}`
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
