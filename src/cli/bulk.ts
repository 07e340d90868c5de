import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { rejectApplications, revertApplications } from '../domain/applications/bulk.ts'
import { type BulkOperation, runBulk } from '../domain/bulk/operation.ts'
import { backfillDeliveryPartners } from '../domain/declarations/backfill-delivery-partners.ts'
import { submitDeclarations } from '../domain/declarations/submit-declarations.ts'
import { updateTrns } from '../domain/participants/update-trns.ts'
import { fullName } from './acting.ts'
import { changesMany } from './kinds.ts'
import { commandGroup } from './run.ts'
import { orRefuse } from './verdict.ts'

/** The commands that carry out one action on every row of a file. */
export function addBulk(program: Command): void {
  const declarations = commandGroup(program, 'declarations', 'submit declarations for providers, and complete those that stand')
  addOperation(declarations, 'submit', 'declare for each row, as its provider would', submitDeclarations)
  addOperation(declarations, 'backfill-delivery-partners', 'name partners where declarations lack them', backfillDeliveryPartners)
  const applications = commandGroup(program, 'applications', 'take decisions on applications, and take them back')
  addOperation(applications, 'reject', 'reject each application as expired; one id a line', rejectApplications)
  addOperation(applications, 'revert', 'put each application back to pending; one id a line', revertApplications)
  const participants = commandGroup(program, 'participants', 'correct records of people')
  addOperation(participants, 'update-trns', 'set and verify the TRN of each person', updateTrns)
}

function addOperation<Row>(group: Command, name: string, description: string, operation: BulkOperation<Row>) {
  const command = group
    .command(name)
    .description(description)
    .argument('<file>', 'CSV file')
    .option('--results <file>', 'write what became of each row to a CSV file')
  changesMany(command, async ({ trx, act }, path: string, { results: resultFile }: { results?: string }) => {
    const bytes = await readFile(path)
    const { rows, refusals } = operation.read(bytes)
    orRefuse({ refusals })
    const ran = await runBulk(trx, act, operation, rows, { type: fullName(command), name: basename(path), bytes })
    orRefuse(ran)
    const { results } = ran
    if (resultFile) await writeFile(resultFile, stringify([['row', 'result'], ...results.map(({ key, outcome }) => [key, outcome])]))
    const carriedOut = results.filter(({ refused }) => !refused).length
    const count = `${carriedOut} of ${results.length} rows can be carried out.`
    return {
      shows: [...results.map(({ key, outcome }) => `${key}\t${outcome}`), count].join('\n'),
      done: `${carriedOut} of ${results.length} rows were carried out.`,
      failed: carriedOut === 0 ? 'No row was carried out: see what is said of each.' : undefined,
    }
  })
}
