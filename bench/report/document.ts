import { readFile, writeFile } from 'node:fs/promises'
import type { Results } from '../results.ts'
import { chart } from './chart.ts'
import { columns } from './columns.ts'
import { digits } from './ratios.ts'
import { targetsOf } from './targets.ts'

const document = new URL('../../docs/performance.md', import.meta.url)
const picture = new URL('../../docs/performance.svg', import.meta.url)
const [from, to] = ['<!-- what npm run bench writes -->', '<!-- end of what npm run bench writes -->']

/** Writes the chart, and the results between the marks of docs/performance.md. */
export async function writeDocument(results: Results): Promise<void> {
  await writeFile(picture, chart(results.growth))
  const text = await readFile(document, 'utf8')
  const [before, rest] = text.split(from)
  const after = rest?.split(to)[1]
  if (before === undefined || after === undefined) throw new Error('docs/performance.md has lost the marks between which results are written.')
  await writeFile(document, `${before}${from}\n\n${sections(results).join('\n\n')}\n\n${to}${after}`)
}

function sections(results: Results): string[] {
  const { machine, growth, csv, limiter, records, loaded } = results
  const sizes = growth[0]?.sizes.map(({ applications }) => applications.toLocaleString('en')) ?? []
  return [
    '## Targets',
    tableOf(
      ['Target', 'Goal', 'Measured, worst and best', ''],
      targetsOf(results).map(({ what, goal, measured, reached }) => [what, goal, measured, reached === 'reached' ? reached : `**${reached}**`]),
    ),
    '## Requests',
    `Medians of ${results.rounds} rounds of ${results.milliseconds} ms, 8 connections. Node and PostgreSQL: processor time a request.`,
    tableOf(
      columns.map(([title]) => title),
      results.compared.map((compared) => columns.map(([, cell]) => cell(compared))),
    ),
    `CSV of all ${csv.rows.toLocaleString('en')} applications of the largest provider, ${digits(csv.bytes / 1e6)} MB: ${digits(csv.service)} s; \`COPY\` of the same columns ${digits(csv.copy)} s, a bare server ${digits(csv.bare)} s. Processor time: Node ${digits(csv.node / 1000)} s, PostgreSQL ${digits(csv.postgres / 1000)} s. Memory: ${digits(csv.memory)} MiB more than before.`,
    `The limiter adds ${digits(limiter.memory)} ms of processor time to a request in memory${limiter.redis === undefined ? '' : `, ${digits(limiter.redis)} ms with Redis, of Node and Redis together`}.`,
    '## Growth',
    '![Processor time of the first page of each list by the number of applications](performance.svg)',
    tableOf(
      ['First page of', ...sizes.map((size) => `${size}: Node + PostgreSQL ms`)],
      growth.map((list) => [list.noun, ...list.sizes.map(({ node, postgres }) => `${digits(node)} + ${digits(postgres)}`)]),
    ),
    '## Measured on',
    [
      `- ${machine.date}, commit ${machine.commit}, in ${Math.round(results.seconds / 60)} minutes, at a load of ${digits(machine.load)}`,
      `- ${machine.processors} processors (${machine.processor}), ${machine.memory} of memory; clients, service and database share them`,
      `- Node.js ${machine.node}; PostgreSQL ${machine.postgres} with ${Object.entries(machine.settings)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}`,
      `- ${Object.entries(records)
        .map(([table, count]) => `${count.toLocaleString('en')} ${table.replaceAll('_', ' ')}`)
        .join(', ')}`,
      ...(loaded ? [`- loaded by \`npq import\` in ${loaded.seconds} s; the process's memory peaked at ${loaded.mebibytes} MiB`] : []),
    ].join('\n'),
  ]
}

function tableOf(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(titles), line(titles.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

// node bench/report/document.ts FILE writes the document anew from results that there are
if (import.meta.main) await writeDocument(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')))
