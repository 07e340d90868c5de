import type { Target } from '../asked/writes.ts'
import type { Recorded } from './recorder.ts'

/** A script for pgbench and the values of its variables. */
export type Script = { text: string; variables: Record<string, string> }

/** What one write sent, and to which record. */
export type Written = { recorded: Recorded[]; target: Target }

/** The statements of a read, sent again as they were. */
export function readScript(recorded: readonly Recorded[], prefix: string): Script {
  const variables: Record<string, string> = {}
  const text = recorded.map((statement, place) => {
    const values = statement.values.map((value, number) => constant(variables, `${prefix}${place}_${number}`, value))
    return `${filled(statement.text, values)};`
  })
  return { text: text.join('\n'), variables }
}

/**
 * The statements of a write, each time on the next record of the table `bench_targets`. Two recordings of the same write tell
 * what changes between records: a value that differs comes from the row of a statement before it, or else from the record.
 */
export function writeScript(one: Written, other: Written, prefix: string): Script {
  if (one.recorded.map(({ text }) => text).join('\n') !== other.recorded.map(({ text }) => text).join('\n')) {
    throw new Error('Two writes of a kind sent different statements.')
  }
  const variables: Record<string, string> = {}
  const read = new Set<number>()
  const parameter = (place: number, number: number): string => {
    const [value, second] = [one, other].map(({ recorded }) => recorded[place]?.values[number] ?? null) as [string | null, string | null]
    const [single, secondSingle] = [value, second].map((text) => /^\{"?([^",{}]+)"?\}$/.exec(text ?? '')?.[1])
    if (value === second || value === null || second === null) return constant(variables, `${prefix}${place}_${number}`, value)
    const source = single && secondSingle ? sourceOf(single, secondSingle, place) : sourceOf(value, second, place)
    if (source === undefined) return constant(variables, `${prefix}${place}_${number}`, value)
    return single ? `array[${source}]` : source
  }
  /** Where a value comes from: the name of a variable that holds it. */
  const sourceOf = (value: string, second: string, place: number): string | undefined => {
    for (let before = place - 1; before >= 0; before--) {
      const [row, secondRow] = [one.recorded[before]?.row, other.recorded[before]?.row]
      const column = Object.keys(row ?? {}).find((name) => row?.[name] === value && secondRow?.[name] === second)
      if (column === undefined) continue
      read.add(before)
      return `:r${before}_${column}`
    }
    const column = Object.keys(one.target).find((name) => one.target[name] === value && other.target[name] === second)
    return column && `:t_${column}`
  }
  const statements = one.recorded.map(({ text, values }, place) =>
    filled(
      text,
      values.map((_, number) => parameter(place, number)),
    ),
  )
  const lines = statements.map((statement, place) => (read.has(place) ? `${statement} \\gset r${place}_` : `${statement};`))
  return { text: [next, ...lines].join('\n'), variables }
}

/** Makes the table from which a write's script takes its records. */
export function targetsTable(targets: readonly Target[]): string {
  const columns = Object.keys(targets[0] ?? {})
  const rows = JSON.stringify(targets).replaceAll("'", "''")
  const typed = columns.map((name) => `"${name}" text`).join(', ')
  return `drop table if exists bench_targets; drop sequence if exists bench_next; create sequence bench_next;
    create table bench_targets as select row_number() over () as n, r.* from jsonb_to_recordset('${rows}') as r(${typed});
    create unique index on bench_targets (n); analyze bench_targets`
}

const next =
  "with next as materialized (select nextval('bench_next') as n) select bench_targets.* from next join bench_targets on bench_targets.n = next.n \\gset t_"

/** A value that is the same each time: a variable of the script, so that it is a parameter; what is null stands in the text. */
function constant(variables: Record<string, string>, name: string, value: string | null): string {
  if (value === null) return 'null'
  variables[name] = value
  return `:${name}`
}

/** A statement with its parameters named, on one line, and so without comments. */
function filled(text: string, values: readonly string[]): string {
  const uncommented = text.replace(/\s--\s.*$/gm, '')
  return uncommented.replace(/\$(\d+)/g, (_, number) => values[Number(number) - 1] ?? 'null').replace(/\s*\n\s*/g, ' ')
}
