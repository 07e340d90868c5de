import type { Database, Transacting } from '../db/connect.ts'
import { rehearse } from '../db/rehearse.ts'
import { type Change, withChanges } from '../domain/changes.ts'
import type { Act } from '../domain/history.ts'
import { changesText, startAlike } from './changes-text.ts'
import type { Terminal } from './terminal.ts'

/** What came of a command. */
export type Result = Readonly<{
  /** what it changes, for its reader to see before it is written; where absent, the records with their old and new values */
  shows?: string
  warnings?: readonly string[]
  /** that it is done */
  done: string
  /** why it failed although what it wrote stands */
  failed?: string | undefined
}>

export type Work = (trx: Transacting, act: Act) => Promise<Result>
/** `act` is asked for anew at each run, so that what a person thought about long does not carry an old time. */
type Parts = { db: Database; act: () => Act; terminal: Terminal }

/** Rehearses a change of money or of many records and shows what comes of it; keeps it only where told to write. */
export async function rehearseOrWrite({ db, act, terminal }: Parts, write: boolean, work: Work): Promise<void> {
  const ran = await rehearse(db, { real: write }, (trx) => run(trx, act(), work))
  tell(terminal, ran)
  conclude(terminal, write, ran.result)
}

/** Says that it is done, or that it was a rehearsal. */
export function conclude({ print, note }: Terminal, written: boolean, { done, failed }: Result): void {
  if (written) print(done)
  else note('This was a rehearsal: nothing was written. Add --write to write it.')
  if (failed !== undefined) throw new Error(failed)
}

/** Shows a change of one record, old and new, and makes it once the person says yes; where `yes` was said before, at once. */
export async function showAndAsk({ db, act, terminal }: Parts, yes: boolean, work: Work): Promise<void> {
  const seen = yes ? undefined : await rehearse(db, { real: false }, (trx) => run(trx, act(), work))
  if (seen) {
    tell(terminal, seen)
    if (terminal.ask === undefined) throw new Error('Nothing was written: there is no terminal to ask on. Add --yes to do it unasked.')
    if (!/^y(es)?$/i.test((await terminal.ask('Do it? [y/N] ')).trim())) throw new Error('Nothing was written.')
  }
  const ran = await rehearse(db, { real: true }, async (trx) => {
    const now = await run(trx, act(), work)
    if (seen && !startAlike(seen.changes, now.changes))
      throw new Error('Nothing was written: the record was changed meanwhile. Give the command again.')
    return now
  })
  if (!seen) tell(terminal, ran)
  conclude(terminal, true, ran.result)
}

function run(trx: Transacting, act: Act, work: Work) {
  return withChanges(trx, act, () => work(trx, act))
}

function tell({ print, note }: Terminal, { result, changes }: { result: Result; changes: readonly Change[] }) {
  print(result.shows ?? changesText(changes))
  for (const warning of result.warnings ?? []) note(`Warning: ${warning}`)
}
