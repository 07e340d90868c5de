import type { Database } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import { refusal } from '../answer.ts'
import { lockCohort } from '../cohorts/records.ts'
import { type Act, create, destroy } from '../history.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'
import { countDeclarationsNaming, findPartnership, type Partnership } from './records.ts'

/** Lets a lead provider name a delivery partner on declarations of a cohort (04 section 12.2). */
export function addPartnership(db: Database, command: Act & Partnership): Promise<Verdict> {
  return transact(db, async (trx) => {
    const cohort = await lockCohort(trx, { id: command.cohortId })
    if (!cohort) return noSuchCohort
    const refusals = judge([addedBefore], { partnership: await findPartnership(trx, cohort, command) })
    if (refusals.length > 0) return { refusals }
    await create(trx, command, 'delivery_partnerships', {
      delivery_partner_id: command.partnerId,
      lead_provider_id: command.providerId,
      cohort_id: cohort.id,
    })
    return done
  })
}

/** Ends that; declarations that name the partner keep it, and `declarations` says how many there are. */
export function removePartnership(db: Database, command: Act & Partnership): Promise<Verdict & { declarations: number }> {
  return transact(db, async (trx) => {
    const cohort = await lockCohort(trx, { id: command.cohortId })
    if (!cohort) return { ...noSuchCohort, declarations: 0 }
    const partnership = await findPartnership(trx, cohort, command)
    if (!partnership) return { refusals: judge([neverAdded], { partnership }), declarations: 0 }
    await destroy(trx, command, 'delivery_partnerships', partnership)
    return { refusals: [], declarations: await countDeclarationsNaming(trx, command) }
  })
}

const noSuchCohort = refusal('cohort_unknown', 'cohort', 'There is no such cohort.')

type Known = { partnership: RowOf<'delivery_partnerships'> | undefined }

const addedBefore: Rule<Known> = refuse(
  'partnership_exists',
  ({ partnership }) => partnership !== undefined,
  'partnership',
  'The provider may name the delivery partner in this cohort already.',
)
const neverAdded: Rule<Known> = refuse(
  'partnership_unknown',
  ({ partnership }) => partnership === undefined,
  'partnership',
  'The provider cannot name the delivery partner in this cohort: there is nothing to remove.',
)
