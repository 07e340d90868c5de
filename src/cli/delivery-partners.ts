import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { Transacting } from '../db/connect.ts'
import type { Answer } from '../domain/answer.ts'
import { findCohort } from '../domain/cohorts/records.ts'
import { copyPartnerships } from '../domain/delivery-partners/copy-partnerships.ts'
import { exportPartners, exportPartnerships, importPartners, importPartnerships } from '../domain/delivery-partners/import.ts'
import { addPartner, type Named, renamePartner } from '../domain/delivery-partners/name-partner.ts'
import { addPartnership, removePartnership } from '../domain/delivery-partners/partnerships.ts'
import { findPartner } from '../domain/delivery-partners/records.ts'
import type { Act } from '../domain/history.ts'
import { findProvider } from '../domain/reference/providers.ts'
import { changesMany, changesOne, type Doing, reads } from './kinds.ts'
import { orRefuse } from './verdict.ts'

export function addDeliveryPartners(program: Command): void {
  const partner = program
    .command('delivery-partner')
    .alias('delivery-partners')
    .description('add and rename delivery partners, load and write them out')
  addTable(partner, 'delivery partners', { columns: 'ECF Id and Name', load: importPartners, rows: exportPartners })
  changesOne(partner.command('add').description('add a delivery partner').argument('<name>', 'its name, which no other has'), add)
  const renaming = partner.command('rename').description('give a delivery partner another name').argument('<partner>', 'name or id')
  changesOne(renaming.argument('<name>', 'the new name'), rename)

  const partnership = program
    .command('partnership')
    .alias('partnerships')
    .description('say which delivery partners a lead provider may name in a cohort, load and write that out')
  const columns = 'Lead Provider ECF Id, Cohort and Delivery Partner ECF Id'
  addTable(partnership, 'partnerships', { columns, load: importPartnerships, rows: exportPartnerships })
  changesOne(ofPartner(partnership.command('add').description('let a lead provider name a delivery partner in a cohort')), join)
  changesOne(ofPartner(partnership.command('remove').description('end that; declarations that name the partner stay as they are')), part)
  const copying = partnership.command('copy').description('give a cohort those of the cohort before it that it lacks')
  changesMany(copying.argument('<cohort>', 'the cohort, such as 2027a'), copy)
}

function ofPartner(command: Command): Command {
  return command
    .argument('<partner>', 'name or id of the delivery partner')
    .requiredOption('--provider <name or id>', 'the lead provider')
    .requiredOption('--cohort <identifier>', 'the cohort, such as 2027a')
}

async function add({ trx, act }: Doing, name: string) {
  const named = await addPartner(trx, { ...act, name })
  orRefuse(named)
  return { warnings: likeness(named), done: `Delivery partner ${named.publicId} is added. Let providers name it with npq partnership add.` }
}

async function rename({ trx, act }: Doing, text: string, name: string) {
  const partner = orRefuse(await findPartner(trx, text))
  const named = await renamePartner(trx, { ...act, partnerId: partner.id, name })
  orRefuse(named)
  return { warnings: likeness(named), done: `Delivery partner ${named.publicId} is renamed.` }
}

function likeness({ similar }: Named): string[] {
  return similar.length > 0 ? [`There are delivery partners with similar names: ${similar.join(', ')}. Is it one of them?`] : []
}

type Among = { provider: string; cohort: string }

async function join({ trx, act }: Doing, text: string, among: Among) {
  const { what, ids } = await partnershipOf(trx, text, among)
  orRefuse(await addPartnership(trx, { ...act, ...ids }))
  return { shows: `New: ${what}`, done: 'The partnership is added.' }
}

async function part({ trx, act }: Doing, text: string, among: Among) {
  const { what, ids } = await partnershipOf(trx, text, among)
  const removed = await removePartnership(trx, { ...act, ...ids })
  orRefuse(removed)
  const { declarations } = removed
  return {
    shows: `Taken away: ${what}`,
    warnings: declarations > 0 ? [`${declarations} declarations of the cohort name the partner: they stay as they are.`] : [],
    done: 'The partnership is removed.',
  }
}

async function partnershipOf(trx: Transacting, text: string, among: Among) {
  const partner = orRefuse(await findPartner(trx, text))
  const provider = orRefuse(await findProvider(trx, among.provider))
  const cohort = orRefuse(await findCohort(trx, among.cohort))
  return {
    what: `${provider.name} may name ${partner.name} in ${cohort.identifier}.`,
    ids: { partnerId: partner.id, providerId: provider.id, cohortId: cohort.id },
  }
}

async function copy({ trx, act }: Doing, identifier: string) {
  const count = await copyPartnerships(trx, act, orRefuse(await findCohort(trx, identifier)).id)
  return { shows: `${identifier} lacks ${count} partnerships of the cohort before it.`, done: `${count} partnerships are added.` }
}

type Table = {
  columns: string
  load: (trx: Transacting, act: Act, bytes: Uint8Array) => Promise<Answer<number>>
  rows: (trx: Transacting) => Promise<string[][]>
}

function addTable(group: Command, name: string, { columns, load, rows }: Table) {
  const importing = group
    .command('import')
    .description('load a file where there are none yet, whole or not at all')
    .argument('<file>', `CSV with the columns ${columns}`)
  changesMany(importing, async ({ trx, act }, path: string) => {
    const count = `${orRefuse(await load(trx, act, await readFile(path)))} ${name}`
    return { shows: `The file has ${count}.`, done: `Loaded ${count}.` }
  })
  reads(group.command('export').description('write them as a file that import reads'), async (trx) => {
    process.stdout.write(stringify(await rows(trx)))
  })
}
