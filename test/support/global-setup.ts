import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Connection, connect } from '../../src/db/connect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { loadReference } from '../../src/domain/reference/load.ts'
import { referenceFacts } from '../../src/reference-files.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** file with the dumped embedded database that every worker, and every command, starts from */
    dump: string
    /** the PostgreSQL database that every worker copies, under a name that its copies begin with, and its server; empty for the embedded database */
    template: string
    server: string
    /** where workers keep their files until the end of the run */
    folder: string
  }
}

/** Prepares one migrated database with the reference facts, for the workers to copy. */
export async function setup(project: TestProject) {
  const server = process.env['TEST_DATABASE_URL'] ?? ''
  const template = server ? await postgresTemplate(server) : ''
  const folder = await mkdtemp(join(tmpdir(), 'npq-test-'))
  project.provide('server', server)
  project.provide('template', template)
  project.provide('folder', folder)
  project.provide('dump', await embeddedDump())
  return async () => {
    await rm(folder, { recursive: true, force: true })
    if (server) await onServer(server, (client) => dropAll(client, template))
  }
}

/** Takes away the template and every copy of it. */
async function dropAll(client: pg.Client, template: string) {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [template])
  for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
}

async function postgresTemplate(server: string): Promise<string> {
  const template = `npq_test_${process.pid}_`
  await onServer(server, (client) => client.query(`create database ${template}`))
  const url = new URL(server)
  url.pathname = `/${template}`
  await fill(await connect({ databaseUrl: url.href, dataDirectory: '', poolSize: 2 }))
  // rows of a table lie in the order in which they came, as no one makes room between them
  await onServer(url.href, (client) =>
    client.query(`do $$ declare name text; begin
      for name in select quote_ident(tablename) from pg_tables where schemaname = 'public' loop
        execute 'alter table ' || name || ' set (autovacuum_enabled = off)';
      end loop;
    end $$`),
  )
  return template
}

/** The dump is kept from run to run, under a name that changes with what it is made from. */
async function embeddedDump(): Promise<string> {
  const cache = new URL('../../node_modules/.cache/npq/', import.meta.url).pathname
  const dump = join(cache, `${await fingerprint()}.tar`)
  if (await stat(dump).catch(() => undefined)) return dump

  const directory = await mkdtemp(join(tmpdir(), 'npq-template-'))
  await fill(await connect({ databaseUrl: undefined, dataDirectory: directory, poolSize: 2, own: true }))
  const database = await PGlite.create(join(directory, 'postgres'))
  const bytes = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer())
  await database.close()
  await rm(directory, { recursive: true })
  await mkdir(cache, { recursive: true })
  await writeFile(`${dump}.${process.pid}`, bytes)
  await rename(`${dump}.${process.pid}`, dump)
  return dump
}

async function fill(connection: Connection) {
  await migrate(connection.db)
  await loadReference(connection.db, await referenceFacts(), { production: false })
  await connection.close()
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of ['src/db/migrations', 'reference', 'src/domain/reference']) {
    const root = new URL(`../../${folder}/`, import.meta.url)
    for (const file of (await readdir(root)).sort()) hash.update(file).update(await readFile(new URL(file, root)))
  }
  return hash.digest('hex').slice(0, 32)
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
