import type { Command } from 'commander'
import { archive } from '../domain/participants/archive.ts'
import { changeTrns } from '../domain/participants/change-trns.ts'
import { lockParticipant, lockParticipants } from '../domain/participants/lock.ts'
import { merge } from '../domain/participants/merge.ts'
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
    const [merged, kept] = await lockParticipants(trx, [mergeId, keepId])
    if (!merged || !kept) throw new Error(`There is no participant ${merged ? keepId : mergeId}.`)
    const { applications } = await merge(trx, act, { merged, kept, takeUid: true })
    return { done: `Merged ${mergeId} into ${keepId}, with ${applications} applications.` }
  })
  const archiving = participant
    .command('archive')
    .description('take a record out of use')
    .argument('<id>', 'id of the participant')
    .option('--blank-email', 'leave the record without an email address')
  changesOne(archiving, async ({ trx, act }, id: string, { blankEmail }: { blankEmail?: true }) => {
    await archive(trx, act, await lockParticipant(trx, id), { blankEmail: blankEmail === true })
    return { done: `Participant ${id} is archived.` }
  })
  const unarchiving = participant.command('unarchive').description('put an archived record back into use').argument('<id>', 'id of the participant')
  changesOne(unarchiving, async ({ trx, act }, id: string) => {
    await unarchive(trx, act, await lockParticipant(trx, id))
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
