import { sql } from 'kysely'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import type { DeclarationType } from '../../words.ts'
import type { LockedCohort } from '../cohorts/records.ts'
import { type Act, change, create, destroy } from '../history.ts'
import type { Locked } from '../locked.ts'
import type { LockedStatement } from './lock.ts'
import type { Month } from './statement.ts'

export type Milestone = RowOf<'milestones'>
/** A schedule whose milestones are made or corrected. */
export type LockedSchedule = Locked<RowOf<'schedules'>, 'schedule'>
export type LockedMilestone = Locked<Milestone, 'milestone'>

/** Locks a schedule of a cohort that is held. */
export async function lockSchedule(trx: Transacting, cohort: LockedCohort, id: number): Promise<LockedSchedule | undefined> {
  const schedule = trx.selectFrom('schedules').selectAll().where('id', '=', id).where('cohort_id', '=', cohort.id).forUpdate()
  return (await schedule.executeTakeFirst()) as LockedSchedule | undefined
}

/** Locks a milestone of a schedule that is held. */
export async function lockMilestone(trx: Transacting, schedule: LockedSchedule, id: number): Promise<LockedMilestone | undefined> {
  const milestone = trx.selectFrom('milestones').selectAll().where('id', '=', id).where('schedule_id', '=', schedule.id).forUpdate()
  return (await milestone.executeTakeFirst()) as LockedMilestone | undefined
}

export function findMilestone(db: Database, id: number): Promise<Milestone | undefined> {
  return db.selectFrom('milestones').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The types for which a schedule has a milestone. */
export async function milestoneTypes(db: Database, schedule: { id: number }): Promise<DeclarationType[]> {
  const milestones = await db.selectFrom('milestones').select('declaration_type').where('schedule_id', '=', schedule.id).execute()
  return milestones.map(({ declaration_type }) => declaration_type)
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

/** The payment runs of every provider in a month. */
export async function paymentRuns(trx: Transacting, cohort: LockedCohort, { year, month }: Month): Promise<number[]> {
  const statements = await trx
    .selectFrom('statements')
    .select('id')
    .where('cohort_id', '=', cohort.id)
    .where('year', '=', year)
    .where('month', '=', month)
    .where('output_fee', '=', true)
    .orderBy('id')
    .execute()
  return statements.map(({ id }) => id)
}

/** Whether milestones are linked to a statement. */
export async function hasMilestones(db: Database, statement: { id: number }): Promise<boolean> {
  return (await db.selectFrom('milestone_statements').select('id').where('statement_id', '=', statement.id).limit(1).executeTakeFirst()) !== undefined
}

export async function link(trx: Transacting, act: Act, milestone: Milestone, statementIds: readonly number[]): Promise<readonly number[]> {
  for (const id of statementIds) await create(trx, act, 'milestone_statements', { milestone_id: milestone.id, statement_id: id })
  return statementIds
}

/** Takes all links of a milestone away, and returns the statements that it had. */
export async function unlink(trx: Transacting, act: Act, milestone: LockedMilestone): Promise<number[]> {
  const links = await trx.selectFrom('milestone_statements').selectAll().where('milestone_id', '=', milestone.id).execute()
  for (const row of links) await destroy(trx, act, 'milestone_statements', row)
  return links.map(({ statement_id }) => statement_id)
}

/** Links new statements to the milestones of their cohort that have their month already; only payment runs are linked. */
export async function linkToMilestones(trx: Transacting, act: Act, cohort: LockedCohort, statementIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ milestone_id: number; statement_id: number }>`
    select distinct milestones.id as milestone_id, made.id as statement_id
    from milestones
    join schedules on schedules.id = milestones.schedule_id and schedules.cohort_id = ${cohort.id}
    join milestone_statements on milestone_statements.milestone_id = milestones.id
    join statements linked on linked.id = milestone_statements.statement_id
    join statements made on made.id = any(${statementIds}::bigint[]) and made.output_fee and made.year = linked.year and made.month = linked.month
    order by 1, 2`.execute(trx)
  for (const row of rows) await create(trx, act, 'milestone_statements', row)
}

/** Takes every link of a statement over to another one; a milestone that the other has already loses this one. Returns how many there were. */
export async function moveLinks(trx: Transacting, act: Act, from: LockedStatement, to: LockedStatement): Promise<number> {
  const links = await trx.selectFrom('milestone_statements').selectAll().where('statement_id', '=', from.id).orderBy('id').execute()
  const there = await trx.selectFrom('milestone_statements').select('milestone_id').where('statement_id', '=', to.id).execute()
  for (const link of links) {
    if (there.some(({ milestone_id }) => milestone_id === link.milestone_id)) await destroy(trx, act, 'milestone_statements', link)
    else await change(trx, act, 'milestone_statements', link, { statement_id: to.id })
  }
  return links.length
}
