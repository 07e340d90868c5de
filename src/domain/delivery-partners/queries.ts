import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../../db/connect.ts'
import type { RowOf, Tables } from '../../db/schema.ts'

/** A delivery partner as a provider sees it, with the start years of all cohorts in which they work together, ascending. */
export type DeliveryPartnerView = Pick<RowOf<'delivery_partners'>, 'public_id' | 'name' | 'created_at' | 'updated_at'> & { cohorts: number[] }

export type DeliveryPartnerFilter = {
  providerId: number
  /** start years; an empty list matches nothing */
  cohorts?: number[] | undefined
}
export type SortKey = { key: 'name' | 'created_at' | 'updated_at'; descending: boolean }
export type Page = { limit: number; offset: number }

/** One page of a provider's delivery partners, by name unless told otherwise. */
export function listDeliveryPartners(
  db: Database,
  filter: DeliveryPartnerFilter,
  page: Page,
  sort: SortKey[] = [{ key: 'name', descending: false }],
): Promise<DeliveryPartnerView[]> {
  let query = viewed(partnersOf(db, filter), filter.providerId)
  for (const { key, descending } of sort) query = query.orderBy(`delivery_partners.${key}`, descending ? 'desc' : 'asc')
  return query.orderBy('delivery_partners.id').limit(page.limit).offset(page.offset).execute()
}

/** A provider's delivery partner by its public id; undefined where they work together in no cohort. */
export function findDeliveryPartner(db: Database, providerId: number, publicId: string): Promise<DeliveryPartnerView | undefined> {
  return viewed(partnersOf(db, { providerId }), providerId).where('delivery_partners.public_id', '=', publicId).executeTakeFirst()
}

function partnersOf(db: Database, { providerId, cohorts }: DeliveryPartnerFilter) {
  return db.selectFrom('delivery_partners').where('delivery_partners.id', 'in', (eb) => {
    const partnerships = eb.selectFrom('delivery_partnerships').select('delivery_partner_id').where('lead_provider_id', '=', providerId)
    if (!cohorts) return partnerships
    return partnerships.where('cohort_id', 'in', (inner) =>
      inner.selectFrom('cohorts').select('cohorts.id').where('start_year', '=', sql<number>`any(${cohorts}::integer[])`),
    )
  })
}

function viewed<O>(query: SelectQueryBuilder<Tables, 'delivery_partners', O>, providerId: number) {
  return query.select([
    'delivery_partners.public_id',
    'delivery_partners.name',
    'delivery_partners.created_at',
    'delivery_partners.updated_at',
    sql<number[]>`array(
      select distinct cohorts.start_year from delivery_partnerships join cohorts on cohorts.id = delivery_partnerships.cohort_id
      where delivery_partnerships.delivery_partner_id = delivery_partners.id and delivery_partnerships.lead_provider_id = ${providerId}
      order by cohorts.start_year)`.as('cohorts'),
  ])
}
