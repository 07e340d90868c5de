import { utcDate } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type DeclarationType, declarationTypes } from '../../words.ts'
import { liveDeclarationStates } from '../applications/application.ts'
import { type Act, change, create } from '../history.ts'
import { recordOutcome } from '../outcomes/record-outcome.ts'
import type { Verdict } from '../rules.ts'
import type { Declaration } from './declaration.ts'
import { type Gathered, gather, type Subject } from './declare-facts.ts'
import { judgeDeclaration } from './declare-rules.ts'
import { declaredOnce } from './declared-once.ts'

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
      const gathered = await gather(trx, command)
      const refusals = judgeDeclaration(gathered.facts)
      if (refusals.length > 0) return { refusals }
      const { public_id } = await write(trx, command, accepted(command, gathered))
      return { refusals: [], declarationId: public_id }
    }),
  )
}

type Accepted = Subject & { type: DeclarationType; moment: Temporal.Instant; gathered: Gathered }

/** The same facts, of which no part is missing once every rule has passed. */
function accepted(command: Declare, gathered: Gathered): Accepted {
  const { subject, facts } = gathered
  const type = declarationTypes.find((known) => known === command.declarationType)
  if (!subject || !type || !facts.date.moment) throw new Error('A declaration passed its rules without all that it is made of.')
  return { ...subject, type, moment: facts.date.moment, gathered }
}

async function write(trx: Transacting, command: Declare, accepted: Accepted): Promise<Declaration> {
  const { application, cohortId, statement, type, moment } = accepted
  const { facts } = accepted.gathered
  const submitted = await create(trx, command, 'declarations', {
    application_id: application.id,
    lead_provider_id: command.providerId,
    cohort_id: cohortId,
    declaration_type: type,
    declaration_date: moment,
    state: 'submitted',
    delivery_partner_id: facts.primary?.id ?? null,
    secondary_delivery_partner_id: facts.secondary?.id ?? null,
  })
  const declaration = await change(trx, command, 'declarations', submitted, await nextState(trx, accepted))
  if (declaration.state !== 'submitted' && statement) {
    await create(trx, command, 'statement_items', { statement_id: statement.id, declaration_id: declaration.id, state: declaration.state })
  }
  if (type === 'completed' && facts.courseHasOutcome) await recordResult(trx, command, declaration)
  return declaration
}

async function nextState(trx: Transacting, accepted: Accepted) {
  const original = await findOriginal(trx, accepted)
  if (original) return { state: 'ineligible', state_reason: 'duplicate', superseded_by_id: original.id } as const
  return accepted.gathered.facts.fundable ? ({ state: 'eligible' } as const) : {}
}

/** The oldest live declaration of the milestone for another record with the same TRN, whichever provider made it (04 section 9.7). */
async function findOriginal(trx: Transacting, { user, application, type }: Accepted) {
  if (!user.trn) return undefined
  return trx
    .selectFrom('declarations')
    .innerJoin('applications', 'applications.id', 'declarations.application_id')
    .innerJoin('users', 'users.id', 'applications.user_id')
    .select('declarations.id')
    .where('users.trn', '=', user.trn)
    .where('users.id', '<>', user.id)
    .where('applications.course_family', '=', application.course_family)
    .where('declarations.declaration_type', '=', type)
    .where('declarations.state', 'in', liveDeclarationStates)
    .where('declarations.superseded_by_id', 'is', null)
    .orderBy('declarations.id')
    .limit(1)
    .executeTakeFirst()
}

async function recordResult(trx: Transacting, command: Declare, declaration: Declaration) {
  try {
    await recordOutcome(trx, command, {
      declaration,
      state: String(command.hasPassed) === 'true' ? 'passed' : 'failed',
      completionDate: utcDate(declaration.declaration_date),
    })
  } catch (error) {
    // the database refused it (integrity, or a rule of its own); what else fails is a fault of ours
    if (/^(?:23|P0)/.test((error as { code?: string }).code ?? '')) throw new OutcomeNotRecorded('The outcome was not recorded.', { cause: error })
    throw error
  }
}
