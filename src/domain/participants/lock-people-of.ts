import { sql } from 'kysely'
import type { Transacting } from '../../db/connect.ts'
import { isUuid } from '../../uuid.ts'
import { lockPeople } from '../applications/lock.ts'

/**
 * Locks the people who have these public ids, or whose applications or declarations have them, with every record that shares a TRN;
 * an unknown id adds no one.
 */
export async function lockPeopleOf(trx: Transacting, table: 'users' | 'applications' | 'declarations', publicIds: readonly string[]): Promise<void> {
  await lockPeople(trx, await userIdsOf(trx, table, publicIds))
}

async function userIdsOf(trx: Transacting, table: 'users' | 'applications' | 'declarations', publicIds: readonly string[]): Promise<number[]> {
  const asked = sql<string>`any(${publicIds.filter(isUuid)}::uuid[])`
  if (table === 'users') return idsIn(await trx.selectFrom('users').select('id').where('public_id', '=', asked).execute())
  if (table === 'applications') return idsIn(await trx.selectFrom('applications').select('user_id as id').where('public_id', '=', asked).execute())
  return idsIn(
    await trx
      .selectFrom('declarations')
      .innerJoin('applications', 'applications.id', 'declarations.application_id')
      .select('applications.user_id as id')
      .where('declarations.public_id', '=', asked)
      .execute(),
  )
}

function idsIn(rows: { id: number }[]): number[] {
  return [...new Set(rows.map(({ id }) => id))]
}
