import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import type pg from 'pg'
import type { Machine } from '../results.ts'

const settings = ['shared_buffers', 'work_mem', 'fsync', 'synchronous_commit', 'jit', 'autovacuum', 'plan_cache_mode']

/** What was measured on. */
export async function machine(admin: pg.Client): Promise<Machine> {
  const { rows } = await admin.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from pg_settings where name = any($1) order by name',
    [settings],
  )
  const [version] = (await admin.query<{ server_version: string }>('show server_version')).rows
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    processors: cpus().length,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    node: process.version,
    postgres: version?.server_version ?? 'unknown',
    settings: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    load: loadavg()[2] ?? 0,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: new URL('.', import.meta.url).pathname, encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10),
  }
}
