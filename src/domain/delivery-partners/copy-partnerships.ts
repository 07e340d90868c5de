import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { lockCohort } from '../cohorts/records.ts'
import { type Act, create } from '../history.ts'
import { missingPartnerships } from './records.ts'

/**
 * Gives a new cohort the partnerships of the cohort right before it (04 section 12.2). Safe to repeat: what is there already stays as
 * it is. Returns how many were added; a first cohort has none to take over, nor has one that does not exist.
 */
export async function copyPartnerships(db: Database, act: Act, cohortId: number): Promise<number> {
  return transact(db, async (trx) => {
    // one copy at a time, and none beside an addition or a removal
    const cohort = await lockCohort(trx, { id: cohortId })
    const missing = cohort ? await missingPartnerships(trx, cohort) : []
    for (const partnership of missing) await create(trx, act, 'delivery_partnerships', { ...partnership, cohort_id: cohortId })
    return missing.length
  })
}
