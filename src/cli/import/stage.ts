import { sql } from 'kysely'
import { Compile } from 'typebox/compile'
import type { Environment } from '../../config.ts'
import type { Transacting } from '../../db/connect.ts'
import { hashToken, hasTokenForm } from '../../domain/tokens/token.ts'
import { dataset, type Kind, kinds } from './dataset.ts'
import { collectFaults, type Fault } from './faults.ts'
import { recordSchema } from './fields.ts'
import { readDataset, type Sound } from './source.ts'

export type ImportSettings = {
  environment: Environment
  tokenKey: string
  /** who imports, as the history would name them */
  author: string
  /** false: a rehearsal */
  write: boolean
  /** told from time to time how far the load has come */
  progress?: (line: string) => void
}

const batchRecords = 2000
const batchCharacters = 8 * 1024 * 1024

/** Checks the form of every record and puts it into the temporary table `incoming`; returns how many there are of each kind. */
export async function stage(trx: Transacting, file: string, settings: ImportSettings): Promise<Record<Kind, number>> {
  await makeIncoming(trx)
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
  const faults = collectFaults()
  const batch = collectBatch(trx)
  let number = 0
  for await (const found of readDataset(file)) {
    faults.add(...('problem' in found ? [found] : faultsOf(found, settings)))
    if (++number % 100_000 === 0) settings.progress?.(`read ${number} records`)
    if (faults.any() || 'problem' in found) continue
    counts[found.kind]++
    await batch.add(found.kind === 'token' ? hashed(found, settings) : found)
  }
  if (number === 0) faults.add({ place: 'the file', problem: 'holds no record' })
  faults.throwIfAny()
  await batch.flush()
  await sql`analyze incoming`.execute(trx)
  return counts
}

/** Makes the table `incoming`: the records of the file, with their number and place in it. */
export async function makeIncoming(trx: Transacting): Promise<void> {
  await sql`create temporary table incoming (number bigint, kind text, place text, record jsonb) on commit drop`.execute(trx)
}

const validators = Object.fromEntries(kinds.map((kind) => [kind, Compile(recordSchema(dataset[kind]))])) as unknown as Record<
  Kind,
  ReturnType<typeof Compile>
>

function faultsOf({ kind, place, record }: Sound, settings: ImportSettings): Fault[] {
  if (!validators[kind].Check(record)) {
    return validators[kind].Errors(record).map(({ instancePath, message, keyword }) => ({
      place: (place + instancePath).trimEnd(),
      problem: keyword === 'boolean' ? 'is not a known member' : message,
    }))
  }
  if (kind !== 'token') return []
  if (settings.environment === 'production') {
    return [{ place: `${place}/token`, problem: 'cannot be imported in production: issue tokens with npq token issue' }]
  }
  if (!hasTokenForm(String(record['token']), settings.environment)) {
    return [{ place: `${place}/token`, problem: `is not of the form that ENVIRONMENT=${settings.environment} takes, or its checksum is wrong` }]
  }
  return []
}

/** The clear text of a token goes no further than here. */
function hashed(found: Sound, { tokenKey }: ImportSettings): Sound {
  return { ...found, record: { ...found.record, token: hashToken(String(found.record['token']), tokenKey) } }
}

/** Writes records many at a time, but never more than fit into little memory. */
function collectBatch(trx: Transacting) {
  let kindsOf: Kind[] = []
  let places: string[] = []
  let records: string[] = []
  let characters = 0
  let written = 0
  const flush = async () => {
    await sql`insert into incoming select ${written} + ordinality, kind, place, record
      from unnest(${kindsOf}::text[], ${places}::text[], ${records}::jsonb[]) with ordinality as r(kind, place, record)`.execute(trx)
    written += records.length
    kindsOf = []
    places = []
    records = []
    characters = 0
  }
  return {
    flush,
    async add({ kind, place, record }: Sound) {
      const text = JSON.stringify(record)
      kindsOf.push(kind)
      places.push(place)
      records.push(text)
      characters += text.length
      if (records.length === batchRecords || characters > batchCharacters) await flush()
    },
  }
}
