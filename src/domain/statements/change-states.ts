import type { Transacting } from '../../db/connect.ts'
import { type Act, changeAll } from '../history.ts'
import type { LockedItem } from './lock.ts'

/** Takes the locked declarations that are in one state, and their items in the same state, to another; returns how many there were. */
export async function changeStates(
  trx: Transacting,
  act: Act,
  items: readonly LockedItem[],
  from: LockedItem['state'],
  to: LockedItem['state'],
): Promise<number> {
  const moving = items.filter(({ state, declaration_state }) => state === from && declaration_state === from)
  const declarations = moving.map(({ declaration_id }) => declaration_id)
  await changeAll(trx, act, 'declarations', declarations, 'state', to)
  await changeAll(trx, act, 'statement_items', idsOf(moving), 'state', to)
  return moving.length
}

export function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id)
}
