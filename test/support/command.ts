import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { inject, onTestFinished } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { freePort } from './free-port.ts'

const main = new URL('../../src/main.ts', import.meta.url).pathname

export type Ran = { status: number; stdout: string; stderr: string }
type Variables = Record<string, string>

/** Nothing of the environment of the tests but what starts a program, and who acts. */
const bare = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', NODE_NO_WARNINGS: '1', NPQ_OPERATOR: 'ann@example.org' }

/** Carries out `npq` with these arguments in this process, as src/main.ts does. */
export async function npq(args: string[], variables: Variables = {}): Promise<Ran> {
  const { env, stdout, stderr } = process
  const written = { stdout: '', stderr: '' }
  const writes = { stdout: stdout.write, stderr: stderr.write }
  const into = (name: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
    written[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
    return true
  }
  process.env = { ...bare, ...variables }
  stdout.write = into('stdout')
  stderr.write = into('stderr')
  try {
    return { status: await run(args), ...written }
  } finally {
    process.env = env
    stdout.write = writes.stdout
    stderr.write = writes.stderr
  }
}

/** Runs `npq` with these arguments as a process of its own, to its end. */
export function npqProcess(args: string[], variables: Variables = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { ...bare, ...variables }, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr })
    })
  })
}

export type Serving = { url: string; output: () => string; process: ChildProcess; stop(): Promise<number | null> }

/** Starts `npq serve` with these options and waits until it answers; it ends with the test. */
export async function serve(variables: Variables = {}, options: string[] = []): Promise<Serving> {
  const port = await freePort()
  const child = spawn(process.execPath, [main, 'serve', ...options], { env: { ...bare, PORT: String(port), ...variables } })
  let output = ''
  child.stdout.on('data', (bytes) => (output += bytes))
  child.stderr.on('data', (bytes) => (output += bytes))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${output}`)
    const answer = await fetch(`${url}/api/docs/v3/swagger.yaml`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
    if (answer?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    output: () => output,
    process: child,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** A folder for one test's data, with a migrated database that holds the reference facts: a start that is not a first one. */
export async function preparedDirectory(): Promise<string> {
  const directory = await dataDirectory()
  await fillPrepared(directory)
  return directory
}

/** Puts such a database into a folder for data. */
export async function fillPrepared(directory: string): Promise<void> {
  const database = join(directory, 'postgres')
  await mkdir(database, { mode: 0o700 })
  await promisify(execFile)('tar', ['--extract', '--file', inject('dump'), '--directory', database])
}

/** A folder for one test's data, taken away afterwards. */
export async function dataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'npq-data-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Starts `npq` with these arguments; `onNote` is told of every line on stderr as it comes.. */
export function startNpq(args: string[], variables: Variables, onNote: (line: string, kill: () => void) => void): Promise<Omit<Ran, 'stdout'>> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...bare, ...variables }, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  createInterface(child.stderr).on('line', (line) => {
    stderr += `${line}\n`
    onNote(line, () => child.kill('SIGKILL'))
  })
  return new Promise((resolve) => child.once('close', (status) => resolve({ status: status ?? 137, stderr })))
}
