import { readRows } from '../bulk/file.ts'
import { type BulkOperation, carriedOut, refusedFor } from '../bulk/operation.ts'
import { changeTrns } from './change-trns.ts'
import { lockPeopleOf } from './lock-people-of.ts'

const columns = ['User ID', 'Updated TRN'] as const

/** Sets verified TRNs of many people (03 section 11.3). */
export const updateTrns: BulkOperation<Record<(typeof columns)[number], string>> = {
  read: (bytes) => readRows(bytes, columns),
  lock: (trx, rows) =>
    lockPeopleOf(
      trx,
      'users',
      rows.map((row) => row['User ID']),
    ),
  key: (row) => row['User ID'],
  async act(trx, act, row) {
    const [verdict] = await changeTrns(trx, act, [{ participantId: row['User ID'], trn: row['Updated TRN'] }])
    return verdict && verdict.refusals.length > 0 ? refusedFor(verdict.refusals) : carriedOut('TRN set and verified.')
  },
}
