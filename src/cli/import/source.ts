import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { type Kind, kinds, listName } from './dataset.ts'

/** One thing that is wrong, and where: a JSON pointer, after the number of the line in newline-delimited JSON. */
export type Fault = { place: string; problem: string }

/** One record as the file holds it, or what keeps it from being one. */
export type Found = { kind: Kind; place: string; record: Record<string, unknown> } | Fault

/** Reads a dataset record by record. A file named `.ndjson` or `.jsonl` is read line by line; any other is one JSON text. */
export function readDataset(file: string): AsyncGenerator<Found> {
  return /\.(ndjson|jsonl)$/i.test(file) ? readLines(file) : readWhole(file)
}

async function* readWhole(file: string): AsyncGenerator<Found> {
  const whole = parse(await readFile(file, 'utf8'))
  if (!isRecord(whole)) {
    yield { place: '/', problem: 'must be a JSON object that holds lists of records' }
    return
  }
  const known = new Map(kinds.map((kind) => [listName(kind), kind]))
  for (const [name, records] of Object.entries(whole)) {
    const kind = known.get(name)
    if (!kind) yield { place: `/${name}`, problem: `is no kind of record; use ${[...known.keys()].join(', ')}` }
    else if (!Array.isArray(records)) yield { place: `/${name}`, problem: 'must be a list' }
    else {
      for (const [index, record] of records.entries()) {
        const place = `/${name}/${index}`
        yield isRecord(record) ? { kind, place, record } : { place, problem: 'must be an object' }
      }
    }
  }
}

async function* readLines(file: string): AsyncGenerator<Found> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++
    if (line.trim() === '') continue
    const place = `line ${number} `
    const parsed = parse(line)
    if (!isRecord(parsed)) yield { place, problem: 'must be one JSON object' }
    else {
      const { kind, ...record } = parsed
      if (kinds.includes(kind as Kind)) yield { kind: kind as Kind, place, record }
      else yield { place: `${place}/kind`, problem: `must be one of ${kinds.join(', ')}` }
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
