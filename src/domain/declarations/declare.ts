import { utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { isUuid } from '../../uuid.ts'
import { eligibleForFunding, insideCatchment } from '../applications/application.ts'
import { type LockedEnrolment, lockEnrolments, type Setting, settingOf, withdrawnAt } from '../applications/records.ts'
import { type FoundPartner, findNamedPartners } from '../delivery-partners/records.ts'
import { type Act, change } from '../history.ts'
import { recordOutcome } from '../outcomes/record-outcome.ts'
import { findVisibleIdChange, lockPerson } from '../participants/records.ts'
import { replacedRefusal } from '../participants/replaced-id.ts'
import { type Course, findCourse } from '../reference/courses.ts'
import { judge, type Refusal, type Verdict } from '../rules.ts'
import { isContracted } from '../statements/contracts.ts'
import { addItem } from '../statements/items.ts'
import type { OpenStatement } from '../statements/lock.ts'
import { lockNextOutputFeeStatement } from '../statements/next-output-fee-statement.ts'
import { readDeclarationDate } from './declaration-date.ts'
import {
  type DeclareFacts,
  declareRules,
  type Milestone,
  notOnCourse,
  participantMissing,
  participantUnknown,
  readMilestone,
  refusedBeside,
  type SentFacts,
} from './declare-rules.ts'
import { declaredOnce } from './declared-once.ts'
import { cohortNeedsPartner } from './partner-rules.ts'
import { createDeclaration, findOriginal, type LockedDeclaration, standingDeclarations } from './records.ts'

/** What was sent, of what was sent as text: undefined where it was left out or blank. */
export type Declare = Act & {
  providerId: number
  participantId: string | undefined
  declarationType: string | undefined
  declarationDate: string | undefined
  courseIdentifier: string | undefined
  hasPassed: unknown
  /** as sent: even an empty text names a partner that does not exist */
  deliveryPartnerId: unknown
  secondaryDeliveryPartnerId: unknown
  /** the channel asks for a partner where the cohort needs one (00, decision 1) */
  asksForPartner: boolean
}

/** The public id of the new declaration, where nothing was refused. */
export type Declared = Verdict & { declarationId?: string }

/** The outcome that a declaration carries could not be recorded; then nothing was. */
export class OutcomeNotRecorded extends Error {}

/** A provider declares that a participant reached a milestone, which sets off its payment (04 section 9). */
export function declare(db: Database, command: Declare): Promise<Declared> {
  return declaredOnce(() =>
    transact(db, async (trx): Promise<Declared> => {
      const sent = await gatherSent(trx, command)
      const { course } = sent

      const enrolments = await lockParticipant(trx, command)
      if ('detail' in enrolments) return refusedBeside(sent, enrolments)
      const enrolment = enrolments.find(({ application }) => application.course_family === course?.family)
      if (!enrolment || !course) return refusedBeside(sent, notOnCourse)

      const setting = await settingOf(enrolment)
      const milestone = readMilestone({ ...sent, schedule: setting.schedule, withdrawnAt: await withdrawnAt(enrolment, command.providerId) })
      if ('refusals' in milestone) return milestone

      const facts = await gatherFacts(command, { sent, course, enrolment, setting, milestone })
      const refusals = judge(declareRules, facts)
      if (refusals.length > 0) return { refusals }

      const declared = await createDeclaration(enrolment, command, {
        application_id: enrolment.application.id,
        lead_provider_id: command.providerId,
        cohort_id: milestone.schedule.cohort_id,
        declaration_type: milestone.type,
        declaration_date: milestone.moment,
        state: 'submitted',
        delivery_partner_id: facts.primary?.id ?? null,
        secondary_delivery_partner_id: facts.secondary?.id ?? null,
      })
      const declaration = await change(trx, command, 'declarations', declared.declaration, await nextState(enrolment, facts))
      if (declaration.state !== 'submitted' && facts.statement) {
        await addItem(trx, command, facts.statement, declaration, declaration.state)
      }
      if (milestone.type === 'completed' && course.outcomes_permitted) await recordResult({ ...declared, declaration }, command)
      return { refusals: [], declarationId: declaration.public_id }
    }),
  )
}

type Sent = SentFacts & { course: Course | undefined; primary: FoundPartner | undefined; secondary: FoundPartner | undefined }

async function gatherSent(trx: Transacting, command: Declare): Promise<Sent> {
  const { deliveryPartnerId, secondaryDeliveryPartnerId } = command
  const [primary, secondary] = await findNamedPartners(trx, command.providerId, [textOf(deliveryPartnerId), textOf(secondaryDeliveryPartnerId)])
  return {
    course: command.courseIdentifier === undefined ? undefined : await findCourse(trx, command.courseIdentifier),
    date: readDeclarationDate(command.declarationDate),
    dateSent: command.declarationDate !== undefined,
    type: command.declarationType,
    hasPassed: command.hasPassed,
    primary,
    secondary,
    primaryUnknown: given(deliveryPartnerId) && !primary,
    secondaryUnknown: given(secondaryDeliveryPartnerId) && !secondary,
  }
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null
}
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Locks the participant, and returns their enrolments with the provider, the newest first, or why there are none. */
async function lockParticipant(trx: Transacting, { participantId, providerId }: Declare): Promise<LockedEnrolment[] | Refusal> {
  if (participantId === undefined) return participantMissing
  if (!isUuid(participantId)) return participantUnknown
  const replaced = await findVisibleIdChange(trx, providerId, participantId)
  if (replaced) return replacedRefusal(replaced.from_participant_id, replaced.to_participant_id)
  const person = await lockPerson(trx, participantId)
  const enrolments = person ? await lockEnrolments(person, providerId) : []
  return enrolments.length > 0 ? enrolments : participantUnknown
}

type Found = { sent: Sent; course: Course; enrolment: LockedEnrolment; setting: Setting; milestone: Milestone }

async function gatherFacts(
  command: Declare,
  { sent, course, enrolment, setting, milestone }: Found,
): Promise<DeclareFacts & { statement: OpenStatement | undefined }> {
  const { trx, application, previouslyFunded } = enrolment
  const { now, providerId } = command
  const cohortId = milestone.schedule.cohort_id
  const standing = await standingDeclarations(enrolment, milestone.type)
  const match = standing.find(
    (one) => one.lead_provider_id === providerId && one.course_id === course.id && one.declaration_date.equals(milestone.moment),
  )
  const inside = insideCatchment(application, setting.cohort, setting.school)
  return {
    ...sent,
    now,
    milestone,
    contracted: await isContracted(trx, { providerId, cohortId, courseId: course.id }),
    fundable: eligibleForFunding({ ...application, previously_funded: previouslyFunded }) && application.funded_place !== false,
    match: match?.state,
    live: standing.find(({ application_id }) => application_id === application.id)?.state,
    statement: await lockNextOutputFeeStatement(enrolment, { providerId, cohortId, today: utcDate(now) }),
    partnerNeeded: command.asksForPartner && inside && cohortNeedsPartner(milestone.schedule),
    insideCatchment: inside,
    primary: newlyNamed(sent.primary, cohortId),
    secondary: newlyNamed(sent.secondary, cohortId),
  }
}

function newlyNamed(partner: FoundPartner | undefined, cohortId: number) {
  return partner && { id: partner.id, listed: partner.cohorts.includes(cohortId), changed: true }
}

async function nextState(enrolment: LockedEnrolment, { milestone, fundable }: DeclareFacts) {
  const original = await findOriginal(enrolment, milestone.type)
  if (original !== undefined) return { state: 'ineligible', state_reason: 'duplicate', superseded_by_id: original } as const
  return fundable ? ({ state: 'eligible' } as const) : {}
}

async function recordResult(declared: LockedDeclaration, command: Declare) {
  try {
    await recordOutcome(declared, command, {
      state: String(command.hasPassed) === 'true' ? 'passed' : 'failed',
      completionDate: utcDate(declared.declaration.declaration_date),
    })
  } catch (error) {
    // the database refused it (integrity, or a rule of its own); what else fails is a fault of ours
    if (/^(?:23|P0)/.test((error as { code?: string }).code ?? '')) throw new OutcomeNotRecorded('The outcome was not recorded.', { cause: error })
    throw error
  }
}
