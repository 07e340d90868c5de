import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import type { DeclarationType } from '../../words.ts'
import { type Act, change, create, destroy } from '../history.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'
import { logFinancialChange } from './financial-change-log.ts'
import type { Month, Statement } from './statement.ts'

type Schedule = RowOf<'schedules'>

export type Facts = {
  schedule: Pick<Schedule, 'allowed_declaration_types'>
  type: DeclarationType
  taken: boolean
  /** how many providers have a payment run in the month */
  runs: number
}

/** Says in which month declarations of a type are expected on a schedule; links every provider's payment run of that month (05 section 14). */
export async function createMilestone(db: Database, command: Act & Month & { scheduleId: number; type: DeclarationType }): Promise<Verdict> {
  return transact(db, async (trx) => {
    const schedule = await lockCalendar(trx, command.scheduleId)
    if (!schedule) return { refusals: [{ title: 'schedule', detail: 'There is no such schedule.' }] }
    const existing = await trx.selectFrom('milestones').select('declaration_type').where('schedule_id', '=', schedule.id).execute()
    const taken = existing.some(({ declaration_type }) => declaration_type === command.type)
    const runs = await paymentRuns(trx, schedule.cohort_id, command)
    const refusals = judge(rules, { schedule, type: command.type, taken, runs: runs.length })
    if (refusals.length > 0) return { refusals }
    const milestone = await create(trx, command, 'milestones', { schedule_id: schedule.id, declaration_type: command.type })
    const linked = await link(trx, command, milestone, runs)
    await logFinancialChange(trx, command, 'Create milestone', { milestone_id: milestone.id, ...described(milestone), statement_ids: [[], linked] })
    return done
  })
}

/** Moves a milestone to another month: all its links are made anew; providers without a payment run then are passed over. */
export async function moveMilestone(db: Database, command: Act & Month & { milestoneId: number }): Promise<Verdict> {
  return onMilestone(db, command.milestoneId, async (trx, milestone, schedule) => {
    const runs = await paymentRuns(trx, schedule.cohort_id, command)
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

const emptyMonth: Rule<Pick<Facts, 'runs'>> = refuse(
  ({ runs }) => runs === 0,
  'statement_date',
  'No provider has a payment run of this month in the cohort: give a month that has one.',
)

export const rules: Rule<Facts>[] = [
  refuse(
    ({ schedule, type }) => !schedule.allowed_declaration_types.includes(type),
    'declaration_type',
    'The schedule does not allow declarations of this type.',
  ),
  refuse(({ taken }) => taken, 'declaration_type', 'The schedule has a milestone for this type already.'),
  emptyMonth,
]

type Milestone = RowOf<'milestones'>

async function onMilestone(
  db: Database,
  id: number,
  work: (trx: Transacting, milestone: Milestone, schedule: Schedule) => Promise<Verdict>,
): Promise<Verdict> {
  return transact(db, async (trx) => {
    const find = () => trx.selectFrom('milestones').selectAll().where('id', '=', id)
    const seen = await find().executeTakeFirst()
    const schedule = seen && (await lockCalendar(trx, seen.schedule_id))
    const milestone = schedule && (await find().forUpdate().executeTakeFirst())
    if (!schedule || !milestone) return { refusals: [{ title: 'milestone', detail: 'There is no such milestone.' }] }
    return work(trx, milestone, schedule)
  })
}

/** Locks a schedule, and before it its cohort: what makes or changes statements of the cohort, or moves their links, waits. */
async function lockCalendar(trx: Transacting, scheduleId: number): Promise<Schedule | undefined> {
  const find = () => trx.selectFrom('schedules').where('id', '=', scheduleId)
  await trx.selectFrom('cohorts').select('id').where('id', 'in', find().select('cohort_id')).forNoKeyUpdate().execute()
  return find().selectAll().forUpdate().executeTakeFirst()
}

async function paymentRuns(trx: Transacting, cohortId: number, { year, month }: Month): Promise<number[]> {
  const statements = await trx
    .selectFrom('statements')
    .select('id')
    .where('cohort_id', '=', cohortId)
    .where('year', '=', year)
    .where('month', '=', month)
    .where('output_fee', '=', true)
    .orderBy('id')
    .execute()
  return statements.map(({ id }) => id)
}

async function link(trx: Transacting, act: Act, milestone: Milestone, statementIds: readonly number[]): Promise<readonly number[]> {
  for (const id of statementIds) await create(trx, act, 'milestone_statements', { milestone_id: milestone.id, statement_id: id })
  return statementIds
}

/** Links new statements to the milestones of their cohort that have their month already; only payment runs are linked. */
export async function linkToMilestones(trx: Transacting, act: Act, cohortId: number, statementIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ milestone_id: number; statement_id: number }>`
    select distinct milestones.id as milestone_id, made.id as statement_id
    from milestones
    join schedules on schedules.id = milestones.schedule_id and schedules.cohort_id = ${cohortId}
    join milestone_statements on milestone_statements.milestone_id = milestones.id
    join statements linked on linked.id = milestone_statements.statement_id
    join statements made on made.id = any(${statementIds}::bigint[]) and made.output_fee and made.year = linked.year and made.month = linked.month
    order by 1, 2`.execute(trx)
  for (const row of rows) await create(trx, act, 'milestone_statements', row)
}

/** Takes every link of a statement over to another one; a milestone that the other has already loses this one. Returns how many there were. */
export async function moveLinks(trx: Transacting, act: Act, from: Pick<Statement, 'id'>, to: Pick<Statement, 'id'>): Promise<number> {
  const links = await trx.selectFrom('milestone_statements').selectAll().where('statement_id', '=', from.id).orderBy('id').execute()
  const there = await trx.selectFrom('milestone_statements').select('milestone_id').where('statement_id', '=', to.id).execute()
  for (const link of links) {
    if (there.some(({ milestone_id }) => milestone_id === link.milestone_id)) await destroy(trx, act, 'milestone_statements', link)
    else await change(trx, act, 'milestone_statements', link, { statement_id: to.id })
  }
  return links.length
}

async function unlink(trx: Transacting, act: Act, milestone: Milestone): Promise<number[]> {
  const links = await trx.selectFrom('milestone_statements').selectAll().where('milestone_id', '=', milestone.id).execute()
  for (const row of links) await destroy(trx, act, 'milestone_statements', row)
  return links.map(({ statement_id }) => statement_id)
}

function described({ schedule_id, declaration_type }: Milestone) {
  return { schedule_id, declaration_type }
}

/** Every milestone with the month of its statements, in the order of cohorts and schedules; `-` where it has none. */
export async function listMilestones(db: Database) {
  const { rows } = await sql<{ id: number; cohort: string; schedule: string; type: string; month: string }>`
    select milestones.id, cohorts.identifier as cohort, schedules.identifier as schedule, milestones.declaration_type as type,
      coalesce((select min(year || '-' || lpad(month::text, 2, '0')) from statements
        join milestone_statements on milestone_statements.statement_id = statements.id and milestone_statements.milestone_id = milestones.id), '-') as month
    from milestones join schedules on schedules.id = milestones.schedule_id join cohorts on cohorts.id = schedules.cohort_id
    order by 2, 3, array_position(array['started', 'retained-1', 'retained-2', 'completed'], milestones.declaration_type)`.execute(db)
  return rows
}
