import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { type Act, create, destroy } from '../history.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'

/** A delivery partner, the lead provider that may name it, and the cohort on whose declarations. */
export type Partnership = { partnerId: number; providerId: number; cohortId: number }

/** Lets a lead provider name a delivery partner on declarations of a cohort (04 section 12.2). */
export function addPartnership(db: Database, command: Act & Partnership): Promise<Verdict> {
  return onPartnership(db, command, async (trx, known) => {
    const refusals = judge([addedBefore], known)
    if (refusals.length > 0) return { refusals }
    await create(trx, command, 'delivery_partnerships', {
      delivery_partner_id: command.partnerId,
      lead_provider_id: command.providerId,
      cohort_id: command.cohortId,
    })
    return done
  })
}

/** Ends that; declarations that name the partner keep it, and `declarations` says how many there are. */
export function removePartnership(db: Database, command: Act & Partnership): Promise<Verdict & { declarations: number }> {
  return onPartnership(db, command, async (trx, known) => {
    const refusals = judge([neverAdded], known)
    if (refusals.length > 0 || !known.partnership) return { refusals, declarations: 0 }
    await destroy(trx, command, 'delivery_partnerships', known.partnership)
    return { refusals: [], declarations: await countDeclarations(trx, command) }
  })
}

type Known = { partnership: RowOf<'delivery_partnerships'> | undefined }

const addedBefore: Rule<Known> = refuse(
  ({ partnership }) => partnership !== undefined,
  'partnership',
  'The provider may name the delivery partner in this cohort already.',
)
const neverAdded: Rule<Known> = refuse(
  ({ partnership }) => partnership === undefined,
  'partnership',
  'The provider cannot name the delivery partner in this cohort: there is nothing to remove.',
)

/** The cohort is held, so that partnerships of it change one after the other, copies of a whole cohort among them. */
function onPartnership<T>(
  db: Database,
  { partnerId, providerId, cohortId }: Partnership,
  work: (trx: Transacting, known: Known) => Promise<T>,
): Promise<T> {
  return transact(db, async (trx) => {
    await trx.selectFrom('cohorts').select('id').where('id', '=', cohortId).forNoKeyUpdate().executeTakeFirstOrThrow()
    const partnership = await trx
      .selectFrom('delivery_partnerships')
      .selectAll()
      .where('delivery_partner_id', '=', partnerId)
      .where('lead_provider_id', '=', providerId)
      .where('cohort_id', '=', cohortId)
      .executeTakeFirst()
    return work(trx, { partnership })
  })
}

async function countDeclarations(trx: Transacting, { partnerId, providerId, cohortId }: Partnership): Promise<number> {
  const { count } = await trx
    .selectFrom('declarations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('lead_provider_id', '=', providerId)
    .where('cohort_id', '=', cohortId)
    .where((eb) => eb.or([eb('delivery_partner_id', '=', partnerId), eb('secondary_delivery_partner_id', '=', partnerId)]))
    .executeTakeFirstOrThrow()
  return Number(count)
}
