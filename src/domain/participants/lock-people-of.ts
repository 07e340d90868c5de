import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import { isUuid } from '../../uuid.ts'
import { lockPeople } from './records.ts'

/**
 * Locks the people who have these public ids, or whose applications or declarations have them, with every record that shares a TRN;
 * an unknown id adds no one.
 */
export async function lockPeopleOf(trx: Transacting, table: 'users' | 'applications' | 'declarations', publicIds: readonly string[]): Promise<void> {
  await lockPeople(trx, table === 'users' ? publicIds : await userIdsOf(trx, table, publicIds))
}

async function userIdsOf(trx: Transacting, table: 'applications' | 'declarations', publicIds: readonly string[]): Promise<number[]> {
  const asked = sql<string>`any(${publicIds.filter(isUuid)}::uuid[])`
  const applications = trx.selectFrom('applications').select('user_id').distinct()
  const rows = await applications
    .where(({ eb, selectFrom }) =>
      table === 'applications'
        ? eb('public_id', '=', asked)
        : eb('id', 'in', selectFrom('declarations').select('application_id').where('declarations.public_id', '=', asked)),
    )
    .execute()
  return rows.map(({ user_id }) => user_id)
}
