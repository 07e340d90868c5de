import { parseDate } from '../../dates.ts'
import type { Transacting } from '../../db/connect.ts'
import type { NewRowOf } from '../../db/schema.ts'
import { type Act, change } from '../history.ts'
import type { Refusal, Verdict } from '../rules.ts'
import { lockLegacyPasses } from './records.ts'

/** One line of the register before: `npq_type` is its code of the qualification, `awarded_date` is month/day/year. */
export type LegacyPass = { trn: string; npq_type: string; awarded_date: string }

const shortCodes: Readonly<Record<string, string>> = {
  389040001: 'NPQH',
  389040004: 'NPQSL',
  389040005: 'NPQML',
  389040006: 'NPQEL',
  389040007: 'NPQLT',
  389040008: 'NPQLTD',
  389040009: 'NPQLBC',
  389040010: 'NPQEYL',
  389040011: 'NPQLL',
}
const batchSize = 1000

/** Adds passes of the register before, or puts them in place of those that are there (03 section 17.3): `replaced` says how many these were. */
export async function importLegacyPasses(
  trx: Transacting,
  passes: readonly LegacyPass[],
  { truncate }: { truncate: boolean },
): Promise<Verdict & { replaced: number }> {
  const read = passes.map(readPass)
  const rows = read.filter((pass) => 'trn' in pass)
  const [unreadable] = read.filter((pass) => 'detail' in pass)
  if (unreadable) return { refusals: [unreadable], replaced: 0 }
  const replaced = truncate ? Number((await trx.deleteFrom('legacy_passed_outcomes').executeTakeFirstOrThrow()).numDeletedRows) : 0
  for (let start = 0; start < rows.length; start += batchSize) {
    await trx
      .insertInto('legacy_passed_outcomes')
      .values(rows.slice(start, start + batchSize))
      .execute()
  }
  return { refusals: [], replaced }
}

/** Moves the passes of one TRN to another; `ids` says which they are. */
export async function changeLegacyTrn(trx: Transacting, act: Act, from: string, to: string): Promise<Verdict & { ids: number[] }> {
  const rows = await lockLegacyPasses(trx, from)
  if (rows.length === 0) return { refusals: [{ code: 'trn_unknown', title: 'trn', detail: `No legacy outcome has the TRN ${from}.` }], ids: [] }
  for (const row of rows) await change(trx, act, 'legacy_passed_outcomes', row, { trn: to })
  return { refusals: [], ids: rows.map(({ id }) => id) }
}

/** The row of a line, or what is wrong with the line. */
function readPass({ trn, npq_type, awarded_date }: LegacyPass, place: number): NewRowOf<'legacy_passed_outcomes'> | Refusal {
  const line = place + 2
  const code = shortCodes[npq_type.trim()]
  if (code === undefined) return { code: 'row_unusable', title: 'npq_type', detail: `Line ${line}: ${npq_type} is no npq_type that is known.` }
  if (trn.trim() === '') return { code: 'row_unusable', title: 'trn', detail: `Line ${line}: the trn is missing.` }
  const date = readDate(awarded_date.trim())
  if (!date)
    return { code: 'row_unusable', title: 'awarded_date', detail: `Line ${line}: ${awarded_date.trim()} is no date in the form month/day/year.` }
  return { trn: trn.trim(), course_short_code: code, completion_date: date }
}

function readDate(text: string): Temporal.PlainDate | undefined {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
