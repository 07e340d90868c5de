// Whether the plan of each list and show reads only what it answers with, among 200,000 applications: a list's as planned for the page
// that is asked for, all other statements' as planned once for whatever is asked.
//   npm run bench:plans [-- how-many-applications]      on the PostgreSQL server of TEST_DATABASE_URL
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { type Kind, nameOf } from '../asked/asked.ts'
import { reads } from '../asked/reads.ts'
import { keep } from '../dataset/kept.ts'
import { type Stops, startBench } from '../parts/bench.ts'
import { startService } from '../sides/service.ts'
import { record } from '../statements/record.ts'
import type { Recorded } from '../statements/recorder.ts'

const applications = Number(process.argv[2] ?? 200_000)
/** Rows of one table that a plan may read by what is asked: of what changed since a moment, all that did in a day, since they are sorted. */
const most: Partial<Record<Kind, number>> = { 'first page': 1000, show: 100, 'updated since': applications * 0.03 }

type Node = {
  'Node Type': string
  'Relation Name'?: string
  /** of a bitmap of rows, all that there is */
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

const stops: Stops = []
let failed = 0
try {
  const { admin, copy, provider, token } = await startBench((await keep(applications)).name, stops)
  const folder = await mkdtemp(join(tmpdir(), 'npq-bench-'))
  stops.push(() => rm(folder, { recursive: true }))
  const file = join(folder, 'statements')
  const args = ['--import', new URL('../statements/recorder.ts', import.meta.url).href]
  const recorder = await startService(copy.url, 'recorder', token, { args, env: { RECORD_STATEMENTS_TO: file } })
  stops.push(recorder.stop)
  for (const asked of await reads(admin, provider, applications)) {
    const [call] = asked.calls
    const allowed = most[asked.kind]
    if (call === undefined || allowed === undefined) continue
    for (const statement of await record(file, recorder.origin, recorder.headers, call)) {
      tell(nameOf(asked), await planOf(admin, statement), allowed)
    }
  }
} finally {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop()
}
process.exitCode = failed > 0 ? 1 : 0

/** The plan of a statement as the service has it planned, with what it read. */
async function planOf(admin: pg.Client, { text, values }: Recorded): Promise<Node> {
  const anew = text.endsWith('/* planned for its values */')
  await admin.query(`set plan_cache_mode = ${anew ? 'force_custom_plan' : 'force_generic_plan'}`)
  await admin.query(`prepare asked as ${text}`)
  try {
    const given = values.map((value) => (value === null ? 'null' : admin.escapeLiteral(value)))
    const { rows } = await admin.query(`explain (analyze, format json) execute asked${given.length > 0 ? `(${given.join(', ')})` : ''}`)
    return rows[0]['QUERY PLAN'][0].Plan
  } finally {
    await admin.query('deallocate asked')
  }
}

function tell(name: string, plan: Node, allowed: number) {
  const read = new Map<string, number>()
  note(plan, read)
  const tables = [...read].sort(([, one], [, other]) => other - one)
  const tooMany = tables.some(([, rows]) => rows > allowed)
  if (tooMany) failed++
  const shown = tables.map(([table, rows]) => `${table} ${rows}`).join(', ')
  process.stdout.write(`${tooMany ? 'TOO MANY' : 'ok      '}  ${name}: ${plan['Actual Rows']} rows of ${shown}\n`)
}

/** Adds what a plan read of each table. */
function note(node: Node, read: Map<string, number>) {
  const table = node['Relation Name'] ?? node['Index Name']
  if (table !== undefined) {
    const rows = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
    read.set(table, (read.get(table) ?? 0) + Math.round(rows * node['Actual Loops']))
  }
  for (const inner of node.Plans ?? []) note(inner, read)
}
