import { basename } from 'node:path'
import type { Database, Transacting } from '../../db/connect.ts'
import { rehearse } from '../../db/rehearse.ts'
import { type Kind, kinds } from '../../domain/dataset/dataset.ts'
import { freshenStatistics, load } from '../../domain/dataset/load.ts'
import { recordImport } from '../../domain/imports.ts'
import { type ImportSettings, stage } from './stage.ts'

export type Loaded = Record<Kind, { read: number; added: number }>

/**
 * Loads a dataset whole or not at all. Records are staged in a temporary table, so that memory stays bounded whatever their
 * number, and then checked and inserted kind by kind; a record whose key is known already is left as it is.
 */
export async function importDataset(db: Database, file: string, settings: ImportSettings): Promise<Loaded> {
  const loaded = await rehearse(db, { real: settings.write }, async (trx) => {
    const loaded = await loadFile(trx, file, settings)
    await recordImport(trx, settings, { type: 'import', name: basename(file), added: addedOf(loaded) })
    return loaded
  })
  if (settings.write) await freshenStatistics(db)
  return loaded
}

/** Loads a file in a transaction; `afterKind` is told of each kind that the file holds, while `records` has what was new of it. */
export async function loadFile(trx: Transacting, file: string, settings: ImportSettings, afterKind?: (kind: Kind) => Promise<void>): Promise<Loaded> {
  const read = await stage(trx, file, settings)
  const loaded = {} as Loaded
  for (const kind of kinds) {
    loaded[kind] = { read: read[kind], added: 0 }
    if (read[kind] === 0) continue
    settings.progress?.(`loading ${read[kind]} ${kind} records`)
    loaded[kind].added = await load(trx, kind, settings)
    await afterKind?.(kind)
  }
  return loaded
}

/** How many records of each kind that the file holds were new. */
export function addedOf(loaded: Loaded): Record<string, number> {
  return Object.fromEntries(kinds.filter((kind) => loaded[kind].read > 0).map((kind) => [kind, loaded[kind].added]))
}
