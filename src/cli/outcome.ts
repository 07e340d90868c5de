import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { readRows } from '../domain/bulk/file.ts'
import { recordImport } from '../domain/imports.ts'
import { changeLegacyTrn, importLegacyPasses } from '../domain/outcomes/legacy.ts'
import { reportOutcome } from '../domain/outcomes/report-outcome.ts'
import { voidDuplicate } from '../domain/outcomes/void-duplicate.ts'
import { findProvider } from '../domain/reference/providers.ts'
import { isUuid } from '../uuid.ts'
import { fullName } from './acting.ts'
import { changesMany, changesOne, type Doing } from './kinds.ts'
import { orRefuse } from './verdict.ts'

export function addOutcome(program: Command): void {
  const outcome = program.command('outcome').description('correct outcomes, and load those of the register before')
  const creating = outcome
    .command('create')
    .description('record an outcome as its provider would')
    .argument('<participant>', 'id of the participant')
    .argument('<provider>', 'name or id of the lead provider')
    .argument('<course>', 'course identifier')
    .argument('<date>', 'completion date, yyyy-mm-dd')
    .option('--state <state>', 'passed or failed', 'passed')
  changesOne(creating, create)
  const voiding = outcome
    .command('void-duplicate')
    .description('void an outcome whose declaration has another one that is passed')
    .argument('<id>', 'number of the outcome')
  changesOne(voiding, async ({ trx, act }, id: string) => {
    if (!/^\d{1,15}$/.test(id)) throw new Error(`${id} is not the number of an outcome.`)
    orRefuse(await voidDuplicate(trx, act, Number(id)))
    return { done: `Outcome ${id} is voided.` }
  })
  const importing = outcome
    .command('import-legacy')
    .description('load passes of the register before')
    .argument('<file>', 'CSV with the columns trn, npq_type and awarded_date (month/day/year)')
    .option('--truncate', 'in place of those that are there')
  changesMany(importing, async ({ trx, act }, path: string, { truncate }: { truncate?: true }) => {
    const { rows: passes, refusals } = readRows(await readFile(path), ['trn', 'npq_type', 'awarded_date'])
    orRefuse({ refusals })
    const imported = await importLegacyPasses(trx, passes, { truncate: truncate === true })
    orRefuse(imported)
    await recordImport(trx, act, { type: fullName(importing), name: basename(path), added: { legacy_passed_outcome: passes.length } })
    const count = `${passes.length} legacy outcomes`
    return { shows: `The file has ${count}${truncate ? `, in place of ${imported.replaced} that are there` : ''}.`, done: `Loaded ${count}.` }
  })
  const changingTrn = outcome
    .command('change-legacy-trn')
    .description('move passes of the register before to another TRN')
    .argument('<old>', 'the TRN that they have')
    .argument('<new>', 'the TRN that they are to have')
  changesOne(changingTrn, async ({ trx, act }, from: string, to: string) => {
    const changed = await changeLegacyTrn(trx, act, from, to)
    orRefuse(changed)
    return { done: `Changed the TRN of ${changed.ids.length} legacy outcomes: ${changed.ids.join(', ')}.` }
  })
}

async function create(
  { trx, act }: Doing,
  participantId: string,
  providerName: string,
  courseIdentifier: string,
  completionDate: string,
  { state }: { state: string },
) {
  const provider = orRefuse(await findProvider(trx, providerName))
  if (!isUuid(participantId)) throw new Error(`There is no participant ${participantId}.`)
  const reported = await reportOutcome(trx, {
    ...act,
    providerId: provider.id,
    participantId: participantId.toLowerCase(),
    courseIdentifier,
    state,
    completionDate,
    onTransferred: true,
    passStands: true,
  })
  orRefuse(reported)
  return { done: `Outcome ${reported.outcomeId} stands for ${participantId} on ${courseIdentifier} with ${provider.name}.` }
}
