import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { Transacting } from '../db/connect.ts'
import { exportPartners, exportPartnerships, importPartners, importPartnerships } from '../domain/delivery-partners/import.ts'
import type { Act } from '../domain/history.ts'
import { changesMany, reads } from './kinds.ts'
import { commandGroup } from './run.ts'

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
  const importing = group
    .command('import')
    .description('load a file where there are none yet, whole or not at all')
    .argument('<file>', `CSV with the columns ${columns}`)
  changesMany(importing, async ({ trx, act }, path: string) => {
    const count = `${await load(trx, act, await readFile(path))} ${name.replace('-', ' ')}`
    return { shows: `The file has ${count}.`, done: `Loaded ${count}.` }
  })
  reads(group.command('export').description('write them as a file that import reads'), async (trx) => {
    process.stdout.write(stringify(await rows(trx)))
  })
}
