import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Measured } from '../gauge/measured.ts'
import { backendsOf, stopwatch } from '../gauge/processor-time.ts'
import type { Script } from '../statements/script.ts'
import { run } from './process.ts'

/** Times that each connection sends each script before it is measured: PostgreSQL settles on a plan after five. */
const untilPlanned = 7

/** Sends scripts with `pgbench -M prepared`, one after the other by chance, each connection so many after its statements are planned. */
export async function pgbench(admin: pg.Client, url: string, scripts: readonly Script[], connections: number, times: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'npq-pgbench-'))
  try {
    const files = await Promise.all(
      scripts.map(async ({ text }, place) => {
        const file = join(folder, `${place}.sql`)
        await writeFile(file, `${text}\n`)
        return file
      }),
    )
    const warming = untilPlanned * scripts.length
    const variables = scripts.flatMap(({ variables }) => Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]))
    const settings = ['-n', '-M', 'prepared', '-c', String(connections), '-j', '1', '-t', String(warming + times)]
    const log = ['-l', '--log-prefix', join(folder, 'log')]
    const args = [...settings, ...log, ...variables, ...files.flatMap((file) => ['-f', file]), url]
    let done = false
    const samples = watch(admin, () => done)
    const { complaint } = await run('pgbench', args, { PGAPPNAME: 'pgbench' }).finally(() => {
      done = true
    })
    const transactions = await transactionsIn(folder)
    if (transactions.length < connections * (warming + times)) throw new Error(`pgbench gave up:\n${complaint.slice(-2000)}`)
    return measuredIn(transactions, await samples, connections, warming)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** How many transactions of each connection a script takes with what it does before it is measured. */
export function transactionsOf(times: number): number {
  return untilPlanned + times
}

/** One line of pgbench's log: the moment at which it ended, in milliseconds of the machine's clock, and how long it took. */
type Transaction = { client: number; number: number; end: number; took: number }
/** Milliseconds of processor time of all connections by a moment of the machine's clock. */
type Sample = { at: number; used: number }

/** What was done while all connections had their plans, and none was through. */
function measuredIn(transactions: readonly Transaction[], samples: readonly Sample[], connections: number, warming: number): Measured {
  const clients = Array.from({ length: connections }, (_, client) => transactions.filter((one) => one.client === client))
  const from = Math.max(...clients.map((own) => Math.max(...own.filter(({ number }) => number < warming).map(({ end }) => end))))
  const to = Math.min(...clients.map((own) => Math.max(...own.map(({ end }) => end))))
  const counted = transactions.filter(({ end }) => end > from && end <= to)
  // too few, or not all at once, say nothing
  if (counted.length < connections) return { rate: Number.NaN, p50: Number.NaN, p99: Number.NaN, node: 0, postgres: Number.NaN }
  const rate = counted.length / ((to - from) / 1000)
  const took = counted.map((one) => one.took).sort((one, other) => one - other)
  const at = (quantile: number) => took[Math.min(took.length - 1, Math.floor(took.length * quantile))] ?? Number.NaN
  const during = samples.filter((sample) => sample.at >= from && sample.at <= to)
  const [first, last] = [during[0], during.at(-1)]
  const processors = first && last && last.at > first.at ? (last.used - first.used) / (last.at - first.at) : Number.NaN
  return { rate, p50: at(0.5), p99: at(0.99), node: 0, postgres: (processors * 1000) / rate }
}

/** Looks at the processor time of pgbench's connections while it runs: they end with it. */
async function watch(admin: pg.Client, done: () => boolean): Promise<Sample[]> {
  const samples: Sample[] = []
  const used = stopwatch([])
  while (!done()) {
    const pids = await backendsOf(admin, 'pgbench')
    samples.push({ at: Date.now(), used: used(pids) })
    await pause(15)
  }
  return samples
}

async function transactionsIn(folder: string): Promise<Transaction[]> {
  const logs = (await readdir(folder)).filter((name) => name.startsWith('log'))
  const texts = await Promise.all(logs.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [client, number, microseconds, , seconds, rest] = line.split(' ').map(Number) as [number, number, number, number, number, number]
        return { client, number, end: seconds * 1000 + rest / 1000, took: microseconds / 1000 }
      }),
  )
}
