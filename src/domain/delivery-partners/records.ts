import { type InferResult, sql } from 'kysely'
import type { InstantText } from '../../clock.ts'
import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { isUuid } from '../../uuid.ts'
import { type Answer, answer, refusal } from '../answer.ts'
import type { Cohort, LockedCohort } from '../cohorts/records.ts'
import type { Locked } from '../locked.ts'
import type { Page, SortKey } from '../page.ts'
import { similarNames } from './similar-names.ts'

export type DeliveryPartner = RowOf<'delivery_partners'>
export type LockedDeliveryPartner = Locked<DeliveryPartner, 'delivery partner'>
/** A delivery partner, the lead provider that may name it, and the cohort on whose declarations. */
export type Partnership = { partnerId: number; providerId: number; cohortId: number }

/** A delivery partner as a provider sees it, with the start years of all cohorts in which they work together, ascending. */
export type DeliveryPartnerView = InferResult<ReturnType<typeof partnersOf>>[number]

function partnersOf(db: Database, { providerId, cohorts }: DeliveryPartnerFilter) {
  const query = db
    .selectFrom('delivery_partnerships')
    .innerJoin('delivery_partners', 'delivery_partners.id', 'delivery_partnerships.delivery_partner_id')
    .innerJoin('cohorts', 'cohorts.id', 'delivery_partnerships.cohort_id')
    .select((eb) => [
      'delivery_partners.public_id',
      'delivery_partners.name',
      eb.cast<InstantText>('delivery_partners.created_at', 'text').as('created_at'),
      eb.cast<InstantText>('delivery_partners.updated_at', 'text').as('updated_at'),
      sql<number[]>`array_agg(distinct cohorts.start_year order by cohorts.start_year)`.as('cohorts'),
    ])
    .where('delivery_partnerships.lead_provider_id', '=', providerId)
    .groupBy('delivery_partners.id')
  return cohorts ? query.having(sql<boolean>`bool_or(cohorts.start_year = any(${cohorts}::integer[]))`) : query
}

export type DeliveryPartnerFilter = {
  providerId: number
  /** start years; an empty list matches nothing */
  cohorts?: number[] | undefined
}

export type PartnerSortKey = SortKey<'name' | 'created_at' | 'updated_at'>

/** One page of a provider's delivery partners, by name unless told otherwise. */
export function listDeliveryPartners(
  db: Database,
  filter: DeliveryPartnerFilter,
  page: Page,
  sort: readonly PartnerSortKey[] = [{ key: 'name', descending: false }],
): Promise<DeliveryPartnerView[]> {
  let query = partnersOf(db, filter)
  for (const { key, descending } of sort) query = query.orderBy(`delivery_partners.${key}`, descending ? 'desc' : 'asc')
  return query.orderBy('delivery_partners.id').limit(page.limit).offset(page.offset).execute()
}

/** A provider's delivery partner by its public id; undefined where they work together in no cohort. */
export function findDeliveryPartner(db: Database, providerId: number, publicId: string): Promise<DeliveryPartnerView | undefined> {
  return partnersOf(db, { providerId }).where('delivery_partners.public_id', '=', publicId).executeTakeFirst()
}

/** The delivery partner with this name or public id; where there is none, those that may be meant are named. */
export async function findPartner(db: Database, text: string): Promise<Answer<DeliveryPartner>> {
  const partners = await db.selectFrom('delivery_partners').selectAll().orderBy('name').execute()
  const wanted = text.trim().toLowerCase()
  const found = partners.find(({ public_id, name }) => public_id === wanted || name.toLowerCase() === wanted)
  if (found) return answer(found)
  const names = partners.map(({ name }) => name)
  const similar = wanted === '' ? [] : similarNames(text.trim(), names).slice(0, 10)
  const hint = similar.length > 0 ? `. Perhaps you mean: ${similar.join(', ')}.` : ': give a name or an ID that npq delivery-partner export shows.'
  return refusal('delivery_partner_unknown', 'partner', `There is no delivery partner ${text}${hint}`)
}

/** Locks the names of delivery partners: two that take one at once would both find it free. Returns all partners, by name. */
export async function lockPartners(trx: Transacting): Promise<LockedDeliveryPartner[]> {
  await sql`lock table delivery_partners in share row exclusive mode`.execute(trx)
  return (await trx.selectFrom('delivery_partners').selectAll().orderBy('name').execute()) as LockedDeliveryPartner[]
}

/** Every delivery partner in order of creation. */
export function allPartners(db: Database) {
  return db.selectFrom('delivery_partners').select(['id', 'public_id', 'name']).orderBy('created_at').orderBy('id').execute()
}

/** Every partnership by the public names of its parts, in order of creation. */
export function allPartnerships(db: Database) {
  return db
    .selectFrom('delivery_partnerships')
    .innerJoin('lead_providers', 'lead_providers.id', 'delivery_partnerships.lead_provider_id')
    .innerJoin('cohorts', 'cohorts.id', 'delivery_partnerships.cohort_id')
    .innerJoin('delivery_partners', 'delivery_partners.id', 'delivery_partnerships.delivery_partner_id')
    .select(['lead_providers.public_id as provider', 'cohorts.identifier', 'delivery_partners.public_id as partner'])
    .orderBy('delivery_partnerships.created_at')
    .orderBy('delivery_partnerships.id')
    .execute()
}

export async function isEmpty(db: Database, table: 'delivery_partners' | 'delivery_partnerships'): Promise<boolean> {
  return (await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) === undefined
}

/** A partnership in a cohort that is held, so that partnerships of it change one after the other, copies of a whole cohort among them. */
export function findPartnership(trx: Transacting, cohort: LockedCohort, { partnerId, providerId }: Omit<Partnership, 'cohortId'>) {
  return trx
    .selectFrom('delivery_partnerships')
    .selectAll()
    .where('delivery_partner_id', '=', partnerId)
    .where('lead_provider_id', '=', providerId)
    .where('cohort_id', '=', cohort.id)
    .executeTakeFirst()
}

/** The partnerships that a cohort lacks and the one right before it has: the latest with a lower start year, or with the same one and a lower suffix. */
export function missingPartnerships(trx: Transacting, cohort: LockedCohort) {
  return trx
    .selectFrom('delivery_partnerships as known')
    .select(['known.delivery_partner_id', 'known.lead_provider_id'])
    .where('known.cohort_id', '=', cohortBefore(trx, cohort))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('delivery_partnerships as copied')
            .select('copied.id')
            .whereRef('copied.delivery_partner_id', '=', 'known.delivery_partner_id')
            .whereRef('copied.lead_provider_id', '=', 'known.lead_provider_id')
            .where('copied.cohort_id', '=', cohort.id),
        ),
      ),
    )
    .orderBy('known.id')
    .execute()
}

function cohortBefore(db: Database, cohort: Cohort) {
  return db
    .selectFrom('cohorts')
    .select('id')
    .where((eb) =>
      eb.or([eb('start_year', '<', cohort.start_year), eb.and([eb('start_year', '=', cohort.start_year), eb('suffix', '<', cohort.suffix)])]),
    )
    .orderBy('start_year', 'desc')
    .orderBy('suffix', 'desc')
    .limit(1)
}

/** How many declarations of a provider in a cohort name the partner. */
export async function countDeclarationsNaming(db: Database, { partnerId, providerId, cohortId }: Partnership): Promise<number> {
  const { count } = await db
    .selectFrom('declarations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('lead_provider_id', '=', providerId)
    .where('cohort_id', '=', cohortId)
    .where((eb) => eb.or([eb('delivery_partner_id', '=', partnerId), eb('secondary_delivery_partner_id', '=', partnerId)]))
    .executeTakeFirstOrThrow()
  return Number(count)
}

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
