import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { systemClock } from '../clock.ts'
import type { Transacting } from '../db/connect.ts'
import { rehearse } from '../db/rehearse.ts'
import { exportPartners, exportPartnerships, importPartners, importPartnerships } from '../domain/delivery-partners/import.ts'
import type { Act } from '../domain/history.ts'
import { commandGroup, isReal, print, withDatabase } from './run.ts'

export function addDeliveryPartners(program: Command): void {
  addTable(program, 'delivery-partners', { columns: 'ECF Id and Name', load: importPartners, rows: exportPartners })
  const columns = 'Lead Provider ECF Id, Cohort and Delivery Partner ECF Id'
  addTable(program, 'partnerships', { columns, load: importPartnerships, rows: exportPartnerships })
}

type Table = {
  columns: string
  load: (trx: Transacting, act: Act, bytes: Uint8Array) => Promise<number>
  rows: (trx: Transacting) => Promise<string[][]>
}

function addTable(program: Command, name: string, { columns, load, rows }: Table) {
  const group = commandGroup(program, name, `load ${name} into an empty database, and write them out`)
  group
    .command('import')
    .description('load a file where there are none yet, whole or not at all')
    .argument('<file>', `CSV with the columns ${columns}`)
    .option('--dry-run <true or false>', 'only "false" makes the change', 'true')
    .action(async (path: string, { dryRun }: { dryRun: string }) => {
      const bytes = await readFile(path)
      const real = isReal(dryRun)
      const act = { now: systemClock(), author: `Command ${name} import` }
      const count = await withDatabase(({ db }) => rehearse(db, { real }, (trx) => load(trx, act, bytes)))
      print(`${real ? 'Loaded' : 'Would load'} ${count} ${name}.`)
      if (!real) print('Nothing was changed. Add --dry-run false to make the change.')
    })
  group
    .command('export')
    .description('write them as a file that import reads')
    .action(async () => {
      await withDatabase(async ({ db }) => {
        process.stdout.write(stringify(await db.transaction().execute(rows)))
      })
    })
}
