import { Compile } from 'typebox/compile'
import type { Environment } from '../../config.ts'
import type { Transacting } from '../../db/connect.ts'
import { dataset, type Kind, kinds } from '../../domain/dataset/dataset.ts'
import { collectFaults, type Fault } from '../../domain/dataset/faults.ts'
import { recordSchema } from '../../domain/dataset/fields.ts'
import { intoIncoming, makeIncoming, type Placed } from '../../domain/dataset/incoming.ts'
import { hashToken, hasTokenForm } from '../../domain/tokens/token.ts'
import { readDataset } from './source.ts'

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

/** Checks the form of every record and puts it into the table `incoming`; returns how many there are of each kind. */
export async function stage(trx: Transacting, file: string, settings: ImportSettings): Promise<Record<Kind, number>> {
  await makeIncoming(trx)
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
  const faults = collectFaults()
  const incoming = intoIncoming(trx)
  let number = 0
  for await (const found of readDataset(file)) {
    faults.add(...('problem' in found ? [found] : faultsOf(found, settings)))
    if (++number % 100_000 === 0) settings.progress?.(`read ${number} records`)
    if (faults.any() || 'problem' in found) continue
    counts[found.kind]++
    await incoming.add(found.kind === 'token' ? hashed(found, settings) : found)
  }
  if (number === 0) faults.add({ place: 'the file', problem: 'holds no record' })
  faults.throwIfAny()
  await incoming.done()
  return counts
}

const validators = Object.fromEntries(kinds.map((kind) => [kind, Compile(recordSchema(dataset[kind]))])) as unknown as Record<
  Kind,
  ReturnType<typeof Compile>
>

function faultsOf({ kind, place, record }: Placed, settings: ImportSettings): Fault[] {
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
function hashed(found: Placed, { tokenKey }: ImportSettings): Placed {
  return { ...found, record: { ...found.record, token: hashToken(String(found.record['token']), tokenKey) } }
}
