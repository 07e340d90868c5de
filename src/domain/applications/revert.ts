import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { hasLiveDeclaration } from '../declarations/records.ts'
import { type Act, change } from '../history.ts'
import { done, judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { noSuchApplication } from './application.ts'
import { type Application, lockOwnApplication, type OwnApplication, settingOf } from './records.ts'
import { touchUser } from './touch-user.ts'

type RevertFacts = {
  application: Pick<Application, 'lead_provider_approval_status'>
  declared: boolean
}

/** An operator takes a decision on an application back, so that its provider may decide anew (02 section 15.1). */
export async function revert(db: Database, command: Act & OwnApplication): Promise<Verdict> {
  return transact(db, async (trx) => {
    const locked = await lockOwnApplication(trx, command)
    if (!locked) return noSuchApplication
    const { application } = locked
    const refusals = judge(revertRules, { application, declared: await hasLiveDeclaration(locked) })
    if (refusals.length > 0) return { refusals }

    const { cohort } = await settingOf(locked)
    await trx.deleteFrom('application_states').where('application_id', '=', application.id).execute()
    await change(trx, command, 'applications', application, {
      lead_provider_approval_status: 'pending',
      reason_for_rejection: null,
      funded_place: cohort?.funding === 'zero' ? false : null,
    })
    await touchUser(locked, command)
    return done
  })
}

const revertRules: Rules<RevertFacts> = [
  refuse(
    'application_not_decided',
    ({ application }) => application.lead_provider_approval_status !== 'accepted' && application.lead_provider_approval_status !== 'rejected',
    'lead_provider_approval_status',
    'Only an application that was accepted or rejected can be reverted to pending.',
  ),
  refuse(
    'application_has_declarations',
    ({ declared }) => declared,
    'base',
    'Declarations stand for this application. Ask the provider to void them first.',
  ),
]
