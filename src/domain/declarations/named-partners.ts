import { sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import { isUuid } from '../../uuid.ts'

/** A delivery partner, with the cohorts in which a provider may name it. */
export type FoundPartner = { id: number; public_id: string; cohorts: readonly number[] }

/** The delivery partners with these public ids. What has no such form finds nothing. */
export async function findNamedPartners(
  db: Database,
  providerId: number,
  publicIds: readonly (string | undefined)[],
): Promise<(FoundPartner | undefined)[]> {
  const wanted = publicIds.map((id) => (id !== undefined && isUuid(id) ? id.toLowerCase() : undefined))
  const known = wanted.filter((id) => id !== undefined)
  if (known.length === 0) return wanted.map(() => undefined)
  const partners = await db
    .selectFrom('delivery_partners')
    .select(['id', 'public_id', cohortsWith(providerId).as('cohorts')])
    .where('public_id', 'in', known)
    .execute()
  return wanted.map((id) => partners.find(({ public_id }) => public_id === id))
}

function cohortsWith(providerId: number) {
  return sql<number[]>`(
    select coalesce(json_agg(cohort_id), '[]') from delivery_partnerships
    where delivery_partner_id = delivery_partners.id and lead_provider_id = ${providerId})`
}
