import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import { isUuid } from '../../uuid.ts'

export type FoundPartner = { id: number; public_id: string; listed: boolean }

/** The delivery partners with these public ids, each with whether the provider may name it in the cohort. What has no such form finds nothing. */
export async function findNamedPartners(
  trx: Transacting,
  list: { providerId: number; cohortId: number | undefined },
  publicIds: readonly (string | undefined)[],
): Promise<(FoundPartner | undefined)[]> {
  const wanted = publicIds.map((id) => (id !== undefined && isUuid(id) ? id.toLowerCase() : undefined))
  const known = wanted.filter((id) => id !== undefined)
  if (known.length === 0) return wanted.map(() => undefined)
  const partners = await trx
    .selectFrom('delivery_partners')
    .select(['id', 'public_id', listedWith(list).as('listed')])
    .where('public_id', 'in', known)
    .execute()
  return wanted.map((id) => partners.find(({ public_id }) => public_id === id))
}

function listedWith({ providerId, cohortId }: { providerId: number; cohortId: number | undefined }) {
  return sql<boolean>`exists (
    select from delivery_partnerships
    where delivery_partner_id = delivery_partners.id and lead_provider_id = ${providerId} and cohort_id = ${cohortId ?? null}::bigint)`
}
