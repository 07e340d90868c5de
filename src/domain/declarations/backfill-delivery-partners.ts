import { isUuid } from '../../uuid.ts'
import { readRows } from '../bulk/file.ts'
import { type BulkOperation, carriedOut, refusedFor } from '../bulk/operation.ts'
import { change } from '../history.ts'
import { lockPeopleOf } from '../participants/lock-people-of.ts'
import { judge } from '../rules.ts'
import { gatherPartnerFacts, partnersFor } from './change-delivery-partner.ts'
import { partnerRules } from './partner-rules.ts'
import { lockOwnDeclaration, providerOfDeclaration } from './records.ts'

const columns = ['Declaration ID', 'Primary Delivery Partner ID', 'Secondary Delivery Partner ID'] as const

/** Delivery partners for declarations that were made without; a partner that is there already is never replaced (04 section 13.2). */
export const backfillDeliveryPartners: BulkOperation<Record<(typeof columns)[number], string>> = {
  read: (bytes) => readRows(bytes, columns),
  lock: (trx, rows) =>
    lockPeopleOf(
      trx,
      'declarations',
      rows.map((row) => row['Declaration ID']),
    ),
  key: (row) => row['Declaration ID'],
  async act(trx, act, row) {
    const id = row['Declaration ID']
    const [primaryId, secondaryId] = [row['Primary Delivery Partner ID'], row['Secondary Delivery Partner ID'].replace(/^#N\/A$/, '')]
    const providerId = isUuid(id) ? await providerOfDeclaration(trx, id) : undefined
    const locked = providerId === undefined ? undefined : await lockOwnDeclaration(trx, { providerId, declarationId: id })
    if (!locked) return refusedFor([{ detail: 'There is no declaration with this id.' }])
    const { declaration } = locked
    const { delivery_partner_id: present, secondary_delivery_partner_id: second } = declaration
    if (secondaryId === '' && present !== null) return refusedFor([{ detail: 'The declaration has a delivery partner already.' }])
    if (secondaryId !== '' && second !== null) return refusedFor([{ detail: 'The declaration has a secondary delivery partner already.' }])

    const [named, secondary] = await partnersFor(locked, [primaryId, secondaryId])
    const primary = present === null ? named && { ...named, changed: true } : { id: present, listed: true, changed: false }
    if (!primary) return refusedFor([{ detail: `There is no delivery partner ${primaryId}.` }])
    if (secondaryId !== '' && !secondary) return refusedFor([{ detail: `There is no delivery partner ${secondaryId}.` }])
    const facts = await gatherPartnerFacts(locked, { primary, secondary: secondary && { ...secondary, changed: true } })
    const refusals = judge(partnerRules, facts)
    if (refusals.length > 0) return refusedFor(refusals)

    await change(trx, act, 'declarations', declaration, { delivery_partner_id: primary.id, secondary_delivery_partner_id: secondary?.id ?? null })
    return carriedOut('Delivery partners set.')
  },
}
