import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { stringify } from 'csv-stringify/sync'
import { systemClock } from '../clock.ts'
import { rejectApplications, revertApplications } from '../domain/applications/bulk.ts'
import { type BulkOperation, runBulk } from '../domain/bulk/operation.ts'
import { backfillDeliveryPartners } from '../domain/declarations/backfill-delivery-partners.ts'
import { submitDeclarations } from '../domain/declarations/submit-declarations.ts'
import { updateTrns } from '../domain/participants/update-trns.ts'
import { commandGroup, note, print, withDatabase } from './run.ts'

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
  group
    .command(name)
    .description(description)
    .argument('<file>', 'CSV file')
    .option('--dry-run', 'show what would become of each row, and save nothing')
    .option('--results <file>', 'write what became of each row to a CSV file')
    .action(async (path: string, { dryRun = false, results: resultFile }: { dryRun?: boolean; results?: string }) => {
      const bytes = await readFile(path)
      const rows = operation.read(bytes)
      await withDatabase(async ({ db }) => {
        const act = { now: systemClock(), author: `Command ${group.name()} ${name}` }
        const results = await runBulk(db, act, operation, rows, { dryRun, file: { type: `${group.name()} ${name}`, name: basename(path), bytes } })
        for (const { key, outcome } of results) print(`${key}\t${outcome}`)
        if (resultFile) await writeFile(resultFile, stringify([['row', 'result'], ...results.map(({ key, outcome }) => [key, outcome])]))
        const refused = results.filter((result) => result.refused).length
        note(`${results.length - refused} of ${results.length} rows were carried out.${dryRun ? ' This was a dry run: nothing was saved.' : ''}`)
      })
    })
}
