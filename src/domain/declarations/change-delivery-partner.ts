import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { insideCatchment } from '../applications/application.ts'
import { settingOf } from '../applications/records.ts'
import { findNamedPartners } from '../delivery-partners/records.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { noSuchDeclaration } from './declaration.ts'
import { cohortNeedsPartner, type NamedPartner, type PartnerFacts, partnerMissing, partnerRules } from './partner-rules.ts'
import { type LockedDeclaration, lockOwnDeclaration, type OwnDeclaration, startYearOf } from './records.ts'

export type ChangeDeliveryPartner = Act &
  OwnDeclaration & {
    /** public ids; undefined where none was sent, or blanks only */
    deliveryPartnerId: string | undefined
    secondaryDeliveryPartnerId: string | undefined
  }

export type ChangeDeliveryPartnerFacts = PartnerFacts & { primarySent: boolean; secondarySent: boolean }

/** A provider names other delivery partners on a declaration, whatever its state; one left out is taken off (04 section 11). */
export function changeDeliveryPartner(db: Database, command: ChangeDeliveryPartner): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockOwnDeclaration(trx, command)
    if (!locked) return noSuchDeclaration
    const facts = await gatherFacts(locked, command)
    const refusals = judge(changeDeliveryPartnerRules, facts)
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'declarations', locked.declaration, {
      delivery_partner_id: facts.primary?.id ?? null,
      secondary_delivery_partner_id: facts.secondary?.id ?? null,
    })
    return done
  })
}

export const changeDeliveryPartnerRules: Rules<ChangeDeliveryPartnerFacts> = [
  refuse(
    'delivery_partner_not_yours',
    ({ primary }) => !primary,
    'delivery_partner',
    'The partner in #/delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.',
  ),
  refuse(
    'secondary_delivery_partner_not_yours',
    ({ secondary, secondarySent }) => secondarySent && !secondary,
    'secondary_delivery_partner',
    'The partner in #/secondary_delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.',
  ),
  ...partnerRules,
  refuse('delivery_partner_missing', ({ primarySent }) => !primarySent, 'delivery_partner_id', partnerMissing),
]

async function gatherFacts(locked: LockedDeclaration, command: ChangeDeliveryPartner): Promise<ChangeDeliveryPartnerFacts> {
  const { delivery_partner_id, secondary_delivery_partner_id } = locked.declaration
  const [first, second] = await partnersFor(locked, [command.deliveryPartnerId, command.secondaryDeliveryPartnerId])
  const primary = first && { ...first, changed: first.id !== delivery_partner_id }
  const secondary = second && { ...second, changed: second.id !== secondary_delivery_partner_id }
  return {
    ...(await gatherPartnerFacts(locked, { primary, secondary })),
    primarySent: command.deliveryPartnerId !== undefined,
    secondarySent: command.secondaryDeliveryPartnerId !== undefined,
  }
}

/** The delivery partners with these public ids, each with whether the declaration's provider may name it in the declaration's cohort. */
export async function partnersFor({ trx, declaration }: LockedDeclaration, publicIds: readonly (string | undefined)[]) {
  const found = await findNamedPartners(trx, declaration.lead_provider_id, publicIds)
  return found.map((partner) => partner && { id: partner.id, listed: partner.cohorts.includes(declaration.cohort_id) })
}

/** What the rules of a declaration's partners ask about where these are to be its partners. */
export async function gatherPartnerFacts(
  locked: LockedDeclaration,
  named: { primary: NamedPartner | undefined; secondary: NamedPartner | undefined },
): Promise<PartnerFacts> {
  const { application, declaration } = locked
  const { cohort, school } = await settingOf(locked)
  const inside = insideCatchment(application, cohort, school)
  const primaryTaken = declaration.delivery_partner_id !== null && !named.primary
  return {
    ...named,
    insideCatchment: inside,
    partnerNeeded: primaryTaken && inside && cohortNeedsPartner({ start_year: await startYearOf(locked) }),
  }
}
