import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from '../support/free-port.ts'

const run = promisify(execFile)

export type Cluster = {
  url: string
  /** `fast` ends its connections, `immediate` dies without a word to anyone */
  stop(mode: 'fast' | 'immediate'): Promise<void>
  start(): Promise<void>
  /** stops all its processes where they are, and lets them go on */
  freeze(): Promise<void>
  thaw(): Promise<void>
  /** asks the server beside the service */
  ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  connect(): Promise<pg.Client>
  close(): Promise<void>
}

/** The folder of PostgreSQL's programs; undefined where there are none. */
export function programs(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : []
  return [bindir(), ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`)].find((folder) => folder && existsSync(join(folder, 'initdb')))
}

function bindir(): string | undefined {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

/** Starts a PostgreSQL cluster of its own in a temporary folder; as root its programs run as the user postgres. */
export function startCluster(bin: string, settings: Record<string, string> = {}): Promise<Cluster> {
  return startServer(bin, 'initdb', ['-A', 'trust', '-U', 'postgres', '--no-sync'], settings)
}

/** Starts a streaming replica of such a cluster. */
export function startReplica(bin: string, { url }: Cluster, settings: Record<string, string> = {}): Promise<Cluster> {
  return startServer(bin, 'pg_basebackup', ['-d', url, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'], settings)
}

/** Starts a server on the data that a program puts into its folder. */
async function startServer(bin: string, maker: string, given: string[], settings: Record<string, string>): Promise<Cluster> {
  const root = process.getuid?.() === 0
  const folder = await mkdtemp(join(tmpdir(), 'npq-reliability-'))
  const asServer = (program: string, args: string[]) => {
    const command = [join(bin, program), ...args]
    return root ? run('runuser', ['-u', 'postgres', '--', ...command], { cwd: folder }) : run(command[0] ?? '', args, { cwd: folder })
  }
  if (root) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (what) => Number((await run('id', [what, 'postgres'])).stdout)))
    await chown(folder, uid ?? 0, gid ?? 0)
  }
  const data = join(folder, 'data')
  const port = await freePort()
  const options = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', ...settings })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  await asServer(maker, ['-D', data, ...given])
  const start = async () => {
    await asServer('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-p ${port} ${options}`, 'start'])
  }
  await start()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const connect = async () => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const signal = async (name: 'SIGSTOP' | 'SIGCONT') => {
    const postmaster = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n', 1)[0])
    const children = (await run('ps', ['-o', 'pid=', '--ppid', String(postmaster)])).stdout.trim().split(/\s+/).map(Number)
    for (const pid of [postmaster, ...children]) process.kill(pid, name)
  }
  return {
    url,
    start,
    connect,
    stop: async (mode) => void (await asServer('pg_ctl', ['-D', data, '-m', mode, '-w', 'stop'])),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async ask<Row extends pg.QueryResultRow>(text: string) {
      const client = await connect()
      try {
        return (await client.query<Row>(text)).rows
      } finally {
        await client.end()
      }
    },
    async close() {
      await asServer('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']).catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}
