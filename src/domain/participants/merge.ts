import { lockApplications } from '../applications/records.ts'
import { type Act, change, create, destroy } from '../history.ts'
import { judge, type Rules, refuse, type Verdict } from '../rules.ts'
import { archive, archiveRules } from './archive.ts'
import { changeUser } from './change-user.ts'
import { heldIdChanges, isIdChangeKnown, type LockedPerson, type User } from './records.ts'

export type Merge = {
  merged: LockedPerson
  kept: LockedPerson
  /** a merged record that is archived stays as it is, instead of being refused */
  allowArchived?: boolean
  /** the kept record takes over the sign-in of the merged one, if it has none itself */
  takeUid?: boolean
}

/** Makes two records of one person one: all applications and former ids go to the one that is kept (03 section 12.1). Says how many applications. */
export async function merge(act: Act, { merged, kept, allowArchived, takeUid }: Merge): Promise<Verdict & { applications: number }> {
  const staysArchived = merged.user.archived_at !== null && allowArchived === true
  const refusals = [...judge(mergeRules, { merged: merged.user, kept: kept.user }), ...judge(staysArchived ? [] : archiveRules, merged.user)]
  if (refusals.length > 0) return { refusals, applications: 0 }
  const applications = await moveApplications(act, merged, kept.user)
  await moveIdChanges(act, merged, kept.user)
  await recordIdChange(act, merged.user, kept)
  if (!staysArchived) await archive(merged, act)
  if (takeUid) await takeSignIn(act, merged.user, kept)
  return { refusals, applications }
}

const mergeRules: Rules<{ merged: User; kept: User }> = [
  refuse('merged_into_itself', ({ merged, kept }) => merged.id === kept.id, 'participant', 'A participant cannot be merged into itself.'),
]

/** Each remembers where it came from, so that it does not count as a second accepted one. Declarations and outcomes follow. */
async function moveApplications(act: Act, merged: LockedPerson, kept: User): Promise<number> {
  const applications = await lockApplications(merged)
  for (const { trx, application } of applications) {
    const merged_from_user_id = application.merged_from_user_id ?? merged.user.id
    await change(trx, act, 'applications', application, { user_id: kept.id, merged_from_user_id })
  }
  return applications.length
}

/** A change that says the kept id became the merged one would lead in a circle now. */
async function moveIdChanges(act: Act, merged: LockedPerson, kept: User) {
  const { trx, user } = merged
  for (const idChange of await heldIdChanges(merged)) {
    const back = idChange.from_participant_id === kept.public_id && idChange.to_participant_id === user.public_id
    await (back ? destroy(trx, act, 'participant_id_changes', idChange) : change(trx, act, 'participant_id_changes', idChange, { user_id: kept.id }))
  }
}

async function recordIdChange(act: Act, { public_id: from }: User, { trx, user }: LockedPerson) {
  if (await isIdChangeKnown(trx, from, user.public_id)) return
  await create(trx, act, 'participant_id_changes', { user_id: user.id, from_participant_id: from, to_participant_id: user.public_id })
}

/** A sign-in belongs to one record: an archived one that kept it loses it first. */
async function takeSignIn(act: Act, { id, uid }: User, { trx, user }: LockedPerson) {
  if (uid === null || user.uid !== null) return
  await trx.updateTable('users').set({ uid: null }).where('id', '=', id).execute()
  await changeUser(trx, act, user, { uid })
}
