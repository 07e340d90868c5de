import type { Compared, Results } from '../results.ts'
import { digits, ratio } from './ratios.ts'

/** What is aimed at, how near it is, and whether it is reached. */
export type Target = { what: string; goal: string; measured: string; reached: 'reached' | 'not reached' | 'not measured' }

/** Each target judged by its worst case. */
export function targetsOf({ compared, csv, growth, limiter, starts }: Results): Target[] {
  const of = (kind: Compared['kind']) => compared.filter((one) => one.kind === kind)
  const [pages, shows, writes] = [of('first page'), of('show'), of('write')]
  const firstOf = ({ noun }: Compared) => pages.find((page) => page.noun === noun)
  const ofFirst = (one: Compared) => (one.sides.service?.rate ?? 0) / (firstOf(one)?.sides.service?.rate ?? 1)
  const atLeast = (what: string, goal: number, unit: string, values: (number | undefined)[]) => {
    const known = knownOf(values)
    return { what, goal: `at least ${goal}${unit}`, measured: range(known, unit), reached: judged(known, Math.min(...known) >= goal) }
  }
  const atMost = (what: string, goal: number, unit: string, values: (number | undefined)[]) => {
    const known = knownOf(values)
    return { what, goal: `at most ${goal}${unit}`, measured: range(known, unit), reached: judged(known, Math.max(...known) <= goal) }
  }
  const nodeOf = (all: Compared[]) => all.map(({ sides }) => sides.service?.node)
  const bareOf = (all: Compared[]) =>
    range(
      all.flatMap(({ sides }) => (sides.bare ? [sides.bare.node] : [])),
      ' ms',
    )
  const listTime = pages.find(({ noun }) => noun === 'applications')?.sides.service?.node ?? Number.NaN
  const growths = growth.map(({ sizes }) => {
    const from = sizes.find(({ applications }) => applications === 10_000)
    const to = sizes.at(-1)
    return from && to ? (to.node + to.postgres) / (from.node + from.postgres) : undefined
  })
  return [
    atLeast(
      'Lists of 100, of pgbench',
      0.35,
      '',
      pages.map((one) => ratio(one, 'pgbench')),
    ),
    atLeast(
      'Lists of 100, of Express and TypeORM',
      4,
      ' times',
      pages.map((one) => ratio(one, 'express')),
    ),
    atLeast(
      'Lists of 100, of Directus',
      10,
      ' times',
      pages.map((one) => ratio(one, 'directus')),
    ),
    atMost(`Processor time of Node for 100 rows (a bare server ${bareOf(pages)})`, 0.9, ' ms', nodeOf(pages)),
    atMost(`Processor time of Node for one row (a bare server ${bareOf(shows)})`, 0.3, ' ms', nodeOf(shows)),
    atLeast('Late pages, of the first page', 0.8, '', of('late page').map(ofFirst)),
    atLeast('`updated_since`, of the first page', 0.7, '', of('updated since').map(ofFirst)),
    atLeast(
      'Shows, of pgbench',
      0.5,
      '',
      shows.map((one) => ratio(one, 'pgbench')),
    ),
    atLeast(
      'POST declaration and accept, of pgbench',
      0.4,
      '',
      writes.map((one) => ratio(one, 'pgbench')),
    ),
    atLeast('CSV, of COPY', 0.4, '', [csv.copy / csv.service]),
    atMost('Memory for the CSV', 64, ' MiB', [csv.memory]),
    atMost('Processor time of a list, of that among 10,000 applications', 1.5, ' times', growths),
    atMost('The limiter in memory, of Node’s time for a list', 5, ' %', [(100 * limiter.memory) / listTime]),
    atMost('The limiter in Redis, Redis’s own time with it', 15, ' %', [limiter.redis === undefined ? undefined : (100 * limiter.redis) / listTime]),
    atMost('First `npm start`', 6, ' s', [starts.first]),
    atMost('Later `npm start`', 2, ' s', [starts.later]),
  ]
}

function judged(known: number[], reached: boolean): Target['reached'] {
  if (known.length === 0) return 'not measured'
  return reached ? 'reached' : 'not reached'
}

/** What was measured: results that were kept have null for what was not. */
function knownOf(values: (number | undefined | null)[]): number[] {
  return values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
}

function range(values: number[], unit: string): string {
  if (values.length === 0) return ''
  const [least, most] = [digits(Math.min(...values)), digits(Math.max(...values))]
  return least === most ? `${least}${unit}` : `${least} to ${most}${unit}`
}
