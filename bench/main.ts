import { mkdir, writeFile } from 'node:fs/promises'
import { dropLeftovers, keep, urlOf } from './dataset/kept.ts'
import { loadGenerator } from './gauge/load.ts'
import { machine } from './gauge/machine.ts'
import { type Bench, type Stops, startBench } from './parts/bench.ts'
import { compare } from './parts/compare.ts'
import { csv } from './parts/csv.ts'
import { growth } from './parts/growth.ts'
import { limiter } from './parts/limiter.ts'
import { starts } from './parts/starts.ts'
import { readPlan } from './plan.ts'
import { writeDocument } from './report/document.ts'
import { recordsOf } from './report/records.ts'
import { table } from './report/table.ts'
import type { Results } from './results.ts'
import { installOthers, prepareDirectus } from './sides/others.ts'

// How near each endpoint is to what the machine can do, and how cost grows: npm run bench [-- --quick]
// On the PostgreSQL server of TEST_DATABASE_URL; needs pgbench and psql, and for part of it redis-server.

const plan = readPlan()
const begun = performance.now()
const stops: Stops = []
const stopAll = async () => {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll().finally(() => process.exit(1)))
try {
  await dropLeftovers()
  const kept = new Map<number, Awaited<ReturnType<typeof keep>>>()
  for (const size of plan.growth) kept.set(size, await keep(size))
  const main = kept.get(plan.applications)
  if (main === undefined) throw new Error('There is no dataset to measure on.')
  if (plan.others) {
    await installOthers()
    await prepareDirectus(urlOf(main.name))
  }

  const generator = loadGenerator()
  stops.push(async () => generator.stop())
  const benches = new Map<number, Bench>()
  for (const [size, { name }] of kept) benches.set(size, await startBench(name, stops))
  const bench = benches.get(plan.applications) as Bench

  const results: Results = {
    applications: plan.applications,
    rounds: plan.rounds,
    milliseconds: plan.milliseconds,
    records: await recordsOf(bench.admin),
    ...(main.loaded && { loaded: main.loaded }),
    growth: await growth(plan, benches, generator),
    compared: await compare(plan, bench, { generator, admin: bench.admin }, stops),
    csv: await csv(plan, bench, generator),
    limiter: await limiter(plan, { generator, admin: bench.admin }),
    starts: await starts(),
    machine: await machine(bench.admin),
    seconds: Math.round((performance.now() - begun) / 1000),
  }
  const folder = new URL('results/', import.meta.url)
  await mkdir(folder, { recursive: true })
  await writeFile(new URL(`${plan.results}.json`, folder), `${JSON.stringify(results, rounded, 2)}\n`)
  process.stdout.write(`${table(results)}\n`)
  if (plan.document) await writeDocument(results)
} finally {
  await stopAll()
}

/** Four digits say all that a measurement knows. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
}
