import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import type { Transacting } from '../db/connect.ts'
import { rehearse } from '../db/rehearse.ts'
import type { RowOf } from '../db/schema.ts'
import type { Act } from '../domain/history.ts'
import { archive } from '../domain/participants/archive.ts'
import { changeTrns } from '../domain/participants/change-trns.ts'
import { lockParticipant, lockParticipants } from '../domain/participants/lock.ts'
import { merge } from '../domain/participants/merge.ts'
import { unarchive } from '../domain/participants/unarchive.ts'
import type { Verdict } from '../domain/rules.ts'
import { isReal, print, withDatabase } from './run.ts'

export function addParticipant(program: Command): void {
  const participant = program.command('participant').alias('participants').description('merge and archive records of people, and correct their TRN')
  participant
    .command('merge')
    .description('make two records of one person one')
    .argument('<merge>', 'id of the record to give up')
    .argument('<keep>', 'id of the record to keep')
    .option('--dry-run <true or false>', 'only "false" makes the change', 'true')
    .action(mergeParticipants)
  participant
    .command('archive')
    .description('take a record out of use')
    .argument('<id>', 'id of the participant')
    .option('--blank-email', 'leave the record without an email address')
    .action((id: string, { blankEmail }: { blankEmail?: true }) =>
      onOne('archive', id, (trx, act, user) => archive(trx, act, user, { blankEmail: blankEmail === true }), 'is archived'),
    )
  participant
    .command('unarchive')
    .description('put an archived record back into use')
    .argument('<id>', 'id of the participant')
    .action((id: string) => onOne('unarchive', id, unarchive, 'is in use'))
  participant
    .command('change-trn')
    .description('set a verified TRN')
    .argument('<id>', 'id of the participant')
    .argument('<trn>', 'seven digits')
    .action((participantId: string, trn: string) => setTrns([{ participantId, trn }]))
}

async function mergeParticipants(mergeId: string, keepId: string, { dryRun }: { dryRun: string }) {
  await withDatabase(async ({ db }) => {
    const real = isReal(dryRun)
    const { applications } = await rehearse(db, { real }, async (trx) => {
      const [merged, kept] = await lockParticipants(trx, [mergeId, keepId])
      if (!merged || !kept) throw new Error(`There is no participant ${merged ? keepId : mergeId}.`)
      return merge(trx, { now: systemClock(), author: 'Command participant merge' }, { merged, kept, takeUid: true })
    })
    print(`${real ? 'Merged' : 'Would merge'} ${mergeId} into ${keepId}, with ${applications} applications.`)
    if (!real) print('Nothing was changed. Add --dry-run false to make the change.')
  })
}

type Work = (trx: Transacting, act: Act, user: RowOf<'users'>) => Promise<unknown>

async function onOne(name: string, id: string, work: Work, result: string) {
  await withDatabase(async ({ db }) => {
    const act = { now: systemClock(), author: `Command participant ${name}` }
    await db.transaction().execute(async (trx) => work(trx, act, await lockParticipant(trx, id)))
    print(`Participant ${id} ${result}.`)
  })
}

async function setTrns(changes: { participantId: string; trn: string }[]) {
  await withDatabase(async ({ db }) => {
    const verdicts = await changeTrns(db, { now: systemClock(), author: 'Command participant change-trn' }, changes)
    for (const [place, { participantId }] of changes.entries()) print(`${participantId}: ${outcomeOf(verdicts[place])}`)
    if (verdicts.every(({ refusals }) => refusals.length > 0)) throw new Error('No TRN was changed.')
  })
}

function outcomeOf(verdict: Verdict | undefined): string {
  const refusals = verdict?.refusals ?? []
  return refusals.length === 0 ? 'TRN changed.' : refusals.map(({ detail }) => detail).join(' ')
}
