import type { Transacting } from '../../db/connect.ts'
import { insertAll } from './insert.ts'
import { resolve } from './load.ts'
import { overById } from './step.ts'
import { steps } from './steps.ts'

/**
 * Makes rows say again what the incoming records of a kind say, whether they have changed since or are gone. The records are not judged
 * anew: they were when they were loaded. What a record holds in lists is added, so it must have been taken away before; a statement
 * keeps its own.
 */
export async function putBack(trx: Transacting, kind: 'user' | 'participant_id_change' | 'application' | 'statement' | 'declaration'): Promise<void> {
  await resolve(trx, kind, 'all')
  const [own] = steps[kind].rows
  const [insert, ...held] = steps[kind].insert
  if (!own || !insert) return
  const rows = kind === 'participant_id_change' ? insert : overById(kind, own)
  await insertAll(trx, kind === 'statement' ? [rows] : [rows, ...held])
}
