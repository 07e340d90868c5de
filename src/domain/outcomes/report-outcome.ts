import { utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type LockedDeclaration, lockCompleted } from '../declarations/records.ts'
import type { Act } from '../history.ts'
import { findIdChange, isParticipant, lockPerson } from '../participants/records.ts'
import { judge, type Verdict } from '../rules.ts'
import { readCompletionDate } from './completion-date.ts'
import { recordOutcome } from './record-outcome.ts'
import { findNewestOutcome, type Outcome } from './records.ts'
import { isReportable, type ReportOutcomeFacts, reportOutcomeRules } from './report-outcome-rules.ts'

/** What was sent: undefined where it was left out or blank. */
export type ReportOutcome = Act & {
  providerId: number
  /** public id */
  participantId: string
  courseIdentifier: string | undefined
  state: string | undefined
  completionDate: string | undefined
  /** also on a declaration by another provider, where the application is this one's now */
  onTransferred: boolean
  /** a pass stands: another pass with another date changes nothing */
  passStands: boolean
}

/** The internal id of the outcome that stands then, where nothing was refused. */
export type ReportedOutcome = Verdict & { outcomeId?: number }

/** A provider reports whether a participant passed the course that they completed (03 section 15). */
export async function reportOutcome(db: Database, command: ReportOutcome): Promise<ReportedOutcome> {
  return transact(db, async (trx): Promise<ReportedOutcome> => {
    // equal reports meet at the lock of the person
    const person = await lockPerson(trx, command.participantId)
    const locked = person && (await lockCompleted(person, command))
    const facts = await gatherFacts(trx, command, locked)
    const refusals = judge(reportOutcomeRules, facts)
    const { state, date } = facts
    if (refusals.length > 0 || !locked || !isReportable(state) || !date) return { refusals }

    const newest = await findNewestOutcome(trx, locked.declaration.id)
    if (newest && repeats(newest, state, date, command.passStands)) return { refusals, outcomeId: newest.id }
    const { id } = await recordOutcome(locked, command, { state, completionDate: date })
    return { refusals, outcomeId: id }
  })
}

async function gatherFacts(trx: Transacting, command: ReportOutcome, completed: LockedDeclaration | undefined): Promise<ReportOutcomeFacts> {
  const { participantId, providerId, courseIdentifier, state, completionDate, now } = command
  return {
    participantId,
    idChange: await findIdChange(trx, participantId),
    courseIdentifier,
    state,
    dateSent: completionDate !== undefined,
    date: readCompletionDate(completionDate),
    today: utcDate(now),
    completed: completed !== undefined,
    visible: await isParticipant(trx, providerId, participantId),
  }
}

function repeats(newest: Outcome, state: string, date: Temporal.PlainDate, passStands: boolean): boolean {
  if (newest.state !== state) return false
  return newest.completion_date.equals(date) || (passStands && state === 'passed')
}
