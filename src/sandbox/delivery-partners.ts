import type { Cohort, Provider } from './facts.ts'
import { daysAfter, earliest } from './moments.ts'
import { placeNames } from './names.ts'
import type { Made, Store } from './store.ts'

type DeliveryPartner = Made<'delivery_partners'>
/** Whom a provider may name on declarations of a cohort. */
export type DeliveryPartners = (provider: Provider, cohort: Cohort) => DeliveryPartner[]

const endings = ['Teaching School Hub', 'Learning Trust', 'Schools Alliance', 'Education Partnership', 'Federation of Schools']
const known = Temporal.Instant.from('2021-04-01T10:00:00Z')
/** From this year on declarations in England name a delivery partner. */
const partnersFrom = 2024

/** A hundred partners; the first provider works with all of them, the others with ten here and there, and with some in every cohort that needs one. */
export function makeDeliveryPartners(store: Store): DeliveryPartners {
  const { facts, random } = store
  const partners = placeNames(endings, 100).map((name) =>
    store.add('delivery_partners', { public_id: random.uuid(), name, created_at: known, updated_at: known }),
  )
  const linked = new Map<string, DeliveryPartner[]>()
  for (const [index, provider] of facts.providers.entries()) {
    for (const cohort of facts.allCohorts) {
      const own = index === 0 ? partners : partners.slice(0, 10).filter(() => random.chance(3 / facts.allCohorts.length))
      const enough = own.length === 0 && cohort.start_year >= partnersFrom ? [random.pick(partners.slice(0, 10))] : own
      const at = earliest(daysAfter(cohort.registration_start_date, -30), daysAfter(facts.now, -1))
      for (const { id } of enough) {
        store.add('delivery_partnerships', {
          delivery_partner_id: id,
          lead_provider_id: provider.id,
          cohort_id: cohort.id,
          created_at: at,
          updated_at: at,
        })
      }
      linked.set(`${provider.id} ${cohort.id}`, enough)
    }
  }
  return (provider, cohort) => linked.get(`${provider.id} ${cohort.id}`) ?? []
}
