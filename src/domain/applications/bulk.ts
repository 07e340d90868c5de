import type { Transacting } from '../../db/connect.ts'
import { isUuid } from '../../uuid.ts'
import { readIds } from '../bulk/file.ts'
import { type BulkOperation, carriedOut, type RowResult, refusedFor } from '../bulk/operation.ts'
import type { Act } from '../history.ts'
import { lockPeopleOf } from '../participants/lock-people-of.ts'
import type { Verdict } from '../rules.ts'
import { type OwnApplication, providerOfApplication } from './records.ts'
import { reject } from './reject.ts'
import { revert } from './revert.ts'

type ApplicationId = { id: string }

/** Turns applications down that nobody decided on in time, and others if need be (02 section 15.2). */
export const rejectApplications = onEach((trx, found) => reject(trx, { ...found, reason: 'registration_expired' }), 'Changed to rejected.')

/** Takes decisions on applications back (02 section 15.1). */
export const revertApplications = onEach(revert, 'Changed to pending.')

function onEach(decide: (trx: Transacting, found: Act & OwnApplication) => Promise<Verdict>, success: string): BulkOperation<ApplicationId> {
  return {
    read: readIds,
    lock: (trx, rows) =>
      lockPeopleOf(
        trx,
        'applications',
        rows.map(({ id }) => id),
      ),
    key: ({ id }) => id,
    async act(trx, act, { id }): Promise<RowResult> {
      const providerId = isUuid(id) ? await providerOfApplication(trx, id) : undefined
      if (providerId === undefined) return refusedFor([{ detail: 'There is no application with this id.' }])
      const { refusals } = await decide(trx, { ...act, providerId, applicationId: id })
      return refusals.length > 0 ? refusedFor(refusals) : carriedOut(success)
    },
  }
}
