import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type Act, change } from '../history.ts'

/** An operator voids an outcome that repeats another pass of its declaration (03 section 18). Throws where it does not. */
export async function voidDuplicate(db: Database, act: Act, outcomeId: number): Promise<void> {
  await transact(db, async (trx) => {
    const declaration = await trx
      .selectFrom('declarations')
      .select('id')
      .where('id', 'in', (eb) => eb.selectFrom('outcomes').select('declaration_id').where('outcomes.id', '=', outcomeId))
      .forUpdate()
      .executeTakeFirst()
    if (!declaration) throw new Error(`There is no outcome ${outcomeId}.`)
    const outcomes = await trx.selectFrom('outcomes').selectAll().where('declaration_id', '=', declaration.id).execute()
    const duplicate = outcomes.find(({ id }) => id === outcomeId)
    if (!duplicate) throw new Error(`There is no outcome ${outcomeId}.`)
    if (!outcomes.some(({ id, state }) => id !== outcomeId && state === 'passed')) {
      throw new Error(`Outcome ${outcomeId} is no duplicate: its declaration has no other outcome that is passed.`)
    }
    await change(trx, act, 'outcomes', duplicate, { state: 'voided' })
  })
}
