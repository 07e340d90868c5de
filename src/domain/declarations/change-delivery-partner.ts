import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { insideCatchment } from '../applications/application.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'
import type { Declaration } from './declaration.ts'
import { lockDeclaration, type OwnDeclaration } from './lock.ts'
import { findNamedPartners } from './named-partners.ts'
import { cohortNeedsPartner, type NamedPartner, type PartnerFacts, partnerMissing, partnerRules } from './partner-rules.ts'

export type ChangeDeliveryPartner = Act &
  OwnDeclaration & {
    /** public ids; undefined where none was sent, or blanks only */
    deliveryPartnerId: string | undefined
    secondaryDeliveryPartnerId: string | undefined
  }

export type Facts = PartnerFacts & { primarySent: boolean; secondarySent: boolean }

/** A provider names other delivery partners on a declaration, whatever its state; one left out is taken off (04 section 11). */
export function changeDeliveryPartner(db: Database, command: ChangeDeliveryPartner): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockDeclaration(trx, command)
    if (!locked) return { refusals: [{ title: 'declaration', detail: 'The declaration does not exist any more.' }] }
    const { declaration } = locked
    const facts = await gather(trx, command, declaration)
    const refusals = judge(rules, facts)
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'declarations', declaration, {
      delivery_partner_id: facts.primary?.id ?? null,
      secondary_delivery_partner_id: facts.secondary?.id ?? null,
    })
    return done
  })
}

export const rules: Rule<Facts>[] = [
  refuse(
    ({ primary }) => !primary,
    'delivery_partner',
    'The partner in #/delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.',
  ),
  refuse(
    ({ secondary, secondarySent }) => secondarySent && !secondary,
    'secondary_delivery_partner',
    'The partner in #/secondary_delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.',
  ),
  ...partnerRules,
  refuse(({ primarySent }) => !primarySent, 'delivery_partner_id', partnerMissing),
]

async function gather(trx: Transacting, command: ChangeDeliveryPartner, declaration: Declaration): Promise<Facts> {
  const list = { providerId: declaration.lead_provider_id, cohortId: declaration.cohort_id }
  const [first, second] = await findNamedPartners(trx, list, [command.deliveryPartnerId, command.secondaryDeliveryPartnerId])
  const primary = first && { ...first, changed: first.id !== declaration.delivery_partner_id }
  const secondary = second && { ...second, changed: second.id !== declaration.secondary_delivery_partner_id }
  return {
    ...(await partnerFacts(trx, declaration, { primary, secondary })),
    primarySent: command.deliveryPartnerId !== undefined,
    secondarySent: command.secondaryDeliveryPartnerId !== undefined,
  }
}

/** What the rules of a declaration's partners ask about where these are to be its partners. */
export async function partnerFacts(
  trx: Transacting,
  declaration: Declaration,
  named: { primary: NamedPartner | undefined; secondary: NamedPartner | undefined },
): Promise<PartnerFacts> {
  const setting = await trx
    .selectFrom('applications')
    .innerJoin('cohorts as declared', (join) => join.on('declared.id', '=', declaration.cohort_id))
    .leftJoin('cohorts', 'cohorts.id', 'applications.cohort_id')
    .leftJoin('schools', 'schools.id', 'applications.school_id')
    .select(['applications.teacher_catchment', 'declared.start_year as declared_year', 'cohorts.start_year', 'schools.urn'])
    .where('applications.id', '=', declaration.application_id)
    .executeTakeFirstOrThrow()
  const cohort = setting.start_year === null ? null : { start_year: setting.start_year }
  const inside = insideCatchment(setting, cohort, setting.urn === null ? null : { urn: setting.urn })
  const primaryTaken = declaration.delivery_partner_id !== null && !named.primary
  return {
    ...named,
    insideCatchment: inside,
    partnerNeeded: primaryTaken && inside && cohortNeedsPartner({ start_year: setting.declared_year }),
  }
}
