import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { DeclarationType } from '../../words.ts'
import { refusal } from '../answer.ts'
import { type LockedCohort, lockCohort } from '../cohorts/records.ts'
import { type Act, create, destroy } from '../history.ts'
import { done, judge, type Rule, type Rules, refuse, type Verdict } from '../rules.ts'
import { logFinancialChange } from './financial-change-log.ts'
import {
  findMilestone,
  type LockedMilestone,
  type LockedSchedule,
  link,
  lockMilestone,
  lockSchedule,
  type Milestone,
  milestoneTypes,
  paymentRuns,
  unlink,
} from './milestone-records.ts'
import type { Month } from './statement.ts'

export type MilestoneFacts = {
  schedule: Pick<LockedSchedule, 'allowed_declaration_types'>
  type: DeclarationType
  taken: boolean
  /** how many providers have a payment run in the month */
  runs: number
}

/** Says in which month declarations of a type are expected on a schedule; links every provider's payment run of that month (05 section 14). */
export async function createMilestone(db: Database, command: Act & Month & { scheduleId: number; type: DeclarationType }): Promise<Verdict> {
  return transact(db, async (trx) => {
    const { cohort, schedule } = await lockCalendar(trx, command.scheduleId)
    if (!schedule) return refusal('schedule_unknown', 'schedule', 'There is no such schedule.')
    const taken = (await milestoneTypes(trx, schedule)).includes(command.type)
    const runs = await paymentRuns(trx, cohort, command)
    const refusals = judge(milestoneRules, { schedule, type: command.type, taken, runs: runs.length })
    if (refusals.length > 0) return { refusals }
    const milestone = await create(trx, command, 'milestones', { schedule_id: schedule.id, declaration_type: command.type })
    const linked = await link(trx, command, milestone, runs)
    await logFinancialChange(trx, command, 'Create milestone', { milestone_id: milestone.id, ...described(milestone), statement_ids: [[], linked] })
    return done
  })
}

/** Moves a milestone to another month: all its links are made anew; providers without a payment run then are passed over. */
export async function moveMilestone(db: Database, command: Act & Month & { milestoneId: number }): Promise<Verdict> {
  return onMilestone(db, command.milestoneId, async (trx, milestone, cohort) => {
    const runs = await paymentRuns(trx, cohort, command)
    const refusals = judge([emptyMonth], { runs: runs.length })
    if (refusals.length > 0) return { refusals }
    const before = await unlink(trx, command, milestone)
    const linked = await link(trx, command, milestone, runs)
    await logFinancialChange(trx, command, 'Move milestone', { milestone_id: milestone.id, ...described(milestone), statement_ids: [before, linked] })
    return done
  })
}

/** Takes a milestone and its links away. */
export async function deleteMilestone(db: Database, command: Act & { milestoneId: number }): Promise<Verdict> {
  return onMilestone(db, command.milestoneId, async (trx, milestone) => {
    const before = await unlink(trx, command, milestone)
    await destroy(trx, command, 'milestones', milestone)
    await logFinancialChange(trx, command, 'Delete milestone', { milestone_id: milestone.id, ...described(milestone), statement_ids: [before, []] })
    return done
  })
}

const emptyMonth: Rule<Pick<MilestoneFacts, 'runs'>> = refuse(
  'payment_run_unknown',
  ({ runs }) => runs === 0,
  'statement_date',
  'No provider has a payment run of this month in the cohort: give a month that has one.',
)

export const milestoneRules: Rules<MilestoneFacts> = [
  refuse(
    'declaration_type_not_in_schedule',
    ({ schedule, type }) => !schedule.allowed_declaration_types.includes(type),
    'declaration_type',
    'The schedule does not allow declarations of this type.',
  ),
  refuse('milestone_exists', ({ taken }) => taken, 'declaration_type', 'The schedule has a milestone for this type already.'),
  emptyMonth,
]

async function onMilestone(
  db: Database,
  id: number,
  work: (trx: Transacting, milestone: LockedMilestone, cohort: LockedCohort) => Promise<Verdict>,
): Promise<Verdict> {
  return transact(db, async (trx) => {
    const seen = await findMilestone(trx, id)
    if (!seen) return noSuchMilestone
    const { cohort, schedule } = await lockCalendar(trx, seen.schedule_id)
    const milestone = schedule && (await lockMilestone(trx, schedule, id))
    return milestone ? work(trx, milestone, cohort) : noSuchMilestone
  })
}

const noSuchMilestone = refusal('milestone_unknown', 'milestone', 'There is no such milestone.')

/** Locks a schedule, and before it its cohort: what makes or changes statements of the cohort, or moves their links, waits. */
async function lockCalendar(trx: Transacting, scheduleId: number) {
  const cohort = await lockCohort(trx, { scheduleId })
  const schedule = cohort && (await lockSchedule(trx, cohort, scheduleId))
  return schedule ? { cohort, schedule } : {}
}

function described({ schedule_id, declaration_type }: Milestone) {
  return { schedule_id, declaration_type }
}
