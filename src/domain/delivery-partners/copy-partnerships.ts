import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type Act, create } from '../history.ts'

/**
 * Gives a new cohort the partnerships of the cohort right before it (04 section 12.2), which is the latest with a lower
 * start year, or with the same one and a lower suffix. Safe to repeat: what is there already stays as it is.
 * Returns how many were added; a first cohort has none to take over. Throws where there is no such cohort.
 */
export async function copyPartnerships(db: Database, act: Act, cohortId: number): Promise<number> {
  return transact(db, async (trx) => {
    // one copy at a time, and none beside an addition or a removal
    const cohort = await trx.selectFrom('cohorts').selectAll().where('id', '=', cohortId).forNoKeyUpdate().executeTakeFirstOrThrow()
    const previous = trx
      .selectFrom('cohorts')
      .select('id')
      .where((eb) =>
        eb.or([eb('start_year', '<', cohort.start_year), eb.and([eb('start_year', '=', cohort.start_year), eb('suffix', '<', cohort.suffix)])]),
      )
      .orderBy('start_year', 'desc')
      .orderBy('suffix', 'desc')
      .limit(1)
    const missing = await trx
      .selectFrom('delivery_partnerships as known')
      .select(['known.delivery_partner_id', 'known.lead_provider_id'])
      .where('known.cohort_id', '=', previous)
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
    for (const partnership of missing) await create(trx, act, 'delivery_partnerships', { ...partnership, cohort_id: cohort.id })
    return missing.length
  })
}
