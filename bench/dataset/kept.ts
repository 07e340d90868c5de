import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { say } from '../say.ts'
import { main, run } from '../sides/process.ts'
import { fingerprint, writeDataset } from './write.ts'

export type Loaded = { seconds: number; mebibytes: number }
export type Copy = { name: string; url: string; drop(): Promise<void> }

const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** 1000 as 1k, 1000000 as 1m. */
function short(applications: number): string {
  return applications % 1_000_000 === 0 ? `${applications / 1_000_000}m` : `${applications / 1000}k`
}

/**
 * The database that holds a dataset of this size, loaded by the importer the first time and kept for later runs as long as the
 * dataset is the same. Nothing is measured on it: runs measure on a copy.
 */
export async function keep(applications: number): Promise<{ name: string; loaded?: Loaded }> {
  const name = `npq_bench_${short(applications)}`
  const mark = fingerprint(applications)
  return onServer(server, async (admin) => {
    const { rows } = await admin.query("select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1", [name])
    if (rows[0]?.mark === mark && (await isUpToDate(name))) return { name }
    say(`loading ${applications.toLocaleString('en')} applications into ${name}, which later runs find there`)
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name}`)
    const loaded = await load(applications, urlOf(name))
    await admin.query(`comment on database ${name} is '${mark}'`)
    return { name, loaded }
  })
}

/** Brings a database up to date. One that another branch made cannot be, where that has migrations which are not here. */
async function isUpToDate(name: string): Promise<boolean> {
  return run(process.execPath, [main, 'migrate'], { ENVIRONMENT: 'test', DATABASE_URL: urlOf(name) }).then(
    () => true,
    () => false,
  )
}

/** A copy to measure on, with writes too, which is dropped afterwards. */
export async function copyOf(name: string): Promise<Copy> {
  const copy = `${name}_${process.pid}`
  await onServer(server, async (admin) => {
    const { rows } = await admin.query<{ large: boolean }>('select pg_database_size($1) > 1000000000 as large', [name])
    // through the log is quicker for what is small, and not for what is large
    await admin.query(`create database ${copy} template ${name} strategy ${rows[0]?.large ? 'file_copy' : 'wal_log'}`)
  })
  const drop = () => onServer(server, async (admin) => void (await admin.query(`drop database if exists ${copy} with (force)`)))
  return { name: copy, url: urlOf(copy), drop }
}

/** Drops the copies of runs that were killed. */
export function dropLeftovers(): Promise<void> {
  return onServer(server, async (admin) => {
    const { rows } = await admin.query<{ name: string; pid: string }>(
      "select datname as name, substring(datname from '\\d+$') as pid from pg_database where datname ~ '^npq_bench_\\d+[km]_\\d+$'",
    )
    for (const { name, pid } of rows) if (!existsSync(`/proc/${pid}`)) await admin.query(`drop database ${name} with (force)`)
  })
}

/** Works with one connection to a database. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function load(applications: number, url: string): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'npq-bench-'))
  try {
    const file = join(folder, 'dataset.ndjson')
    await writeDataset(file, applications)
    // the child tells its own peak at its end
    const tell = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))"
    const args = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, main, 'import', file, '--write', '--as', 'bench']
    const { seconds, complaint } = await run(process.execPath, args, { ENVIRONMENT: 'test', DATABASE_URL: url, DATA_DIR: folder })
    const [, peak = '0'] = /peak (\d+)/.exec(complaint) ?? []
    return { seconds: Math.round(seconds), mebibytes: Math.round(Number(peak) / 1024) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function urlOf(name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
