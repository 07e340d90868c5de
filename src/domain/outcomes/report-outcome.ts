import { sql } from 'kysely'
import { utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { lockPerson } from '../applications/lock.ts'
import type { Act } from '../history.ts'
import { findIdChange } from '../participants/id-changes.ts'
import { isParticipant } from '../participants/queries.ts'
import { judge, type Verdict } from '../rules.ts'
import { readCompletionDate } from './completion-date.ts'
import { outcomeTakingStates } from './outcome.ts'
import { latestOutcome } from './queries.ts'
import { recordOutcome } from './record-outcome.ts'
import { type Facts, isReportable, rules } from './report-outcome-rules.ts'

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
export type Reported = Verdict & { outcomeId?: number }

/** A provider reports whether a participant passed the course that they completed (03 section 15). */
export async function reportOutcome(db: Database, command: ReportOutcome): Promise<Reported> {
  return transact(db, async (trx): Promise<Reported> => {
    const declaration = await lockDeclaration(trx, command)
    const facts = await gather(trx, command, declaration)
    const refusals = judge(rules, facts)
    const { state, date } = facts
    if (refusals.length > 0 || !declaration || !isReportable(state) || !date) return { refusals }

    const latest = await latestOutcome(trx, declaration.id)
    if (latest && repeats(latest, state, date, command.passStands)) return { refusals, outcomeId: latest.id }
    const { id } = await recordOutcome(trx, command, { declaration, state, completionDate: date })
    return { refusals, outcomeId: id }
  })
}

async function gather(trx: Transacting, command: ReportOutcome, declaration: RowOf<'declarations'> | undefined): Promise<Facts> {
  const { participantId, providerId, courseIdentifier, state, completionDate, now } = command
  return {
    participantId,
    idChange: await findIdChange(trx, participantId),
    courseIdentifier,
    state,
    dateSent: completionDate !== undefined,
    date: readCompletionDate(completionDate),
    today: utcDate(now),
    completed: declaration !== undefined,
    visible: await isParticipant(trx, providerId, participantId),
  }
}

/** Locks the person and then the newest completed declaration for the course that can take an outcome, so that equal reports meet here. */
async function lockDeclaration(trx: Transacting, command: ReportOutcome): Promise<RowOf<'declarations'> | undefined> {
  const { participantId, providerId, courseIdentifier, onTransferred } = command
  const person = await trx.selectFrom('users').select('id').where('public_id', '=', participantId).executeTakeFirst()
  if (!person) return undefined
  await lockPerson(trx, person.id)
  return trx
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('courses', 'courses.id', 'applications.course_id')
    .selectAll('declarations')
    .where('applications.user_id', '=', person.id)
    .where('courses.identifier', '=', sql<never>`${courseIdentifier ?? null}`)
    .where('declaration_type', '=', 'completed')
    .where('declarations.state', 'in', outcomeTakingStates)
    .where(({ eb, or }) =>
      or([eb('declarations.lead_provider_id', '=', providerId), ...(onTransferred ? [eb('applications.lead_provider_id', '=', providerId)] : [])]),
    )
    .orderBy('declarations.id', 'desc')
    .limit(1)
    .forUpdate('declarations')
    .executeTakeFirst()
}

function repeats(latest: RowOf<'outcomes'>, state: string, date: Temporal.PlainDate, passStands: boolean): boolean {
  if (latest.state !== state) return false
  return latest.completion_date.equals(date) || (passStands && state === 'passed')
}
