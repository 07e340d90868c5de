import { type DeliveryPartners, tellDeliveryPartners } from './delivery-partners.ts'
import { type Calendar, tellStatements } from './statements.ts'
import type { Telling } from './telling.ts'
import { tellWorkplaces, type Workplaces } from './workplaces.ts'

/** What someone needs to apply: a place to work. */
export type Applying = Telling & { workplaces: Workplaces }

/** All that the stories of people are told with. */
export type World = Applying & { partners: DeliveryPartners; calendar: Calendar }

/** What is there before anybody comes. */
export function makeWorld(telling: Telling): World {
  return { ...telling, workplaces: tellWorkplaces(telling), partners: tellDeliveryPartners(telling), calendar: tellStatements(telling) }
}
