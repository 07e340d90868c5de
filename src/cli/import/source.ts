import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { type Kind, kinds } from '../../domain/dataset/dataset.ts'
import type { Fault } from '../../domain/dataset/faults.ts'
import type { Placed } from '../../domain/dataset/incoming.ts'

/** One record as the file holds it, or what keeps it from being one. */
type Found = Placed | Fault

/** The member of one JSON file that holds the records of a kind. */
export const listName = (kind: Kind) => `${kind}s`

const longestLine = 16 * 1024 * 1024
const largestWhole = 256 * 1024 * 1024

/** Reads a dataset record by record. A file named `.ndjson` or `.jsonl` is read line by line; any other is one JSON text. */
export function readDataset(file: string): AsyncGenerator<Found> {
  return /\.(ndjson|jsonl)$/i.test(file) ? readLines(file) : readWhole(file)
}

async function* readWhole(file: string): AsyncGenerator<Found> {
  if ((await stat(file)).size > largestWhole) {
    yield { place: 'the file', problem: 'is too large for one JSON text: write it as newline-delimited JSON' }
    return
  }
  const whole = parse(await readFile(file))
  if (!isRecord(whole.value)) {
    yield { place: 'the file', problem: whole.problem ?? 'must be a JSON object that holds lists of records' }
    return
  }
  const known = new Map(kinds.map((kind) => [listName(kind), kind]))
  for (const [name, records] of Object.entries(whole.value)) {
    const kind = known.get(name)
    const list = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!kind) yield { place: list, problem: `is no kind of record; use ${[...known.keys()].join(', ')}` }
    else if (!Array.isArray(records)) yield { place: list, problem: 'must be a list' }
    else {
      for (const [index, record] of records.entries()) {
        const place = `${list}/${index}`
        yield isRecord(record) ? { kind, place, record } : { place, problem: 'must be an object' }
      }
    }
  }
}

async function* readLines(file: string): AsyncGenerator<Found> {
  let number = 0
  for await (const line of linesOf(file)) {
    const place = `line ${++number}`
    if (line === undefined) yield { place, problem: `is longer than ${longestLine / 1024 / 1024} MiB` }
    else if (!isBlank(line)) {
      const { value, problem } = parse(line)
      if (!isRecord(value)) yield { place, problem: problem ?? 'must be one JSON object' }
      else {
        const { kind, ...record } = value
        if (kinds.includes(kind as Kind)) yield { kind: kind as Kind, place: `${place} `, record }
        else yield { place: `${place} /kind`, problem: `must be one of ${kinds.join(', ')}` }
      }
    }
  }
}

/**
 * The lines of a file, undefined for one that is too long to hold. They end at line feeds alone, which JSON never has inside a
 * text, unlike the line separators of Unicode.
 */
async function* linesOf(file: string): AsyncGenerator<Buffer | undefined> {
  let parts: Buffer[] = []
  let length = 0
  const take = (part: Buffer) => {
    length += part.length
    if (length <= longestLine) parts.push(part)
    else parts = []
  }
  const line = () => {
    const whole = length <= longestLine ? Buffer.concat(parts) : undefined
    parts = []
    length = 0
    return whole
  }
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      take(chunk.subarray(start, end))
      yield line()
      start = end + 1
    }
    take(chunk.subarray(start))
  }
  if (length > 0) yield line()
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 32 || byte === 9 || byte === 13)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The JSON value of these bytes, with or without a byte order mark. */
function parse(bytes: Buffer): { value?: unknown; problem?: string } {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return { problem: 'is not UTF-8 text' }
  }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    // the rest of the message quotes the text, which may be a token
    const [where = ''] = / \(line \d+ column \d+\)/.exec(String(error)) ?? []
    return { problem: `is not valid JSON${where}` }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
