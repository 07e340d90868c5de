import type { Database, Transacting } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { refusal } from '../answer.ts'
import { type Act, change, create } from '../history.ts'
import { judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { type DeliveryPartner, type LockedDeliveryPartner, lockPartners } from './records.ts'
import { similarNames } from './similar-names.ts'

type NameFacts = { name: string; present: string | undefined; takenBy: string | undefined }

/** What became of a name: the id of its partner, and the names of others that may mean the same one. */
export type Named = Verdict & { publicId?: string; similar: readonly string[] }

/** Adds a delivery partner, who may be named once a partnership says so (04 section 12.2). */
export function addPartner(db: Database, command: Act & { name: string }): Promise<Named> {
  return naming(db, command.name, undefined, (trx, name) => create(trx, command, 'delivery_partners', { name }))
}

/** Gives a delivery partner another name. */
export function renamePartner(db: Database, command: Act & { partnerId: number; name: string }): Promise<Named> {
  return naming(db, command.name, command.partnerId, (trx, name, partner) =>
    partner ? change(trx, command, 'delivery_partners', partner, { name }) : undefined,
  )
}

function naming(
  db: Database,
  typed: string,
  partnerId: number | undefined,
  save: (trx: Transacting, name: string, partner: LockedDeliveryPartner | undefined) => Promise<DeliveryPartner> | undefined,
): Promise<Named> {
  return transact(db, async (trx) => {
    const partners = await lockPartners(trx)
    const partner = partners.find(({ id }) => id === partnerId)
    const name = typed.trim()
    const others = partners.filter(({ id }) => id !== partnerId).map((other) => other.name)
    const refusals = judge(namePartnerRules, {
      name,
      present: partner?.name,
      takenBy: others.find((other) => other.toLowerCase() === name.toLowerCase()),
    })
    if (refusals.length > 0) return { refusals, similar: [] }
    const saved = await save(trx, name, partner)
    if (!saved) return { ...noSuchPartner, similar: [] }
    return { refusals: [], publicId: saved.public_id, similar: similarNames(name, others) }
  })
}

const noSuchPartner = refusal('delivery_partner_unknown', 'partner', 'There is no such delivery partner.')

const namePartnerRules: Rules<NameFacts> = [
  refuse('name_missing', ({ name }) => name === '', 'name', 'A delivery partner needs a name.'),
  refuse('name_too_long', ({ name }) => name.length > 255, 'name', 'The name of a delivery partner has 255 characters at most.'),
  refuse(
    'name_taken',
    ({ takenBy }) => takenBy !== undefined,
    'name',
    ({ takenBy }) => `There is a delivery partner ${takenBy} already.`,
  ),
  refuse('name_unchanged', ({ name, present }) => name === present, 'name', 'The delivery partner has this name already.'),
]
