import { findDeliveryPartner, listDeliveryPartners } from '../../domain/delivery-partners/records.ts'
import { found, notFound } from '../../http/problems.ts'
import type { Endpoint, JsonEndpoint } from '../endpoint.ts'
import { readCohort } from '../filters.ts'
import { readPage, unreadablePage } from '../paging.ts'
import { cohortYearFilter, filterSchema, listOf, singleOf } from '../schemas.ts'
import { readSort } from '../sorting.ts'
import { versionsWith } from '../versions.ts'
import { deliveryPartner } from './representation.ts'

const sortKeys = ['name', 'created_at', 'updated_at'] as const
const tag = 'Delivery Partners'

const list: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/delivery-partners',
  versions: versionsWith({ v1: false, v2: false, v3: true }),
  tag,
  operationId: 'listDeliveryPartners',
  summary: 'List your delivery partners',
  description: 'Every partner that works with you in any cohort, by name.',
  filters: () => filterSchema('ListDeliveryPartnersFilter', { cohort: cohortYearFilter }),
  paged: true,
  sorts: () => sortKeys,
  answer: listOf('DeliveryPartnersResponse', 'DeliveryPartner', deliveryPartner),
  problems: () => [unreadablePage()],
  async handle({ db, version, provider, query }) {
    const filter = { providerId: provider.id, cohorts: readCohort(query.filter('cohort')) }
    return deliveryPartner.many(version, await listDeliveryPartners(db, filter, readPage(query), readSort(query.sort, sortKeys)))
  },
}

const show: JsonEndpoint = {
  format: 'json',
  method: 'GET',
  path: '/delivery-partners/{id}',
  versions: versionsWith({ v1: false, v2: false, v3: true }),
  tag,
  operationId: 'getDeliveryPartner',
  summary: 'Get one of your delivery partners',
  description: 'The partner, with the cohorts in which it works with you.',
  answer: singleOf('DeliveryPartnerResponse', 'DeliveryPartner', deliveryPartner),
  problems: () => [notFound()],
  async handle({ db, version, provider, id }) {
    return deliveryPartner.one(version, found(await findDeliveryPartner(db, provider.id, id)))
  },
}

export const deliveryPartnerEndpoints: readonly Endpoint[] = [list, show]
