// What an import costs the clients of a running server on the embedded database.
//   npm run bench:import-beside [-- how-many-applications]      five of four people, with their declarations
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../test/support/free-port.ts'
import { writeDataset } from '../dataset/write.ts'

const howMany = Number(process.argv[2] ?? 100_000)
const folder = await mkdtemp(join(tmpdir(), 'npq-bench-'))
const port = String(await freePort())
// not the sandbox, whose statements the dataset's would meet
const env = { ...process.env, ENVIRONMENT: 'test', DATA_DIR: join(folder, 'data'), PORT: port, NPQ_OPERATOR: 'bench' }
const main = new URL('../../src/main.ts', import.meta.url).pathname

const file = join(folder, 'dataset.ndjson')
await writeDataset(file, howMany)
const server = spawn(process.execPath, [main, 'serve'], { env, stdio: 'ignore' })
const stopped = new Promise((resolve) => server.once('exit', resolve))
try {
  const list = `http://127.0.0.1:${port}/api/v3/npq-applications?page[per_page]=10`
  while (!(await fetch(`http://127.0.0.1:${port}/up`).catch(() => undefined))?.ok) await pause(100)
  const token = await output(['token', 'issue', '--provider', 'Teach First', '--label', 'bench'])
  const headers = { authorization: `Bearer ${token.trim()}` }
  for (const flags of [[], ['--write'], ['--write']]) {
    const begin = performance.now()
    let running = true
    const ended = () => {
      running = false
    }
    const importing = output(['import', file, ...flags])
    importing.then(ended, ended)
    const times: number[] = []
    let longestAt = 0
    while (running) {
      const asked = performance.now()
      const answer = await fetch(list, { headers })
      await answer.arrayBuffer()
      if (!answer.ok) say(`answered with ${answer.status}`)
      times.push(performance.now() - asked)
      if (times.at(-1) === Math.max(...times)) longestAt = (asked - begin) / 1000
      await pause(200)
    }
    await importing
    times.sort((one, other) => one - other)
    const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0)
    const seconds = ((performance.now() - begin) / 1000).toFixed(0)
    const answers = `${times.length} answers, median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms (after ${longestAt.toFixed(0)} s)`
    say(`import of ${howMany} applications ${flags.join('') || 'rehearsed'}: ${seconds} s; ${answers}`)
  }
} finally {
  server.kill('SIGTERM')
  await stopped
  await rm(folder, { recursive: true, force: true })
}

/** What a command prints; throws where it fails. */
async function output(args: string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (bytes) => {
    text += bytes
  })
  const status = await new Promise((resolve) => child.once('exit', resolve))
  if (status !== 0) throw new Error(`npq ${args[0]} ended with ${status}`)
  return text
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
