import { stat } from 'node:fs/promises'
import { type Command, CommanderError } from 'commander'
import { kinds } from '../domain/dataset/dataset.ts'
import { importInParts } from './import/in-parts.ts'
import { importDataset } from './import/load.ts'
import { datasetSchema } from './import/schema.ts'
import { changesManyByItself } from './kinds.ts'
import { note, print } from './run.ts'
import { tokenKey } from './token-key.ts'

/** Bytes of a file that is loaded in one transaction although clients of a running server wait for its end. */
const largestHeld = 1024 * 1024

export function addImport(program: Command): void {
  const importing = program
    .command('import')
    .description('load a dataset, whole or not at all (docs/dataset.md); a name that ends in .ndjson is read line by line')
    .argument('<file>', 'the dataset')
    .option('--schema', 'print the JSON Schema of a dataset instead')
    .on('option:schema', () => {
      print(JSON.stringify(datasetSchema(), null, 2))
      throw new CommanderError(0, 'npq.schema', 'the schema is printed')
    })
  changesManyByItself(importing, async ({ db, openCopy, act, config, write }, file: string) => {
    const settings = { environment: config.environment, tokenKey: await tokenKey(config), author: act.author, write, progress: note }
    const inParts = openCopy !== undefined && (await stat(file)).size > largestHeld
    const loaded = inParts ? await importInParts({ db, openCopy }, file, settings) : await importDataset(db, file, settings)
    const lines = kinds.filter((kind) => loaded[kind].read > 0).map((kind) => countText(kind, loaded[kind]))
    return { shows: lines.join('\n'), done: 'The dataset is loaded.' }
  })
}

function countText(kind: string, { read, added }: { read: number; added: number }): string {
  return `${kind}: ${added} added, ${read - added} there already`
}
