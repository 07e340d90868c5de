import { firstYearWithPartners } from '../applications/application.ts'
import { type Rule, refuse } from '../rules.ts'

/** A delivery partner as a declaration is to name it. */
export type NamedPartner = {
  id: number
  /** in the list of the declaration's provider for the declaration's cohort */
  listed: boolean
  /** other than the one that the declaration names already */
  changed: boolean
}

export type PartnerFacts = {
  /** the declaration's cohort, place and channel ask for a partner (04 section 2.2, M7) */
  partnerNeeded: boolean
  insideCatchment: boolean
  primary: NamedPartner | undefined
  secondary: NamedPartner | undefined
}

export const partnerMissing = 'Name the partner that delivers the training in #/delivery_partner_id.'

/** What must hold of a declaration's delivery partners when it is made and when they change, never when its state does (M7 to M13). */
export const partnerRules: Rule<PartnerFacts>[] = [
  refuse('delivery_partner_missing', ({ partnerNeeded, primary }) => partnerNeeded && !primary, 'delivery_partner_id', partnerMissing),
  refuse(
    'delivery_partner_outside_england',
    ({ insideCatchment, primary }) => primary !== undefined && !insideCatchment,
    'delivery_partner_id',
    'Leave #/delivery_partner_id out: delivery partners are for participants who work in England only.',
  ),
  refuse(
    'delivery_partner_not_yours',
    ({ primary }) => unavailable(primary),
    'delivery_partner_id',
    'The partner in #/delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.',
  ),
  refuse(
    'secondary_delivery_partner_alone',
    ({ primary, secondary }) => secondary !== undefined && !primary,
    'secondary_delivery_partner_id',
    'Give #/delivery_partner_id too: a #/secondary_delivery_partner_id can only stand beside it.',
  ),
  refuse(
    'secondary_delivery_partner_outside_england',
    ({ insideCatchment, primary, secondary }) => primary !== undefined && secondary !== undefined && !insideCatchment,
    'secondary_delivery_partner_id',
    'Leave #/secondary_delivery_partner_id out: delivery partners are for participants who work in England only.',
  ),
  refuse(
    'secondary_delivery_partner_not_yours',
    ({ secondary }) => unavailable(secondary),
    'secondary_delivery_partner_id',
    'The partner in #/secondary_delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.',
  ),
  refuse(
    'delivery_partners_the_same',
    ({ primary, secondary }) => primary !== undefined && primary.id === secondary?.id,
    'secondary_delivery_partner_id',
    'Name two different partners: #/secondary_delivery_partner_id is the same as #/delivery_partner_id.',
  ),
]

function unavailable(partner: NamedPartner | undefined): boolean {
  return partner?.changed === true && !partner.listed
}

export function cohortNeedsPartner(cohort: { start_year: number }): boolean {
  return cohort.start_year >= firstYearWithPartners
}
