import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Asked, nameOf } from '../asked/asked.ts'
import { reads } from '../asked/reads.ts'
import { type Target, writes } from '../asked/writes.ts'
import { type Gauge, measure, repeatedly } from '../gauge/measure.ts'
import { type Measured, medians } from '../gauge/measured.ts'
import { connections, type Plan } from '../plan.ts'
import type { Compared, SideName } from '../results.ts'
import { say } from '../say.ts'
import { startBare, teach } from '../sides/bare.ts'
import { startDirectus, startExpress } from '../sides/others.ts'
import { pgbench, transactionsOf } from '../sides/pgbench.ts'
import { type Side, startService } from '../sides/service.ts'
import { record } from '../statements/record.ts'
import { readScript, type Script, targetsTable, writeScript } from '../statements/script.ts'
import type { Bench, Stops } from './bench.ts'

/** One thing to measure: how each side does it once more. */
type Subject = { described: Omit<Compared, 'sides'>; sides: Partial<Record<SideName, () => Promise<Measured>>> }

/** Measures every read and write on every side, all in turn in each round, so that a slow spell of the machine meets all alike. */
export async function compare(plan: Plan, bench: Bench, gauge: Gauge, stops: Stops): Promise<Compared[]> {
  const sides = await startSides(plan, bench, stops)
  const subjects = [...(await readSubjects(plan, bench, gauge, sides)), ...(await writeSubjects(plan, bench, gauge, sides))]
  await sides.recorder.stop()

  const measured = new Map<string, Measured[]>()
  for (let round = 0; round <= plan.rounds; round++) {
    say(round === 0 ? 'warming up' : `round ${round} of ${plan.rounds}: ${subjects.length} requests on up to five sides`)
    for (const { described, sides } of subjects) {
      // a write has no record to waste on warming up
      if (round === 0 && described.kind === 'write') continue
      for (const [side, again] of Object.entries(sides)) {
        // pgbench warms up by itself each time
        if (round === 0 && side === 'pgbench') continue
        const key = `${nameOf(described)} ${side}`
        const found = await again()
        if (round > 0) measured.set(key, [...(measured.get(key) ?? []), found])
      }
    }
  }
  return subjects.map(({ described, sides }) => {
    const of = (side: string) => medians(measured.get(`${nameOf(described)} ${side}`) ?? [])
    return { ...described, sides: Object.fromEntries(Object.keys(sides).map((side) => [side, of(side)])) }
  })
}

type Sides = { bare: Side; recorder: Side; recording: string; express?: Side; directus?: Side }

async function startSides(plan: Plan, { copy, token }: Bench, stops: Stops): Promise<Sides> {
  const folder = await mkdtemp(join(tmpdir(), 'npq-bench-'))
  stops.push(() => rm(folder, { recursive: true }))
  const recording = join(folder, 'statements')
  const args = ['--import', new URL('../statements/recorder.ts', import.meta.url).href]
  const recorder = await startService(copy.url, 'recorder', token, { args, env: { RECORD_STATEMENTS_TO: recording } })
  stops.push(recorder.stop)
  const bare = await startBare()
  stops.push(bare.stop)
  if (!plan.others) return { bare, recorder, recording }
  const express = await startExpress(copy.url, token)
  stops.push(express.stop)
  const directus = await startDirectus(copy.url)
  stops.push(directus.stop)
  return { bare, recorder, recording, express, directus }
}

async function readSubjects(plan: Plan, bench: Bench, gauge: Gauge, sides: Sides): Promise<Subject[]> {
  const { admin, copy, service } = bench
  const subjects: Subject[] = []
  for (const asked of await reads(admin, bench.provider, plan.applications)) {
    const { calls } = asked
    const { rows, bytes } = await teach(sides.bare, service, calls)
    const scripts: Script[] = []
    // two are enough, and more would each have to be planned
    for (const [place, call] of calls.slice(0, 2).entries()) scripts.push(readScript(await recorded(sides, call), `c${place}_`))
    // pgbench sends for about as long as the others are asked: at first as much as it would if it were twice as quick as the service
    const ours = repeatedly(gauge, service, calls, plan.milliseconds)
    let rate: number | undefined
    subjects.push({
      described: described(asked, rows, bytes),
      sides: {
        async service() {
          const found = await ours()
          rate ??= 2 * found.rate
          return found
        },
        bare: repeatedly(gauge, sides.bare, calls, plan.milliseconds),
        async pgbench() {
          for (;;) {
            const times = Math.max(4, Math.ceil(((rate ?? 0) * plan.milliseconds) / 1000 / connections))
            const found = await pgbench(admin, copy.url, scripts, connections, times)
            if (!Number.isNaN(found.rate)) {
              rate = found.rate
              return found
            }
            // it was over before all connections were at work
            rate = 4 * (rate ?? 0) + 100
          }
        },
        ...(asked.directus && forOthers(asked, sides, (side, given) => repeatedly(gauge, side, given, plan.milliseconds))),
      },
    })
  }
  return subjects
}

type MeasureSide = (side: Side, calls: Asked['calls']) => () => Promise<Measured>

function forOthers({ calls, directus = [] }: Asked, sides: Sides, again: MeasureSide): Subject['sides'] {
  const { express, directus: other } = sides
  return { ...(express && { express: again(express, calls) }), ...(other && { directus: again(other, directus) }) }
}

async function writeSubjects(plan: Plan, bench: Bench, gauge: Gauge, sides: Sides): Promise<Subject[]> {
  const { admin, copy, service } = bench
  const subjects: Subject[] = []
  for (const { noun, targets, call } of await writes(admin, bench.provider)) {
    const take = (howMany: number) => targets.splice(0, howMany)
    const next = () => take(1)[0] as Target
    const written = async (target: Target) => ({ target, recorded: await recorded(sides, call(target)) })
    // the first calls may find something to do that the later ones find done
    await written(next())
    const script = writeScript(await written(next()), await written(next()), 'w')
    const taught = call(next())
    const { bytes } = await teach(sides.bare, service, [taught])
    // as pgbench does: each connection of the service so often that its statements are planned
    const warming = take(transactionsOf(0) * connections).map(call)
    await gauge.generator.send({ origin: service.origin, headers: service.headers, calls: warming, connections, amount: warming.length, once: true })
    const each = Math.floor(Math.min(plan.writes, targets.length / (2 * plan.rounds) - transactionsOf(0) * connections) / connections) * connections
    if (each <= 0) {
      say(`too few records for ${noun} in this dataset`)
      continue
    }
    subjects.push({
      described: { noun, kind: 'write', detail: `${each} of each side in a round`, rows: 1, bytes },
      sides: {
        service: () => measure(gauge, service, { calls: take(each).map(call), connections, amount: each, once: true }),
        bare: repeatedly(gauge, sides.bare, [taught], plan.milliseconds),
        async pgbench() {
          await admin.query(targetsTable(take(transactionsOf(each / connections) * connections)))
          return pgbench(admin, copy.url, [script], connections, each / connections)
        },
      },
    })
  }
  return subjects
}

function described({ noun, kind, detail }: Asked, rows: number, bytes: number): Subject['described'] {
  return { noun, kind, ...(detail !== undefined && { detail }), rows, bytes }
}

function recorded({ recording, recorder }: Sides, call: Asked['calls'][number]) {
  return record(recording, recorder.origin, recorder.headers, call)
}
