import type { Command } from 'commander'
import type { Transacting } from '../db/connect.ts'
import { archive } from '../domain/participants/archive.ts'
import { changeTrns } from '../domain/participants/change-trns.ts'
import { merge } from '../domain/participants/merge.ts'
import { type LockedPerson, lockPeople, lockPerson } from '../domain/participants/records.ts'
import { unarchive } from '../domain/participants/unarchive.ts'
import { changesMany, changesOne } from './kinds.ts'
import { orRefuse } from './verdict.ts'

export function addParticipant(program: Command): void {
  const participant = program.command('participant').alias('participants').description('merge and archive records of people, and correct their TRN')
  const merging = participant
    .command('merge')
    .description('make two records of one person one')
    .argument('<merge>', 'id of the record to give up')
    .argument('<keep>', 'id of the record to keep')
  changesMany(merging, async ({ trx, act }, mergeId: string, keepId: string) => {
    const [merged, kept] = await lockPeople(trx, [mergeId.trim(), keepId.trim()])
    if (!merged || !kept) throw noSuchParticipant(merged ? keepId : mergeId)
    const outcome = await merge(act, { merged, kept, takeUid: true })
    orRefuse(outcome)
    return { done: `Merged ${mergeId} into ${keepId}, with ${outcome.applications} applications.` }
  })
  const archiving = participant
    .command('archive')
    .description('take a record out of use')
    .argument('<id>', 'id of the participant')
    .option('--blank-email', 'leave the record without an email address')
  changesOne(archiving, async ({ trx, act }, id: string, { blankEmail }: { blankEmail?: true }) => {
    orRefuse(await archive(await lockOne(trx, id), act, { blankEmail: blankEmail === true }))
    return { done: `Participant ${id} is archived.` }
  })
  const unarchiving = participant.command('unarchive').description('put an archived record back into use').argument('<id>', 'id of the participant')
  changesOne(unarchiving, async ({ trx, act }, id: string) => {
    orRefuse(await unarchive(await lockOne(trx, id), act))
    return { done: `Participant ${id} is in use.` }
  })
  const changingTrn = participant
    .command('change-trn')
    .description('set a verified TRN')
    .argument('<id>', 'id of the participant')
    .argument('<trn>', 'seven digits')
  changesOne(changingTrn, async ({ trx, act }, participantId: string, trn: string) => {
    for (const verdict of await changeTrns(trx, act, [{ participantId, trn }])) orRefuse(verdict)
    return { done: `The TRN of ${participantId} is changed.` }
  })
}

async function lockOne(trx: Transacting, id: string): Promise<LockedPerson> {
  const person = await lockPerson(trx, id.trim())
  if (!person) throw noSuchParticipant(id)
  return person
}

function noSuchParticipant(id: string): Error {
  return new Error(`There is no participant ${id}.`)
}
