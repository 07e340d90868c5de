import type { Transacting } from '../../db/connect.ts'
import type { RowOf } from '../../db/schema.ts'
import { type Act, change, create, destroy } from '../history.ts'
import { archive } from './archive.ts'
import { changeUser } from './change-user.ts'

type User = RowOf<'users'>
export type Merged = { kept: User; applications: number }

export type Merge = {
  /** locked, as `kept` is */
  merged: User
  kept: User
  /** a merged record that is archived stays as it is, instead of an error */
  allowArchived?: boolean
  /** the kept record takes over the sign-in of the merged one, if it has none itself */
  takeUid?: boolean
}

/** Makes two records of one person one: all applications and former ids go to the one that is kept (03 section 12.1). */
export async function merge(trx: Transacting, act: Act, command: Merge): Promise<Merged> {
  const { merged, kept } = command
  if (merged.id === kept.id) throw new Error('A participant cannot be merged into itself.')
  const applications = await moveApplications(trx, act, merged, kept)
  await moveIdChanges(trx, act, merged, kept)
  await recordIdChange(trx, act, merged, kept)
  if (merged.archived_at === null || !command.allowArchived) await archive(trx, act, merged)
  const takes = command.takeUid === true && merged.uid !== null && kept.uid === null
  return { kept: takes ? await takeUid(trx, act, merged, kept) : kept, applications }
}

/** Each remembers where it came from, so that it does not count as a second accepted one. Declarations and outcomes follow. */
async function moveApplications(trx: Transacting, act: Act, merged: User, kept: User): Promise<number> {
  const applications = await trx.selectFrom('applications').selectAll().where('user_id', '=', merged.id).orderBy('id').forUpdate().execute()
  for (const application of applications) {
    const merged_from_user_id = application.merged_from_user_id ?? merged.id
    await change(trx, act, 'applications', application, { user_id: kept.id, merged_from_user_id })
  }
  return applications.length
}

/** A change that says the kept id became the merged one would lead in a circle now. */
async function moveIdChanges(trx: Transacting, act: Act, merged: User, kept: User) {
  const held = await trx.selectFrom('participant_id_changes').selectAll().where('user_id', '=', merged.id).orderBy('id').execute()
  for (const idChange of held) {
    const back = idChange.from_participant_id === kept.public_id && idChange.to_participant_id === merged.public_id
    await (back ? destroy(trx, act, 'participant_id_changes', idChange) : change(trx, act, 'participant_id_changes', idChange, { user_id: kept.id }))
  }
}

async function recordIdChange(trx: Transacting, act: Act, merged: User, kept: User) {
  const pair = { from_participant_id: merged.public_id, to_participant_id: kept.public_id }
  const known = await trx
    .selectFrom('participant_id_changes')
    .select('id')
    .where('from_participant_id', '=', pair.from_participant_id)
    .where('to_participant_id', '=', pair.to_participant_id)
    .executeTakeFirst()
  if (!known) await create(trx, act, 'participant_id_changes', { user_id: kept.id, ...pair })
}

/** A sign-in belongs to one record: an archived one that kept it loses it first. */
async function takeUid(trx: Transacting, act: Act, merged: User, kept: User): Promise<User> {
  await trx.updateTable('users').set({ uid: null }).where('id', '=', merged.id).execute()
  return changeUser(trx, act, kept, { uid: merged.uid })
}
