import type { Database, Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { transact } from '../../db/transact.ts'
import type { RejectionReason } from '../../words.ts'
import { type Act, change } from '../history.ts'
import { queueMail } from '../outbox.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'
import type { Application } from './application.ts'
import { lockApplication } from './lock.ts'
import { mailAbout } from './mail.ts'
import { hasLiveDeclaration } from './queries.ts'
import { touchUser } from './touch-user.ts'

export type Reject = Act & {
  providerId: number
  /** public id */
  applicationId: string
  reason: RejectionReason
}

export type Facts = {
  application: Pick<Application, 'lead_provider_approval_status'>
  declared: boolean
}

/** A provider turns an application down (02 section 12). */
export async function reject(db: Database, command: Reject): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockApplication(trx, command)
    if (!locked) return { refusals: [{ title: 'application', detail: 'The application does not exist any more.' }] }
    const { application, user } = locked
    const refusals = judge(rules, { application, declared: await hasLiveDeclaration(trx, application.id) })
    if (refusals.length > 0) return { refusals }

    await change(trx, command, 'applications', application, {
      lead_provider_approval_status: 'rejected',
      reason_for_rejection: command.reason,
    })
    await touchUser(trx, command, user)
    await dropRefreshToken(trx, user)
    await queueMail(trx, await mailAbout(trx, 'application rejected', application, user))
    return done
  })
}

export const rules: Rule<Facts>[] = [
  refuse(({ application }) => application.lead_provider_approval_status === 'rejected', 'application', 'This application has been rejected already.'),
  refuse(
    ({ declared }) => declared,
    'application',
    'Declarations were made for this application, so it cannot be rejected. Void them first, or get in touch with us.',
  ),
]

/** A person without a TRN whose last pending application is gone will not be given one. */
async function dropRefreshToken(trx: Transacting, user: RowOf<'users'>) {
  if (user.trn !== null) return
  await trx
    .deleteFrom('refresh_tokens')
    .where('user_id', '=', user.id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('applications').select('id').where('user_id', '=', user.id).where('lead_provider_approval_status', '=', 'pending'))),
    )
    .execute()
}
