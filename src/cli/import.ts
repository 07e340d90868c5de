import type { Command } from 'commander'
import { tokenKey } from '../domain/tokens/key.ts'
import { kinds } from './import/dataset.ts'
import { importDataset } from './import/load.ts'
import { datasetSchema } from './import/schema.ts'
import { note, print, withDatabase } from './run.ts'

export function addImport(program: Command): void {
  program
    .command('import')
    .description('load a dataset, whole or not at all (docs/dataset.md); a name that ends in .ndjson is read line by line')
    .argument('[file]', 'the dataset')
    .option('--schema', 'print the JSON Schema of a dataset instead')
    .action(async (file: string | undefined, options: { schema?: true }) => {
      if (options.schema) print(JSON.stringify(datasetSchema(), null, 2))
      else if (file === undefined) throw new Error('Name the file to import, or ask for its form with --schema.')
      else await load(file)
    })
}

async function load(file: string) {
  await withDatabase(async ({ db }, config) => {
    const settings = { environment: config.environment, tokenKey: await tokenKey(config), progress: note }
    const loaded = await importDataset(db, file, settings)
    for (const kind of kinds) {
      const { read, added } = loaded[kind]
      if (read > 0) print(`${kind}: ${added} added, ${read - added} there already`)
    }
  })
}
