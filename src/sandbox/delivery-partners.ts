import type { DatasetRecord } from '../domain/dataset/dataset.ts'
import type { Cohort, Provider } from './facts.ts'
import { placeNames } from './names.ts'
import type { Telling } from './telling.ts'

type DeliveryPartner = DatasetRecord<'delivery_partner'>
/** Whom a provider may name on declarations of a cohort. */
export type DeliveryPartners = (provider: Provider, cohort: Cohort) => DeliveryPartner[]

const endings = ['Teaching School Hub', 'Learning Trust', 'Schools Alliance', 'Education Partnership', 'Federation of Schools']
const known = Temporal.Instant.from('2021-04-01T10:00:00Z')
/** From this year on declarations in England name a delivery partner. */
const partnersFrom = 2024

/** A hundred partners; the first provider works with all of them, the others with ten here and there, and with some in every cohort that needs one. */
export function tellDeliveryPartners({ facts, random, tell }: Telling): DeliveryPartners {
  const partners = placeNames(endings, 100).map((name) => tell('delivery_partner', { id: random.uuid(), name, partnerships: [], created_at: known }))
  const linked = new Map<string, DeliveryPartner[]>()
  for (const [index, provider] of facts.providers.entries()) {
    for (const cohort of facts.allCohorts) {
      const own = index === 0 ? partners : partners.slice(0, 10).filter(() => random.chance(3 / facts.allCohorts.length))
      const enough = own.length === 0 && cohort.start_year >= partnersFrom ? [random.pick(partners.slice(0, 10))] : own
      for (const partner of enough) partner.partnerships?.push({ lead_provider: provider.name, cohort: cohort.identifier })
      linked.set(`${provider.id} ${cohort.id}`, enough)
    }
  }
  return (provider, cohort) => linked.get(`${provider.id} ${cohort.id}`) ?? []
}
