import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect as connectTo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const program = process.env['PGBOUNCER'] ?? 'pgbouncer'

/** Whether there is a PgBouncer that knows prepared statements. */
export const hasPgBouncer = knowsPreparedStatements()

function knowsPreparedStatements(): boolean {
  try {
    const [, major, minor] = /PgBouncer (\d+)\.(\d+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' })) ?? []
    return Number(major) > 1 || Number(minor) >= 21
  } catch {
    return false
  }
}

/** Starts PgBouncer before a database with the settings that docs/scaling.md tells, and few connections to the server. */
export async function startPgBouncer(database: string) {
  const server = new URL(database)
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'npq-pgbouncer-'))
  const [users, config] = [join(folder, 'users'), join(folder, 'pgbouncer.ini')]
  await writeFile(users, `"${server.username}" "${decodeURIComponent(server.password)}"\n`)
  const lines = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port || 5432}`,
    '[pgbouncer]',
    await documented(),
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
    `auth_type = trust\nauth_file = ${users}`,
    'default_pool_size = 2',
  ]
  await writeFile(config, lines.join('\n'))
  // it does not run as root
  await chmod(folder, 0o755)
  const command = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', program, config] : [program, config]
  const child = spawn(command[0] ?? program, command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (bytes) => (complaint = `${complaint}${bytes}`))
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer does not start:\n${complaint}`)
    await pause(20)
  }
  server.hostname = '127.0.0.1'
  server.port = String(port)
  return {
    url: server.href,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await rm(folder, { recursive: true })
    },
  }
}

async function documented(): Promise<string> {
  const text = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8')
  return /```ini\n(.*?)```/s.exec(text)?.[1] ?? ''
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTo(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
