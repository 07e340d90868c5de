import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import type { RejectionReason } from '../../words.ts'
import { hasLiveDeclaration } from '../declarations/records.ts'
import { type Act, change } from '../history.ts'
import type { LockedPerson } from '../participants/records.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { noSuchApplication } from './application.ts'
import { queueLetter } from './letter.ts'
import { type Application, lockOwnApplication, type OwnApplication, settingOf } from './records.ts'
import { touchUser } from './touch-user.ts'

export type Reject = Act & OwnApplication & { reason: RejectionReason }

export type RejectFacts = {
  application: Pick<Application, 'lead_provider_approval_status'>
  declared: boolean
}

/** A provider turns an application down (02 section 12). */
export async function reject(db: Database, command: Reject): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockOwnApplication(trx, command)
    if (!locked) return noSuchApplication
    const { application } = locked
    const refusals = judge(rejectRules, { application, declared: await hasLiveDeclaration(locked) })
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'applications', application, {
      lead_provider_approval_status: 'rejected',
      reason_for_rejection: command.reason,
    })
    await touchUser(locked, command)
    await dropRefreshToken(locked)
    await queueLetter(locked, await settingOf(locked), 'application rejected')
    return done
  })
}

export const rejectRules: Rules<RejectFacts> = [
  refuse(
    'application_already_rejected',
    ({ application }) => application.lead_provider_approval_status === 'rejected',
    'application',
    'This application has been rejected already.',
  ),
  refuse(
    'application_has_declarations',
    ({ declared }) => declared,
    'application',
    'Declarations were made for this application, so it cannot be rejected. Void them first, or get in touch with us.',
  ),
]

/** A person without a TRN whose last pending application is gone will not be given one. */
async function dropRefreshToken({ trx, user }: LockedPerson) {
  if (user.trn !== null) return
  await trx
    .deleteFrom('refresh_tokens')
    .where('user_id', '=', user.id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('applications').select('id').where('user_id', '=', user.id).where('lead_provider_approval_status', '=', 'pending'))),
    )
    .execute()
}
