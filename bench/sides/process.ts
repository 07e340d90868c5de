import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

export type Environment = Record<string, string | undefined>
export type Running = { pid: number; child: ChildProcess; stop(): Promise<void> }

export const main = new URL('../../src/main.ts', import.meta.url).pathname

/** Starts a Node program and waits until the address answers anything at all. */
export async function serve(args: string[], env: Environment, answers: string, folder?: string): Promise<Running> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let complaint = ''
  child.stderr?.on('data', (bytes) => (complaint = `${complaint}${bytes}`.slice(-4000)))
  const deadline = performance.now() + 120_000
  while (
    !(await fetch(answers).then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${args.join(' ')} does not answer:\n${complaint}`)
    await pause(50)
  }
  return {
    pid: child.pid ?? 0,
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const hung = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await once(child, 'exit')
      clearTimeout(hung)
    },
  }
}

/** Runs a program to its end; what it printed, how long it took and, of a Node program, the memory that it had at most. */
export async function run(command: string, args: string[], env: Environment = {}, input?: string) {
  const start = performance.now()
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  let printed = ''
  let complaint = ''
  child.stdout.on('data', (bytes) => (printed += bytes))
  child.stderr.on('data', (bytes) => (complaint += bytes))
  child.stdin.end(input)
  const [status, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')} ended with ${signal ?? status}:\n${complaint.slice(-4000)}`)
  return { printed, complaint, seconds: (performance.now() - start) / 1000 }
}
