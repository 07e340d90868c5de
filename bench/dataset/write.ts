import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Random } from '../../src/sandbox/random.ts'
import { fourPeople } from './people.ts'
import { surroundings } from './surroundings.ts'

/** The lines of a dataset with so many applications of four fifths as many people: the same on every machine. */
function* linesOf(applications: number): Generator<string> {
  const random = new Random(14)
  const around = surroundings(random)
  yield linesFrom(around.records)
  for (let written = 0, person = 0; written < applications; written += 5, person += 4) yield linesFrom(fourPeople(random, around, person))
}

/** Writes a dataset as newline-delimited JSON, for `npq import`. */
export function writeDataset(file: string, applications: number): Promise<void> {
  return pipeline(Readable.from(linesOf(applications)), createWriteStream(file))
}

/** Tells datasets apart: of one size, those with the same fingerprint hold the same records. */
export function fingerprint(applications: number): string {
  const hash = createHash('sha256').update(String(applications))
  for (const line of linesOf(1000)) hash.update(line)
  return hash.digest('hex').slice(0, 16)
}

function linesFrom(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

if (import.meta.main) {
  const [file, howMany = '1000000'] = process.argv.slice(2)
  if (file === undefined) throw new Error('Name the file to write.')
  await writeDataset(file, Number(howMany))
}
