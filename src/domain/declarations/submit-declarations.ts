import { readRows } from '../bulk/file.ts'
import { type BulkOperation, carriedOut, refusedFor } from '../bulk/operation.ts'
import { lockPeopleOf } from '../participants/lock-people-of.ts'
import { isPerson } from '../participants/records.ts'
import { listProviders } from '../reference/providers.ts'
import { declare } from './declare.ts'

const columns = [
  'participant_id',
  'declaration_type',
  'declaration_date',
  'course_identifier',
  'delivery_partner_id',
  'lead_provider_name',
  'has_passed',
] as const

/** Declarations that operators submit on behalf of providers, under the rules of the newest version (04 section 13.2). */
export const submitDeclarations: BulkOperation<Record<(typeof columns)[number], string>> = {
  read: (bytes) => readRows(bytes, columns),
  lock: (trx, rows) =>
    lockPeopleOf(
      trx,
      'users',
      rows.map((row) => row.participant_id),
    ),
  key: (_, index) => String(index + 1),
  async act(trx, act, row) {
    if (!(await isPerson(trx, row.participant_id))) return refusedFor([{ detail: 'There is no participant with this id.' }])
    const provider = (await listProviders(trx)).find(({ name }) => name === row.lead_provider_name)
    if (!provider) return refusedFor([{ detail: 'There is no lead provider with this name.' }])
    const { refusals, declarationId } = await declare(trx, {
      ...act,
      providerId: provider.id,
      participantId: row.participant_id,
      declarationType: row.declaration_type || undefined,
      declarationDate: row.declaration_date || undefined,
      courseIdentifier: row.course_identifier || undefined,
      hasPassed: row.has_passed.toLowerCase() || undefined,
      deliveryPartnerId: row.delivery_partner_id || undefined,
      secondaryDeliveryPartnerId: undefined,
      asksForPartner: true,
    })
    return declarationId === undefined ? refusedFor(refusals) : carriedOut(`Declared as ${declarationId}.`)
  },
}
