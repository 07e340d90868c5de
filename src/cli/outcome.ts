import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { rehearse } from '../db/rehearse.ts'
import { changeLegacyTrn, importLegacyPasses } from '../domain/outcomes/legacy.ts'
import { reportOutcome } from '../domain/outcomes/report-outcome.ts'
import { voidDuplicate } from '../domain/outcomes/void-duplicate.ts'
import { findProvider } from '../domain/reference/providers.ts'
import { isUuid } from '../uuid.ts'
import { readCsv } from './csv.ts'
import { isReal, print, withDatabase } from './run.ts'

export function addOutcome(program: Command): void {
  const outcome = program.command('outcome').description('correct outcomes, and load those of the register before')
  outcome
    .command('create')
    .description('record an outcome as its provider would')
    .argument('<participant>', 'id of the participant')
    .argument('<provider>', 'name or id of the lead provider')
    .argument('<course>', 'course identifier')
    .argument('<date>', 'completion date, yyyy-mm-dd')
    .option('--state <state>', 'passed or failed', 'passed')
    .action(create)
  outcome
    .command('void-duplicate')
    .description('void an outcome whose declaration has another one that is passed')
    .argument('<id>', 'number of the outcome')
    .action(voidOne)
  outcome
    .command('import-legacy')
    .description('load passes of the register before')
    .argument('<file>', 'CSV with the columns trn, npq_type and awarded_date (month/day/year)')
    .option('--truncate', 'in place of those that are there')
    .option('--dry-run <true or false>', 'only "false" makes the change', 'true')
    .action(importLegacy)
  outcome
    .command('change-legacy-trn')
    .description('move passes of the register before to another TRN')
    .argument('<old>', 'the TRN that they have')
    .argument('<new>', 'the TRN that they are to have')
    .action(changeTrn)
}

async function create(participantId: string, providerName: string, courseIdentifier: string, completionDate: string, { state }: { state: string }) {
  await withDatabase(async ({ db }) => {
    const provider = await findProvider(db, providerName)
    if (!isUuid(participantId)) throw new Error(`There is no participant ${participantId}.`)
    const { refusals, outcomeId } = await reportOutcome(db, {
      now: systemClock(),
      author: 'Command outcome create',
      providerId: provider.id,
      participantId: participantId.toLowerCase(),
      courseIdentifier,
      state,
      completionDate,
      onTransferred: true,
      passStands: true,
    })
    if (outcomeId === undefined) throw new Error(refusals.map(({ detail }) => detail).join(' '))
    print(`Outcome ${outcomeId} stands for ${participantId} on ${courseIdentifier} with ${provider.name}.`)
  })
}

async function voidOne(id: string) {
  if (!/^\d{1,15}$/.test(id)) throw new Error(`${id} is not the number of an outcome.`)
  await withDatabase(({ db }) => voidDuplicate(db, { now: systemClock(), author: 'Command outcome void-duplicate' }, Number(id)))
  print(`Outcome ${id} is voided.`)
}

async function importLegacy(path: string, { truncate, dryRun }: { truncate?: true; dryRun: string }) {
  const passes = await readCsv(path, ['trn', 'npq_type', 'awarded_date'])
  const real = isReal(dryRun)
  await withDatabase(({ db }) => rehearse(db, { real }, (trx) => importLegacyPasses(trx, passes, { truncate: truncate === true })))
  print(`${real ? 'Loaded' : 'Would load'} ${passes.length} legacy outcomes.`)
  if (!real) print('Nothing was changed. Add --dry-run false to make the change.')
}

async function changeTrn(from: string, to: string) {
  await withDatabase(async ({ db }) => {
    const ids = await db.transaction().execute((trx) => changeLegacyTrn(trx, systemClock(), from, to))
    print(`Changed the TRN of ${ids.length} legacy outcomes: ${ids.join(', ')}.`)
  })
}
