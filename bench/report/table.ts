import type { Results } from '../results.ts'
import { columns } from './columns.ts'
import { targetsOf } from './targets.ts'

/** The results for a terminal. */
export function table(results: Results): string {
  const targets = targetsOf(results).map(({ what, goal, measured, reached }) => [what, goal, measured, reached])
  return [
    '',
    ...aligned([columns.map(([title]) => title), ...results.compared.map((compared) => columns.map(([, cell]) => cell(compared)))]),
    '',
    ...aligned([['Target', 'Goal', 'Measured', ''], ...targets]),
    '',
    `${results.rounds} rounds in ${results.seconds} s at load ${results.machine.load.toFixed(1)} on ${results.machine.processors} processors`,
  ].join('\n')
}

function aligned(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  )
}
