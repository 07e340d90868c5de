import { sql } from 'kysely'
import { utcDate } from '../../clock.ts'
import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import { type Application, eligibleForFunding, insideCatchment, liveDeclarationStates } from '../applications/application.ts'
import { lockPerson } from '../applications/lock.ts'
import { previouslyFunded } from '../applications/queries.ts'
import { lockNextOutputFeeStatement } from '../statements/next-output-fee-statement.ts'
import { type DeclarationDate, readDeclarationDate } from './declaration-date.ts'
import type { Declare } from './declare.ts'
import type { DeclareFacts } from './declare-rules.ts'
import { type FoundPartner, findNamedPartners } from './named-partners.ts'
import { cohortNeedsPartner } from './partner-rules.ts'

/** What is written once no rule has failed. */
export type Subject = {
  user: RowOf<'users'>
  application: Application
  course: RowOf<'courses'>
  cohortId: number
  statement: RowOf<'statements'> | undefined
}
export type Gathered = { facts: DeclareFacts; subject: Subject | undefined }

/** Locks the participant, the application and the statement of a declaration to be made, and finds all that its rules ask about. */
export async function gather(trx: Transacting, command: Declare): Promise<Gathered> {
  const replacement = await findReplacement(trx, command)
  const user = replacement ? undefined : await lockParticipant(trx, command.participantId)
  const course = await trx
    .selectFrom('courses')
    .selectAll()
    .where('identifier', '=', sql<never>`${command.courseIdentifier ?? null}`)
    .executeTakeFirst()
  const accepted = user ? await lockAccepted(trx, command.providerId, user) : []
  const application = course && accepted.find(({ course_family }) => course_family === course.family)
  const date = readDeclarationDate(command.declarationDate)
  const setting = application && (await findSetting(trx, application))
  const cohortId = setting?.schedule?.cohort_id
  const declared = application && course && (await findDeclared(trx, command, { application, course, date }))
  const [primary, secondary] = await findNamedPartners(trx, { providerId: command.providerId, cohortId }, [
    textOf(command.deliveryPartnerId),
    textOf(command.secondaryDeliveryPartnerId),
  ])
  const statement =
    cohortId === undefined
      ? undefined
      : await lockNextOutputFeeStatement(trx, { providerId: command.providerId, cohortId, today: utcDate(command.now) })
  const inside = setting !== undefined && insideCatchment(setting.application, setting.cohort, setting.school)
  return {
    facts: {
      now: command.now,
      participantId: command.participantId,
      replacement,
      known: accepted.length > 0,
      onCourse: application !== undefined,
      withdrawnAt: application && (await findWithdrawal(trx, command.providerId, application)),
      date,
      dateSent: command.declarationDate !== undefined,
      type: command.declarationType,
      schedule: setting?.schedule,
      startYear: setting?.schedule?.start_year,
      contracted: course !== undefined && cohortId !== undefined && (await isContracted(trx, command.providerId, cohortId, course)),
      fundable: application !== undefined && eligibleForFunding(application) && application.funded_place !== false,
      match: declared?.match,
      live: declared?.live,
      statementOpen: statement !== undefined,
      courseHasOutcome: course?.outcomes_permitted === true,
      hasPassed: command.hasPassed,
      primaryUnknown: given(command.deliveryPartnerId) && !primary,
      secondaryUnknown: given(command.secondaryDeliveryPartnerId) && !secondary,
      partnerNeeded: command.asksForPartner && inside && setting.schedule !== undefined && cohortNeedsPartner(setting.schedule),
      insideCatchment: inside,
      primary: named(primary),
      secondary: named(secondary),
    },
    subject: user && application && course && cohortId !== undefined ? { user, application, course, cohortId, statement } : undefined,
  }
}

/** The newest change of the id, where the caller sees the participant who holds it now. */
async function findReplacement(trx: Transacting, { participantId, providerId }: Declare) {
  if (participantId === undefined || !isUuid(participantId)) return undefined
  return trx
    .selectFrom('participant_id_changes')
    .select(['from_participant_id as from', 'to_participant_id as to'])
    .where('from_participant_id', '=', participantId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('applications')
          .select('id')
          .whereRef('user_id', '=', 'participant_id_changes.user_id')
          .where('lead_provider_id', '=', providerId)
          .where('lead_provider_approval_status', '=', 'accepted'),
      ),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function lockParticipant(trx: Transacting, participantId: string | undefined): Promise<RowOf<'users'> | undefined> {
  if (participantId === undefined || !isUuid(participantId)) return undefined
  const seen = await trx.selectFrom('users').select('id').where('public_id', '=', participantId).executeTakeFirst()
  if (!seen) return undefined
  return (await lockPerson(trx, seen.id)).find(({ id }) => id === seen.id)
}

/** The participant's accepted applications with the provider, the newest first. */
async function lockAccepted(trx: Transacting, providerId: number, user: RowOf<'users'>) {
  const applications = await trx
    .selectFrom('applications')
    .selectAll()
    .select(previouslyFunded.as('previously_funded'))
    .where('user_id', '=', user.id)
    .where('lead_provider_id', '=', providerId)
    .where('lead_provider_approval_status', '=', 'accepted')
    .orderBy('id')
    .forUpdate()
    .execute()
  return applications.sort((one, other) => Temporal.Instant.compare(other.created_at, one.created_at) || other.id - one.id)
}

/** The application's place in the calendar and on the map. */
async function findSetting(trx: Transacting, application: Application) {
  const schedule = await trx
    .selectFrom('schedules')
    .innerJoin('cohorts', 'cohorts.id', 'schedules.cohort_id')
    .select(['schedules.cohort_id', 'schedules.applies_from', 'schedules.allowed_declaration_types', 'cohorts.start_year'])
    .where('schedules.id', '=', application.schedule_id)
    .executeTakeFirst()
  const cohort = await trx.selectFrom('cohorts').select('start_year').where('id', '=', application.cohort_id).executeTakeFirst()
  const school = await trx.selectFrom('schools').select('urn').where('id', '=', application.school_id).executeTakeFirst()
  return { application, schedule, cohort: cohort ?? null, school: school ?? null }
}

async function findWithdrawal(trx: Transacting, providerId: number, application: Application): Promise<Temporal.Instant | undefined> {
  const newest = await trx
    .selectFrom('application_states')
    .select(['state', 'created_at'])
    .where('application_id', '=', application.id)
    .where('lead_provider_id', '=', providerId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.state === 'withdrawn' ? newest.created_at : undefined
}

async function isContracted(trx: Transacting, providerId: number, cohortId: number, course: { id: number }): Promise<boolean> {
  const contract = await trx
    .selectFrom('contracts')
    .innerJoin('statements', 'statements.id', 'contracts.statement_id')
    .select('contracts.id')
    .where('statements.lead_provider_id', '=', providerId)
    .where('statements.cohort_id', '=', cohortId)
    .where('contracts.course_id', '=', course.id)
    .limit(1)
    .executeTakeFirst()
  return contract !== undefined
}

/** What of the same type stands already; the lock of the person keeps it so, for a payment only moves it from one live state to the next. */
async function findDeclared(
  trx: Transacting,
  { providerId, declarationType }: Declare,
  { application, course, date }: { application: Application; course: { id: number }; date: DeclarationDate },
) {
  const standing = await trx
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .select([
      'declarations.state',
      'declarations.lead_provider_id',
      'declarations.declaration_date',
      'declarations.application_id',
      'applications.course_id',
    ])
    .where('applications.user_id', '=', application.user_id)
    .where('declarations.declaration_type', '=', sql<never>`${declarationType ?? null}`)
    .where('declarations.state', 'in', liveDeclarationStates)
    .orderBy('declarations.id')
    .execute()
  const same = standing.find(
    (one) => one.lead_provider_id === providerId && one.course_id === course.id && date.moment?.equals(one.declaration_date) === true,
  )
  return { match: same?.state, live: standing.find(({ application_id }) => application_id === application.id)?.state }
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null
}
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
function named(partner: FoundPartner | undefined) {
  return partner && { ...partner, changed: true }
}
