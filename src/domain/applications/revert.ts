import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rule, refuse, type Verdict } from '../rules.ts'
import type { Application } from './application.ts'
import { type Locked, lockApplication } from './lock.ts'
import { hasLiveDeclaration } from './queries.ts'
import { touchUser } from './touch-user.ts'

export type Revert = Act & {
  /** the application's own */
  providerId: number
  /** public id */
  applicationId: string
}

type Facts = {
  application: Pick<Application, 'lead_provider_approval_status'>
  declared: boolean
}

/** An operator takes a decision on an application back, so that its provider may decide anew (02 section 15.1). */
export async function revert(db: Database, command: Revert): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked: Locked | undefined = await lockApplication(trx, command)
    if (!locked) return { refusals: [{ title: 'application', detail: 'The application does not exist any more.' }] }
    const { application, user } = locked
    const refusals = judge(rules, { application, declared: await hasLiveDeclaration(trx, application.id) })
    if (refusals.length > 0) return { refusals }

    const cohort = await trx.selectFrom('cohorts').select('funding').where('id', '=', application.cohort_id).executeTakeFirst()
    await trx.deleteFrom('application_states').where('application_id', '=', application.id).execute()
    await change(trx, command, 'applications', application, {
      lead_provider_approval_status: 'pending',
      reason_for_rejection: null,
      funded_place: cohort?.funding === 'zero' ? false : null,
    })
    await touchUser(trx, command, user)
    return done
  })
}

const rules: Rule<Facts>[] = [
  refuse(
    ({ application }) => application.lead_provider_approval_status !== 'accepted' && application.lead_provider_approval_status !== 'rejected',
    'lead_provider_approval_status',
    'Only an application that was accepted or rejected can be reverted to pending.',
  ),
  refuse(({ declared }) => declared, 'base', 'Declarations stand for this application. Ask the provider to void them first.'),
]
