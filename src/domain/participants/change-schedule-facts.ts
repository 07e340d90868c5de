import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { acceptedElsewhere } from '../applications/accepted-once.ts'
import { type Application, liveDeclarationStates } from '../applications/application.ts'
import type { ChangeSchedule } from './change-schedule.ts'
import type { MoveFacts } from './change-schedule-rules.ts'

export type Target = { schedule: RowOf<'schedules'>; cohort: RowOf<'cohorts'> }

/** The named schedule in the year that was asked for, of the cohort with the latest suffix there (03 section 10.1). */
export async function findTarget(trx: Transacting, command: ChangeSchedule, application: Application | undefined): Promise<Target | undefined> {
  const year = await targetYear(trx, command, application)
  const { scheduleIdentifier } = command
  if (scheduleIdentifier === undefined || year === undefined) return undefined
  const schedule = await trx
    .selectFrom('schedules')
    .innerJoin('cohorts', 'cohorts.id', 'schedules.cohort_id')
    .selectAll('schedules')
    .where('schedules.identifier', '=', sql<never>`${scheduleIdentifier}`)
    .where('cohorts.start_year', '=', year)
    .orderBy('cohorts.suffix', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!schedule) return undefined
  return { schedule, cohort: await trx.selectFrom('cohorts').selectAll().where('id', '=', schedule.cohort_id).executeTakeFirstOrThrow() }
}

/** The year that was sent, else that of the present schedule, else that of the cohort that registers now. Undefined for a text that is no year. */
async function targetYear(trx: Transacting, { cohort, now }: ChangeSchedule, application: Application | undefined): Promise<number | undefined> {
  if (cohort !== undefined) return /^\d{4}$/.test(cohort.trim()) ? Number(cohort) : undefined
  const years = trx.selectFrom('cohorts').select('start_year')
  const present = await years
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('schedules')
        .select('cohort_id')
        .where('schedules.id', '=', application?.schedule_id ?? null),
    )
    .executeTakeFirst()
  const current =
    present ?? (await years.where('registration_start_date', '<=', now).orderBy('start_year', 'desc').orderBy('suffix', 'desc').executeTakeFirst())
  return current?.start_year
}

/** What the application brings along to its new schedule. */
export async function gatherMove(
  trx: Transacting,
  command: ChangeSchedule,
  application: Application,
  target: Target | undefined,
): Promise<MoveFacts> {
  return {
    course: await trx.selectFrom('courses').selectAll().where('id', '=', application.course_id).executeTakeFirstOrThrow(),
    cohort: (await trx.selectFrom('cohorts').selectAll().where('id', '=', application.cohort_id).executeTakeFirst()) ?? null,
    schedule: (await trx.selectFrom('schedules').selectAll().where('id', '=', application.schedule_id).executeTakeFirst()) ?? null,
    contracted: target !== undefined && (await isContracted(trx, command.providerId, application, target)),
    live: await trx
      .selectFrom('declarations')
      .select(['declaration_type', 'declaration_date'])
      .where('application_id', '=', application.id)
      .where('state', 'in', liveDeclarationStates)
      .execute(),
    acceptedThere: target !== undefined && (await acceptedElsewhere(trx, application, target.cohort.id)),
  }
}

/** Whether any statement of the provider in the cohort has a contract for the application's very course. */
async function isContracted(trx: Transacting, providerId: number, application: Application, { cohort }: Target): Promise<boolean> {
  const contract = await trx
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .select('contracts.id')
    .where('statements.lead_provider_id', '=', providerId)
    .where('statements.cohort_id', '=', cohort.id)
    .where('contracts.course_id', '=', application.course_id)
    .limit(1)
    .executeTakeFirst()
  return contract !== undefined
}
