import { type DeliveryPartners, makeDeliveryPartners } from './delivery-partners.ts'
import { type Calendar, makeStatements } from './statements.ts'
import type { Store } from './store.ts'
import type { Applying } from './work.ts'
import { makeWorkplaces } from './workplaces.ts'

/** All that the stories of people are told with: the facts, the rows so far, and what is there before anybody comes. */
export type World = Applying & { partners: DeliveryPartners; calendar: Calendar }

export function makeWorld(store: Store): World {
  return { ...store, workplaces: makeWorkplaces(store), partners: makeDeliveryPartners(store), calendar: makeStatements(store) }
}
