// How a large import behaves, and what page 1,000 costs beside page 1.
//   npm run bench:deep-pages [-- how-many-applications]      on the PostgreSQL server of TEST_DATABASE_URL
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { writeDataset } from './make-dataset.ts'

const howMany = Number(process.argv[2] ?? 1_000_000)
const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const name = `npq_bench_${process.pid}`
const folder = await mkdtemp(join(tmpdir(), 'npq-bench-'))
const url = new URL(server)
url.pathname = `/${name}`
const env = { ...process.env, ENVIRONMENT: 'test', DATABASE_URL: url.href, DATA_DIR: folder, PORT: '3999' }
const main = new URL('../src/main.ts', import.meta.url).pathname

const admin = new pg.Client({ connectionString: server })
await admin.connect()
await admin.query(`create database ${name}`)
try {
  const file = join(folder, 'dataset.ndjson')
  await writeDataset(file, howMany, ['Teach First'])
  const imported = await run(['import', file, '--write'])
  say(`import of ${howMany} people with an application each: ${imported.seconds.toFixed(0)} s, peak memory of the process ${imported.mebibytes} MiB`)

  const token = (await run(['token', 'issue', '--provider', 'Teach First', '--label', 'bench'])).stdout.trim()
  const child = spawn(process.execPath, [main, 'serve'], { env, stdio: 'ignore' })
  const list = `http://127.0.0.1:3999/api/v3/npq-applications?page[per_page]=100`
  const headers = { authorization: `Bearer ${token}` }
  for (let tries = 0; tries < 200 && !(await fetch(list, { headers }).catch(() => undefined)); tries++) await new Promise((r) => setTimeout(r, 100))
  const pages = [1, 10, 100, 1000, Math.floor(howMany / 100)]
  const costs = new Map<number, Cost>()
  for (const page of pages) costs.set(page, await costOf(() => fetch(`${list}&page[page]=${page}`, { headers }).then(wholeAnswer)))
  const first = costs.get(1) ?? { best: 1, median: 1 }
  for (const [page, { best, median }] of costs) {
    const times = `${(best / first.best).toFixed(2)} and ${(median / first.median).toFixed(2)} times page 1`
    say(`page ${page} of 100: best ${best.toFixed(1)} ms, median ${median.toFixed(1)} ms; ${times}`)
  }
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
} finally {
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
  await rm(folder, { recursive: true })
}

type Cost = { best: number; median: number }

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const times: number[] = []
  for (let run = 0; run < 40; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  const warm = times.slice(10).sort((one, other) => one - other)
  return { best: warm[0] ?? 0, median: warm[15] ?? 0 }
}

/** The answer to its end; a page without its 100 records is no measurement. */
async function wholeAnswer(answer: Response): Promise<void> {
  const { data } = (await answer.json()) as { data?: unknown[] }
  if (data?.length !== 100) throw new Error(`${answer.url} answered ${answer.status} with ${data?.length ?? 'no'} records`)
}

function run(args: string[]): Promise<{ stdout: string; seconds: number; mebibytes: number }> {
  const start = performance.now()
  // the child tells its own peak at its end
  const tell = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))"
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, main, ...args], { env })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (bytes) => (stdout += bytes))
  child.stderr.on('data', (bytes) => (stderr += bytes))
  return new Promise((resolve, reject) => {
    child.once('exit', (status) => {
      if (status !== 0) reject(new Error(stderr))
      const [, peak = '0'] = /peak (\d+)/.exec(stderr) ?? []
      resolve({ stdout, seconds: (performance.now() - start) / 1000, mebibytes: Math.round(Number(peak) / 1024) })
    })
  })
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
