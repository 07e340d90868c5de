import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../test/support/free-port.ts'
import type { Starts } from '../results.ts'
import { say } from '../say.ts'

const root = new URL('../..', import.meta.url).pathname

/** How long `npm start` takes on the embedded database: the first time, with the sandbox's data to make, and once more. */
export async function starts(): Promise<Starts> {
  say('starts of the sandbox')
  const folder = await mkdtemp(join(tmpdir(), 'npq-start-'))
  try {
    return { first: await start(folder), later: await start(folder) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function start(folder: string): Promise<number> {
  const began = performance.now()
  // a group of its own, so that npm and what it started end together
  const env = { ...process.env, ENVIRONMENT: 'sandbox', DATABASE_URL: '', DATA_DIR: folder, PORT: String(await freePort()), REDIS_URL: '' }
  const child = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let printed = ''
  for await (const bytes of child.stdout) {
    printed += bytes
    if (printed.includes('token: ')) break
  }
  const seconds = (performance.now() - began) / 1000
  await endGroup(child.pid ?? 0)
  if (!printed.includes('token: ')) throw new Error(`npm start ended without a token:\n${printed.slice(-2000)}`)
  return seconds
}

/** Ends npm and what it started, and waits for the last of them. */
async function endGroup(leader: number): Promise<void> {
  try {
    process.kill(-leader, 'SIGTERM')
    for (;;) {
      await pause(50)
      process.kill(-leader, 0)
    }
  } catch {
    // there is nobody left
  }
}
